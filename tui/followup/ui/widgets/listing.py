"""A list of things by row, calm around the one at the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

Item = TypeVar("Item")


class Listing(OptionList, Generic[Item]):
    """Shows a row for each thing; rows without one are headings, which the cursor passes."""

    DEFAULT_CSS = """
    Listing {
        height: 1fr;
        scrollbar-size-vertical: 1;
    }
    Listing, Listing:focus {
        padding: 0 1 0 2;
        background: $background;
        background-tint: $foreground 0%;
        border: none;
    }
    Listing > .option-list--option-highlighted, Listing:focus > .option-list--option-highlighted {
        background: $selected;
        color: $foreground;
        text-style: none;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        """Begin without rows; what they say is never read as markup."""
        super().__init__(compact=True, markup=False, id=id)
        self.items: list[Item | None] = []

    def show(self, rows: Iterable[tuple[Content, Item | None]]) -> None:
        """Show these rows; where the cursor goes is for the caller to say (``highlighted``)."""
        words, items = [], []
        for told, item in rows:
            words.append(Option(told, disabled=item is None))
            items.append(item)
        self.items = items
        self.set_options(words)

    @property
    def item(self) -> Item | None:
        """What the row at the cursor stands for."""
        row = self.highlighted
        return self.items[row] if row is not None and row < len(self.items) else None

    def move(self, rows: int) -> None:
        """Move the cursor down or, by a number below 0, up by a row."""
        if rows > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()
