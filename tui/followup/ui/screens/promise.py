"""The dialog that records a promise: they decide by a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from textual.content import Content

from followup.domain import recording
from followup.domain.board import Card
from followup.domain.events import Promise
from followup.domain.instants import spoken_day
from followup.domain.when import When
from followup.tracker import Tracker
from followup.ui.screens.dates import DateField
from followup.ui.screens.fields import Field, TextField
from followup.ui.screens.form import Form, title


class PromiseScreen(Form[Promise]):
    """Asks by which day they said that they would decide."""

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Begin with nothing: only they know."""
        super().__init__()
        self.card = card
        self.clock = tracker.clock
        self.by = DateField(
            "They decide by",
            self.clock,
            prefer="future",
            needed="say which day: fri, 5 dec, in 2 weeks",
            hint="such as fri, 5 dec or in 2 weeks",
            after=_consequence,
        )
        self.said = DateField("They said so", self.clock, "now", happened=True)
        self.words = TextField("In their words")

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Promise", self.card)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields."""
        return (self.by, self.said, self.words)

    def result(self) -> Promise:
        """Return the promise."""
        return recording.promise(
            self.by.moment, self.said.moment, self.clock.zone, self.words.value
        )


def _consequence(by: When) -> str:
    return f"no check-in before {spoken_day(by.day + timedelta(days=1))}"
