"""The one base of all dialogs: fields under a heading, enter submits, esc leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from followup.domain.board import Card
from followup.domain.errors import InputError
from followup.domain.when import parse_when
from followup.ui.screens import plain
from followup.ui.screens.choices import Choices
from followup.ui.screens.fields import Field
from followup.ui.screens.key_line import KeyLine

Result = TypeVar("Result")
STYLES = Path(__file__).parent.parent / "styles" / "dialogs.tcss"


class Sheet(VerticalScroll, can_focus=False, inherit_bindings=False):
    """What a form is written on; it leaves the arrow keys to the form when it scrolls."""


class Form(ModalScreen[Result | None], Generic[Result]):
    """A dialog that dismisses with a value made of its fields, or with none.

    It writes nothing: whoever opened it does something with the value. What was typed
    stays in the fields until all of them can be understood.
    """

    CSS_PATH = STYLES
    AUTO_FOCUS = "Field > LineInput, Field > PageInput, Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Save", id="form.submit", priority=True),
        # By priority, so that what is typed at once after it goes to the next field.
        Binding("tab", "app.focus_next", "Next field", id="form.next", priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("escape", "cancel", "Cancel", id="form.cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def heading(self) -> Content:
        """Return what the dialog is about."""
        raise NotImplementedError

    def content(self) -> Iterable[Widget]:
        """Return what the dialog shows, its fields by default."""
        return self.fields()

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields in the order in which they are filled in."""
        return ()

    def result(self) -> Result:
        """Return the value of the fields, all of which can be read by now.

        Raises ``InputError`` where they do not go together.
        """
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Sheet(classes="dialog"):
            yield Static(self.heading(), classes="heading")
            yield from self.content()
            with Vertical(classes="foot"):
                yield Static(classes="trouble")
                yield KeyLine("form.submit", "form.next", "form.editor", "form.cancel")

    async def on_mount(self) -> None:
        """Load the reader of phrases off the thread of the screen: it takes a moment."""
        self.run_worker(asyncio.to_thread(_warm_up))

    @on(Choices.Taken)
    def on_taken(self) -> None:
        """Submit with the choice."""
        self.action_submit()

    def action_submit(self) -> None:
        """Dismiss with the value, or go to the first field that cannot be understood."""
        refused = [field for field in self.fields() if not field.check()]
        if refused:
            refused[0].input.focus()
            return
        try:
            result = self.result()
        except InputError as fault:
            self.complain(str(fault))
        else:
            self.dismiss(result)

    def action_page(self, pages: int) -> None:
        """Scroll by so many pages."""
        dialog = self.query_one(".dialog")
        dialog.scroll_relative(y=pages * dialog.size.height, animate=False)

    def action_cancel(self) -> None:
        """Leave with nothing."""
        self.dismiss(None)

    def complain(self, text: str) -> None:
        """Say what is wrong with the dialog as a whole."""
        self.query_one(".trouble", Static).update(plain.line(f"✗ {text}"))
        self.query_one(".trouble").display = True


def title(what: str, card: Card | None = None) -> Content:
    """Return a heading: what is asked, and of which application."""
    if card is None:
        return plain.line(what, "bold")
    application = card.application
    return plain.row(
        plain.line(what, "bold"),
        plain.line(application.company, "$accent"),
        plain.line(application.role, plain.QUIET),
    )


def _warm_up() -> None:
    try:
        parse_when("in 3 days", datetime(2000, 1, 1, tzinfo=UTC), "UTC")
    except InputError:
        return
