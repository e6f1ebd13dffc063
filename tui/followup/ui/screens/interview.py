"""The dialog that books or records an interview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import on
from textual.content import Content
from textual.widgets import Input

from followup.domain import recording
from followup.domain.board import Card
from followup.domain.events import Interview
from followup.domain.when import When
from followup.tracker import Tracker
from followup.ui.screens.dates import DateField, EndField
from followup.ui.screens.fields import Field, TextField
from followup.ui.screens.form import Form, title


class InterviewScreen(Form[Interview]):
    """Asks when an interview is or was, and what kind."""

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Begin with tomorrow morning."""
        super().__init__()
        self.card = card
        self.clock = tracker.clock
        self.starts = DateField(
            "Starts",
            self.clock,
            "tomorrow 10:00",
            prefer="future",
            needed="say when: tomorrow 10:00, fri 14:00, yesterday 3pm",
            after=_assumed_end,
        )
        self.ends = EndField("Ends", self.starts, hint="an hour later; or such as 16:00 or 45 min")
        self.round = TextField("Round", hint="such as screening, on site, with whom")

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Interview", self.card)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields."""
        return (self.starts, self.ends, self.round)

    @on(Input.Changed)
    def on_changed(self) -> None:
        """Read the end anew: it counts from the start."""
        self.ends.say()

    def result(self) -> Interview:
        """Return the interview."""
        return recording.interview(
            self.starts.moment, self.ends.value, self.clock.zone, self.round.value
        )


def _assumed_end(starts: When) -> str:
    return "taken to end at 18:00" if starts.date_only else ""
