"""The dialog that asks for a date to look at: the board as the clock will make it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from followup.domain import recording
from followup.domain.clock import Clock
from followup.ui.screens.dates import DateField
from followup.ui.screens.fields import Field
from followup.ui.screens.form import Form, title


class GoToScreen(Form[datetime]):
    """Asks for a moment, and dismisses with it in UTC; a date alone is the start of its day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Go", id="form.submit", priority=True),
    ]

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing; what is typed is read against the clock."""
        super().__init__()
        self.clock = clock
        self.when = DateField(
            "Date",
            clock,
            prefer="future",
            needed="name a date, or press escape",
            hint="such as fri 14:00, in 3 weeks or 2026-12-24",
        )

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Go to date")

    def fields(self) -> Iterable[Field[Any]]:
        """Return the one field."""
        return (self.when,)

    def result(self) -> datetime:
        """Return the moment."""
        return recording.beginning(self.when.moment, self.clock.zone)
