"""The message templates that ship in the box: two sentences, warm and plain.

Each language is a file beside this module, with the texts of each kind of step in the order
in which they are offered where equally many facts are known. Greeting and sign-off are put
around them.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, convert

from followup.api import StepKind, Template, hookimpl

LANGUAGES = ("en", "de", "fr", "es")


class _Text(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text as its file has it, by a name that is its own among those of its kind."""

    name: str
    text: str


class _Kind(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The texts of a kind of step, and the subject of them all."""

    subject: str
    texts: list[_Text]


@hookimpl
def register_templates() -> list[Template]:
    """Add the texts of all languages, read when this is called."""
    return [template for language in LANGUAGES for template in _templates(language)]


def _templates(language: str) -> Iterator[Template]:
    # Late: the board is there before anybody writes.
    import tomllib
    from importlib.resources import files

    file = files(__package__).joinpath(f"{language}.toml")
    kinds = convert(tomllib.loads(file.read_text("utf-8")), dict[StepKind, _Kind])
    for step, kind in kinds.items():
        for text in kind.texts:
            yield Template(
                name=f"{language}-{step}-{text.name}",
                step=step,
                language=language,
                subject=kind.subject,
                body=f"$greeting\n\n{text.text.strip()}\n\n$sign_off",
            )
