"""The dialog that puts a fact of the timeline right: its dates, its words, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.content import Content

from followup.application_text import facts
from followup.domain.board import Card
from followup.domain.clock import Clock
from followup.domain.errors import InputError
from followup.domain.events import AnyEvent, OutcomeKind
from followup.domain.step import StepKind
from followup.domain.telling import told
from followup.domain.when import Preference
from followup.ui.screens.dates import DateField
from followup.ui.screens.fields import Field, PageField, TextField
from followup.ui.screens.form import Form, title

_LABELS = {
    "at": "When",
    "ends": "Until",
    "by": "Decide by",
    "until": "Until",
    "step": "Step",
    "result": "Result",
    "channel": "Channel",
    "subject": "Subject",
    "override": "Sent because",
    "cancelled": "Cancelled",
    "failed": "Bounced",
    "text": "Words",
}
_WORDS: dict[str, Sequence[str]] = {
    "step": ("", *StepKind),
    "result": tuple(OutcomeKind),
    "cancelled": ("no", "yes"),
    "failed": ("no", "yes"),
}


class WordField(Field[str]):
    """One of a few words; the beginning of one is enough."""

    def __init__(self, label: str, value: str, words: Sequence[str]) -> None:
        """Set the field up with the words that there are."""
        self.words = words
        super().__init__(label, value, hint=", ".join(word for word in words if word))

    def read(self, text: str) -> str:
        """Return the word that a text stands for."""
        text = text.strip().lower().replace(" ", "_").replace("-", "_")
        if text in self.words:
            return text
        meant = [word for word in self.words if text and word.startswith(text)]
        if len(meant) != 1:
            raise InputError(f"one of {self.hint}")
        return meant[0]

    def echo(self, value: str) -> str:
        """Return the word where only its beginning was typed."""
        return value if value != self.text else ""


class FactScreen(Form[AnyEvent]):
    """Asks for a fact as it should be; what is left alone stays exactly as it was."""

    def __init__(self, card: Card, event: AnyEvent, clock: Clock) -> None:
        """Fill the fields in from the fact."""
        super().__init__()
        self.card = card
        self.event = event
        self.clock = clock
        self.shown = facts.shown(event, clock.zone)
        self._fields = {name: self._field(name, value) for name, value in self.shown.items()}

    def _field(self, name: str, value: str | bool) -> Field[Any]:
        label = _LABELS[name]
        if name in _WORDS:
            word = _WORDS[name][value] if isinstance(value, bool) else value
            return WordField(label, word, _WORDS[name])
        match name:
            case "at":
                prefer: Preference = "future" if self.event.name == "interview" else "past"
                return DateField(
                    label, self.clock, str(value), prefer=prefer, needed="say when it was"
                )
            case "by" | "until":
                return DateField(
                    label, self.clock, str(value), prefer="future", needed="say until when"
                )
            case "text":
                return PageField(label, str(value), hint="ctrl+j starts a new line")
            case _:
                return TextField(label, str(value))

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title(f"Correct: {told(self.event, self.clock.zone)}", self.card)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields in their order."""
        return self._fields.values()

    def result(self) -> AnyEvent:
        """Return the fact as it should be."""
        typed = {name: self._typed(name, field) for name, field in self._fields.items()}
        return facts.edited(self.event, typed, self.clock)

    def _typed(self, name: str, field: Field[Any]) -> str | bool:
        if isinstance(self.shown[name], bool):
            return str(field.value) == "yes"
        return str(field.value) if isinstance(field, WordField) else field.text
