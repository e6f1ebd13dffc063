"""A list of choices with one key each, for dialogs in which one press is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from followup.ui.screens import plain

Value = TypeVar("Value")

_DIGITS = "123456789"
_NO_DIGIT = "·"


class Choice(Struct, Generic[Value], frozen=True):
    """One thing to choose: its key, its word, what it means, and its value."""

    key: str
    word: str
    about: str
    value: Value


class Choices(OptionList, Generic[Value]):
    """The choices, the first one highlighted; its key or enter takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    class Taken(Message):
        """A choice was taken."""

    def __init__(self, choices: Sequence[Choice[Value]]) -> None:
        """Show the choices in their order."""
        width = max(len(choice.word) for choice in choices) + 2
        super().__init__(
            *(Option(_prompt(choice, width)) for choice in choices), compact=True, markup=False
        )
        self.choices = choices

    @property
    def chosen(self) -> Value:
        """The value of the choice that is highlighted."""
        return self.choices[self.highlighted or 0].value

    def on_key(self, event: events.Key) -> None:
        """Take the choice whose key it is."""
        for number, choice in enumerate(self.choices):
            if event.character == choice.key:
                event.stop()
                self.highlighted = number
                self.post_message(self.Taken())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice that enter or the mouse picked."""
        event.stop()
        self.post_message(self.Taken())


def digits(count: int) -> str:
    """Return the keys of so many choices, one after the other; after nine there is none."""
    return _DIGITS.ljust(count, _NO_DIGIT)


def _prompt(choice: Choice[Value], width: int) -> Content:
    return Content.assemble(
        plain.line(choice.key, "bold $accent"),
        "  ",
        plain.line(choice.word),
        " " * (width - len(choice.word)),
        plain.line(choice.about, plain.QUIET),
    )
