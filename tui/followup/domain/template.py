"""Message templates, filled from the facts of an application and never beyond them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Template as Text

from msgspec import Struct

from followup.domain.facts import FIELDS, lacks
from followup.domain.message import Message
from followup.domain.step import StepKind
from followup.domain.text import clean, clean_page


class Template(Struct, frozen=True, kw_only=True):
    """The text of a message for one kind of step, in one language (ISO 639-1).

    ``subject`` and ``body`` are ``string.Template`` texts over ``FIELDS``. Templates that
    are the user's ``own`` are offered before all others.
    """

    name: str
    step: StepKind
    subject: str
    body: str
    language: str = "en"
    own: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """The facts that the template cannot do without."""
        texts = (Text(self.subject), Text(self.body))
        return frozenset(name for text in texts for name in text.get_identifiers())

    def fill(self, facts: Mapping[str, str]) -> Message:
        """Return the message; raise ``KeyError`` where a fact is missing.

        What a fact says is never a template itself.
        """
        return Message(
            subject=clean(Text(self.subject).substitute(facts)),
            body=clean_page(Text(self.body).substitute(facts)),
            language=self.language,
        )


class Mistake(Struct, frozen=True):
    """What is wrong in a text, and in which of its lines, counted from 1."""

    line: int
    reason: str


def mistake_in(text: str, language: str) -> Mistake | None:
    """Return the first mistake in the text of a template, none where it can be filled."""
    for found in Text.pattern.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        field = found["named"] or found["braced"]
        if found["invalid"] is not None:
            return Mistake(line, "a $ that begins no field is written $$")
        if field and field not in FIELDS:
            known = ", ".join(f"${name}" for name in FIELDS)
            return Mistake(line, f"there is no ${field}; there are {known}")
        if field and lacks(field, language):
            return Mistake(line, f"${field} is not known in {language!r}: write the words instead")
    return None


def fitting(
    templates: Iterable[Template], step: StepKind, language: str, facts: Mapping[str, str]
) -> list[Template]:
    """Return the templates for a step whose facts are all known.

    The user's own ones come first, and of those and the others the richest.
    """
    usable = [
        template
        for template in templates
        if template.step is step
        and template.language == language
        and template.fields <= facts.keys()
    ]
    return sorted(usable, key=lambda template: (not template.own, -len(template.fields)))
