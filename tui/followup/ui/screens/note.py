"""The dialog that keeps something worth remembering."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.content import Content

from followup.domain.board import Card
from followup.domain.events import Note
from followup.tracker import Tracker
from followup.ui.screens.fields import Field, PageField
from followup.ui.screens.form import Form, title


class NoteScreen(Form[Note]):
    """Asks for a note, which stands on the timeline from now."""

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Begin with an empty page."""
        super().__init__()
        self.card = card
        self.clock = tracker.clock
        self.words = PageField(
            "Note", hint="ctrl+j starts a new line", needed="write something, or press escape"
        )

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Note", self.card)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the one field."""
        return (self.words,)

    def result(self) -> Note:
        """Return the note."""
        return Note(at=self.clock.now(), zone=self.clock.zone, text=self.words.value)
