"""The dialog that records how it ended, or that it goes on after all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.content import Content
from textual.widget import Widget

from followup.domain import recording
from followup.domain.board import Card
from followup.domain.events import Outcome, OutcomeKind, Reopen
from followup.domain.stage import Stage
from followup.tracker import Tracker
from followup.ui.screens.choices import Choice, Choices
from followup.ui.screens.dates import DateField
from followup.ui.screens.fields import Field, TextField
from followup.ui.screens.form import Form, title

_OUTCOMES: tuple[Choice[OutcomeKind | None], ...] = (
    Choice("o", "Offer", "they want you", OutcomeKind.OFFER),
    Choice("a", "Accepted", "you said yes", OutcomeKind.ACCEPTED),
    Choice("r", "Rejected", "they said no", OutcomeKind.REJECTED),
    Choice("w", "Withdrawn", "you said no", OutcomeKind.WITHDRAWN),
    Choice("g", "Ghosted", "they never answered", OutcomeKind.GHOSTED),
    Choice("f", "Filled", "somebody else got it", OutcomeKind.FILLED),
)
_REOPEN: Choice[OutcomeKind | None] = Choice("p", "Reopen", "it goes on after all", None)


class OutcomeScreen(Form[Outcome | Reopen]):
    """Asks how it ended: one key, and where that is not now, when."""

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Offer to reopen what is closed."""
        super().__init__()
        self.card = card
        self.clock = tracker.clock
        reopen = (_REOPEN,) if card.stage is Stage.CLOSED else ()
        self.choices: Choices[OutcomeKind | None] = Choices((*reopen, *_OUTCOMES))
        self.when = DateField("When", self.clock, "now", happened=True)
        self.words = TextField("Note")

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("How did it end?", self.card)

    def content(self) -> Iterable[Widget]:
        """Return the choices, and below them the fields."""
        return (self.choices, *self.fields())

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields."""
        return (self.when, self.words)

    def result(self) -> Outcome | Reopen:
        """Return the outcome that is highlighted."""
        when, zone, text = self.when.moment, self.clock.zone, self.words.value
        kind = self.choices.chosen
        if kind is None:
            return recording.at_fact(Reopen, when, zone, text=text)
        return recording.at_fact(Outcome, when, zone, text=text, result=kind)
