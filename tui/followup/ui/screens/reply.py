"""The dialog that records an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.content import Content

from followup.domain import recording
from followup.domain.board import Card
from followup.domain.events import Reply
from followup.tracker import Tracker
from followup.ui.screens.dates import DateField
from followup.ui.screens.fields import Field, PageField
from followup.ui.screens.form import Form, title


class ReplyScreen(Form[Reply]):
    """Asks what they answered, and when."""

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Begin with an answer that has just come."""
        super().__init__()
        self.card = card
        self.clock = tracker.clock
        self.words = PageField("They said", hint="if worth keeping; ctrl+j starts a new line")
        self.came = DateField("When", self.clock, "now", happened=True)

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("They answered", self.card)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields."""
        return (self.words, self.came)

    def result(self) -> Reply:
        """Return the answer."""
        return recording.at_fact(Reply, self.came.moment, self.clock.zone, text=self.words.value)
