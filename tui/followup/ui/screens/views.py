"""The views that somebody keeps: what they look for again and again, by a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from followup.ui.fitting import legible
from followup.ui.screens import plain
from followup.ui.screens.choices import Choice, Choices, digits
from followup.ui.screens.fields import Field, TextField
from followup.ui.screens.form import STYLES, Form, title
from followup.ui.screens.key_line import KeyLine
from followup.ui.shown import Wish

_EMPTY = "No views yet. Look for something with / and enter; V and s then keep it by a name."


class ViewsScreen(ModalScreen[Wish | None]):
    """Lists the views and dismisses with what is to be done."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "wish('show')", "Show", id="views.show", priority=True),
        Binding("s", "save", "Save what is shown", id="views.save"),
        Binding("x,delete", "wish('remove')", "Remove", id="views.remove"),
        Binding("escape,q,V", "dismiss", "Back", id="views.leave"),
    ]

    def __init__(self, views: Mapping[str, str], text: str) -> None:
        """Take the views by name, and what is looked for at the moment."""
        super().__init__()
        self._text = text
        self.choices = [
            Choice(digit, legible(name), legible(wanted), name)
            for digit, (name, wanted) in zip(digits(len(views)), views.items(), strict=False)
        ]

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(title("Views"), classes="heading")
            if self.choices:
                yield Choices(self.choices)
            else:
                yield Static(plain.line(_EMPTY, plain.QUIET), classes="about")
            with Vertical(classes="foot"):
                yield KeyLine("views.show", "views.save", "views.remove", "views.leave")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for."""
        if action == "wish":
            return bool(self.choices)
        return bool(self._text) if action == "save" else True

    @on(Choices.Taken)
    def on_taken(self) -> None:
        """Show the view whose digit was pressed."""
        self.action_wish("show")

    def action_wish(self, what: Literal["show", "remove"]) -> None:
        """Leave with what is to be done about the view at the cursor."""
        self.dismiss(Wish(what, self.query_one(Choices).chosen))

    def action_save(self) -> None:
        """Leave to give a name to what is looked for."""
        self.dismiss(Wish("save"))


class NameField(TextField):
    """The name of a view, which may be one that there is."""

    def __init__(self, views: Mapping[str, str]) -> None:
        """Take the views that there are."""
        super().__init__("Name", needed="give it a name, or press escape")
        self._views = views

    def echo(self, value: str) -> str:
        """Say which view gives way to this one."""
        return f"in the place of {self._views[value]}" if value in self._views else ""


class ViewNameScreen(Form[str]):
    """Asks for the name of a view that looks for a text."""

    def __init__(self, text: str, views: Mapping[str, str]) -> None:
        """Take what the view looks for, and the views that there are."""
        super().__init__()
        self._text = text
        self.wanted = NameField(views)

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return plain.row(plain.line("Keep a view", "bold"), plain.line(self._text, "$accent"))

    def fields(self) -> Iterable[Field[Any]]:
        """Return the one field."""
        return (self.wanted,)

    def result(self) -> str:
        """Return the name."""
        return self.wanted.value
