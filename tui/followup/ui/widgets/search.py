"""Search as you type, in the place of the header."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class Search(Horizontal):
    """A line to type into; every change is told, so that the board follows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Clear", show=False, id="search.close"),
    ]
    DEFAULT_CSS = """
    Search {
        Static { width: auto; color: $accent; text-style: bold; }
        Input, Input:focus { width: 1fr; background: $background; border: none; padding: 0 1;
            background-tint: transparent; }
        #found { color: $quiet; text-style: none; padding-left: 2; }
    }
    """

    class Changed(Message):
        """Something else is searched for; an empty ``text`` matches all."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Closed(Message):
        """The search is over."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.input = Input(placeholder="company, role, contact, tag or note", compact=True)

    def compose(self) -> ComposeResult:
        """Lay the line out."""
        yield Static(Content("search"))
        yield self.input
        yield Static(id="found")

    def tell(self, found: int, total: int) -> None:
        """Say how many applications match."""
        self.query_one("#found", Static).update(Content(f"{found} of {total}"))

    @on(Input.Changed)
    def on_typed(self, event: Input.Changed) -> None:
        """Pass on what was typed."""
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def on_entered(self, event: Input.Submitted) -> None:
        """Go back to the cards and leave the search as it is."""
        event.stop()
        self.screen.set_focus(None)

    def action_close(self) -> None:
        """Show all cards again."""
        self.post_message(self.Closed())
