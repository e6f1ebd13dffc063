"""Search as you type, in the place of the header."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static


class Completion(Suggester):
    """Shows behind the cursor how a condition goes on."""

    def __init__(self, completed: Callable[[str], str]) -> None:
        """Take what completes a text."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._completed = completed

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text completed, none where there is nothing to add."""
        completed = self._completed(value)
        return None if completed == value else completed


class Search(Horizontal):
    """A line to type into; every change is told, so that the board follows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # By priority: the line to type into would take them.
        Binding("enter", "keep", "Keep", id="search.keep", priority=True),
        Binding("tab", "complete", "Complete", id="search.complete"),
        Binding("up", "screen.move(0, -1)", "Up", id="search.up", priority=True),
        Binding("down", "screen.move(0, 1)", "Down", id="search.down", priority=True),
        Binding("escape", "close", "Clear", id="search.close"),
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

    class Kept(Message):
        """What was found is to stay, and the keys are the board's again."""

    class Closed(Message):
        """The search is over."""

    def __init__(self, text: str, completed: Callable[[str], str]) -> None:
        """Begin with a text; ``completed`` returns a text with its last condition complete."""
        super().__init__()
        self._completed = completed
        self.input = Input(
            text,
            "company, role, contact, tag or note, or tag: stage: channel: is:",
            suggester=Completion(completed),
            select_on_focus=False,
            compact=True,
        )

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

    def action_keep(self) -> None:
        """Go back to the cards and leave the search as it is."""
        self.post_message(self.Kept())

    def action_complete(self) -> None:
        """Take the completion that is shown behind the cursor."""
        self.input.value = self._completed(self.input.value)
        self.input.cursor_position = len(self.input.value)

    def action_close(self) -> None:
        """Show all cards again."""
        self.post_message(self.Closed())
