"""What the board shows while there is nothing on it: three ways in (section 8)."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from followup.ui.screens import plain

Way = Literal["add", "import", "demo", "tour"]

_WELCOME = "Every application you send will stand here, by what it waits for."
_WAYS = (
    ("a", "Add an application", "company, role, whom to write to"),
    ("i", "Import a file", "a spreadsheet, saved as CSV"),
    ("d", "Look at a demo", "made-up applications, nothing of it is kept"),
    ("t", "Take the tour", "seven cards on the demo, esc leaves it"),
)


class FirstRun(Widget, can_focus=True):
    """Offers three ways in, and a tour; takes the focus so that their keys mean these."""

    DEFAULT_CSS = """
    FirstRun {
        width: 1fr;
        height: 1fr;
        align: center middle;

        Vertical { width: 72; max-width: 100%; height: auto; padding: 0 2; }
        Static { height: auto; }
        .way { padding-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "choose('add')", "Add", id="first.add"),
        Binding("i", "choose('import')", "Import", id="first.import"),
        Binding("d", "choose('demo')", "Demo", id="first.demo"),
        Binding("t", "choose('tour')", "Tour", id="first.tour"),
    ]

    class Chosen(Message):
        """One of the ways in was chosen."""

        def __init__(self, way: Way) -> None:
            """Say which."""
            super().__init__()
            self.way = way

    def compose(self) -> ComposeResult:
        """Lay the welcome out."""
        with Vertical():
            yield Static(plain.line("Nothing here yet", "bold"))
            yield Static(plain.line(_WELCOME, plain.QUIET))
            for key, what, about in _WAYS:
                yield Static(_way(key, what, about), classes="way")

    def action_choose(self, way: Way) -> None:
        """Tell the board which way in was chosen."""
        self.post_message(self.Chosen(way))


def _way(key: str, what: str, about: str) -> Content:
    return Content.assemble(
        plain.line(key, "bold $accent"),
        "  ",
        plain.line(what, "bold"),
        " " * (22 - len(what)),
        plain.line(about, plain.QUIET),
    )
