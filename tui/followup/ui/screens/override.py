"""The dialog that asks for a reason to send what was advised against (section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from followup.domain.message import Verdict
from followup.ui.screens import plain
from followup.ui.screens.fields import Field, TextField
from followup.ui.screens.form import Form, title


class OverrideScreen(Form[str]):
    """Says what blocks a message and asks for the reason to send it all the same.

    The reason stands on the timeline.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Send anyway", id="form.submit", priority=True),
    ]

    def __init__(self, blocks: Sequence[Verdict]) -> None:
        """Take the verdicts that block."""
        super().__init__()
        self.blocks = blocks
        self.reason = TextField(
            "Your reason",
            hint="it will stand on the timeline",
            needed="give a reason, or press escape and change the message",
        )

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("This is advised against")

    def content(self) -> Iterable[Widget]:
        """Return what blocks, and below it the field."""
        for block in self.blocks:
            words = Content.assemble(
                plain.line("■ ", "$error") + " ", plain.line(block.message, plain.QUIET)
            )
            yield Static(words, classes="about")
        yield from self.fields()

    def fields(self) -> Iterable[Field[Any]]:
        """Return the one field."""
        return (self.reason,)

    def result(self) -> str:
        """Return the reason."""
        return self.reason.value
