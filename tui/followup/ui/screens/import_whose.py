"""The dialog that says whose invitations are: a company by its name, or an application."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from followup.domain.application import Application
from followup.domain.search import select
from followup.domain.text import clean
from followup.tracker import Tracker
from followup.ui.fitting import legible
from followup.ui.screens import plain
from followup.ui.screens.fields import LineInput
from followup.ui.screens.form import STYLES, title
from followup.ui.screens.key_line import KeyLine

_MOST = 50  # applications that are offered for what is typed


class Whose(Struct, frozen=True):
    """Whose invitations are: a company, or a known application; neither: as they say."""

    company: str = ""
    application: Application | None = None

    def __str__(self) -> str:
        if self.application:
            return f"{self.application.company}, {self.application.role}"
        return self.company or "as each one says"


class WhoseScreen(ModalScreen[Whose | None]):
    """Asks whose the invitations of a file are; what is typed finds applications."""

    CSS_PATH = STYLES
    AUTO_FOCUS = "LineInput"
    DEFAULT_CSS = """
    WhoseScreen { align: center middle; }
    WhoseScreen LineInput { background: $boost; border: none; padding: 0 1; }
    WhoseScreen OptionList, WhoseScreen OptionList:focus {
        height: auto;
        max-height: 12;
        margin: 1 0;
        background: $surface;
        background-tint: $foreground 0%;
        border: none;
        scrollbar-size-vertical: 1;
    }
    WhoseScreen OptionList > .option-list--option-highlighted {
        background: $selected;
        color: $foreground;
        text-style: none;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", id="whose.take", priority=True),
        Binding("down", "move(1)", "Down", id="whose.down", priority=True),
        Binding("up", "move(-1)", "Up", id="whose.up", priority=True),
        Binding("escape", "leave", "Cancel", id="whose.leave"),
    ]

    def __init__(self, tracker: Tracker) -> None:
        """Offer the applications of a tracker."""
        super().__init__()
        self._cards = tracker.list()
        self._offers: list[Whose] = []

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(classes="dialog"):
            yield Static(title("Whose are the invitations?"), classes="heading")
            yield LineInput(placeholder="a company, or words of an application", compact=True)
            yield OptionList(compact=True, markup=False)
            yield KeyLine("whose.take", "whose.down", "whose.up", "whose.leave")

    @on(Input.Changed)
    def find(self) -> None:
        """Offer what fits what is typed."""
        self._list()

    def on_mount(self) -> None:
        """Offer everything at first."""
        self._list()

    def _list(self) -> None:
        typed = clean(self.query_one(LineInput).value)
        known = [Whose(application=card.application) for card in select(self._cards, text=typed)]
        begun = [whose for whose in known if _begins(whose, typed)]
        others = [whose for whose in known if not _begins(whose, typed)]
        # Without a word this is that each invitation says it for itself, which comes first.
        self._offers = [*begun, Whose(company=typed), *others]
        del self._offers[_MOST:]
        options = self.query_one(OptionList)
        options.set_options(Option(_told(whose)) for whose in self._offers)
        options.highlighted = 0

    def action_move(self, rows: int) -> None:
        """Move the cursor while typing goes on."""
        options = self.query_one(OptionList)
        if rows > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Leave with what is highlighted."""
        row = self.query_one(OptionList).highlighted
        self.dismiss(self._offers[row or 0])

    def action_leave(self) -> None:
        """Leave with nothing said."""
        self.dismiss(None)


def _begins(whose: Whose, typed: str) -> bool:
    """Tell whether the company of an application begins as was typed."""
    company = whose.application.company if whose.application else ""
    return bool(typed) and company.casefold().startswith(typed.casefold())


def _told(whose: Whose) -> Content:
    application = whose.application
    if application:
        return plain.row(
            plain.line(legible(application.company)),
            plain.line(legible(application.role), plain.QUIET),
        )
    about = "the company" if whose.company else ""
    return plain.row(plain.line(legible(str(whose))), plain.line(about, plain.QUIET))
