"""The dialog that puts an application to sleep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from textual.content import Content
from textual.widget import Widget

from followup.domain import instants, recording
from followup.domain.board import Card
from followup.domain.errors import InputError
from followup.domain.events import Snooze
from followup.domain.when import When
from followup.tracker import Tracker
from followup.ui.screens.choices import Choice, Choices
from followup.ui.screens.dates import DateField
from followup.ui.screens.fields import Field, TextField
from followup.ui.screens.form import Form, title

_LENGTHS = (("1", "1 day", 1), ("3", "3 days", 3), ("w", "1 week", 7))


class SnoozeScreen(Form[Snooze]):
    """Asks for how long: one key, or any date."""

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Offer a day, three days and a week."""
        super().__init__()
        self.card = card
        self.clock = tracker.clock
        self.choices = Choices([self._choice(*length) for length in _LENGTHS])
        self.until = DateField(
            "Or until", self.clock, prefer="future", hint="such as fri, mon 9:00 or 5 dec"
        )
        self.words = TextField("Why", hint="if worth remembering")

    def _choice(self, key: str, word: str, days: int) -> Choice[When]:
        zone = self.clock.zone
        day = instants.day_of(self.clock.now(), zone) + timedelta(days=days)
        until = When(instant=instants.start_of_day(day, zone), date_only=True, day=day)
        return Choice(key, word, f"until {instants.spoken_day(day)}", until)

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Snooze", self.card)

    def content(self) -> Iterable[Widget]:
        """Return the choices, and below them the fields."""
        return (self.choices, *self.fields())

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields."""
        return (self.until, self.words)

    def result(self) -> Snooze:
        """Return the snooze: until the date that was typed, else as long as was chosen."""
        now, zone = self.clock.now(), self.clock.zone
        typed = None if self.choices.has_focus else self.until.value
        until = typed or self.choices.chosen
        if recording.beginning(until, zone) <= now:
            raise InputError("that is over already: give a later date")
        begins = When(instant=now, date_only=False, day=instants.day_of(now, zone))
        return recording.snooze(until, begins, zone, self.words.value)
