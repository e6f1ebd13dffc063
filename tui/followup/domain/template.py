"""Message templates, filled from the facts of an application and never beyond them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Template as Text

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.instants import spoken_day
from followup.domain.message import Message
from followup.domain.step import StepKind
from followup.domain.timeline import Timeline

FIELDS = ("company", "role", "contact", "first_name", "interview_day", "applied_day", "me")


class Template(Struct, frozen=True, kw_only=True):
    """The text of a message for one kind of step, in one language (ISO 639-1).

    ``subject`` and ``body`` are ``string.Template`` texts over ``FIELDS``.
    """

    name: str
    step: StepKind
    subject: str
    body: str
    language: str = "en"

    @property
    def fields(self) -> frozenset[str]:
        """The facts that the template cannot do without."""
        texts = (Text(self.subject), Text(self.body))
        return frozenset(name for text in texts for name in text.get_identifiers())

    def fill(self, facts: Mapping[str, str]) -> Message:
        """Return the message; raise ``KeyError`` where a fact is missing."""
        return Message(
            subject=Text(self.subject).substitute(facts),
            body=Text(self.body).substitute(facts),
            language=self.language,
        )


def facts_of(application: Application, timeline: Timeline, me: str) -> dict[str, str]:
    """Return the known facts that templates may use; what is unknown is left out."""
    contact = application.contact.name if application.contact else ""
    facts = {
        "company": application.company,
        "role": application.role,
        "contact": contact,
        "first_name": contact.split(" ")[0],
        "interview_day": spoken_day(timeline.interview.day) if timeline.interview else "",
        "applied_day": spoken_day(timeline.applied.day) if timeline.applied else "",
        "me": me,
    }
    return {name: fact for name, fact in facts.items() if fact}


def fitting(
    templates: Iterable[Template], step: StepKind, language: str, facts: Mapping[str, str]
) -> list[Template]:
    """Return the templates for a step whose facts are all known, the richest first."""
    usable = [
        template
        for template in templates
        if template.step is step
        and template.language == language
        and template.fields <= facts.keys()
    ]
    return sorted(usable, key=lambda template: -len(template.fields))
