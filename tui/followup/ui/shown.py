"""The cards that are shown, and where on the board each one is."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from followup.domain.board import Board, Card
from followup.domain.order import Order, in_order
from followup.domain.query import Query
from followup.domain.search import Finder


class Place(NamedTuple):
    """A column and a row in it, both counted from 0."""

    column: int
    row: int


class Cursor(NamedTuple):
    """The selected card: its id, and the place where it was seen last."""

    id: int
    place: Place


class View(Struct, frozen=True):
    """What somebody wants to see of a board: what is looked for, in which order."""

    text: str = ""
    order: Order = Order.URGENCY

    @property
    def is_narrow(self) -> bool:
        """Tell whether not all cards are wanted."""
        return bool(self.text.strip())


class Wish(Struct, frozen=True):
    """What to do about views: show or remove that of a name, or save what is looked for."""

    what: Literal["show", "remove", "save"]
    name: str = ""


class Shown(Struct, frozen=True):
    """The cards of a board that a view wants, by column and by place."""

    columns: tuple[tuple[Card, ...], ...]

    @classmethod
    def of(cls, board: Board, view: View, finder: Finder) -> Shown:
        """Return the cards of a board that a view wants."""
        query = Query.of(view.text)
        columns = tuple(
            in_order(
                finder.found(column.cards, query) if query.groups else column.cards, view.order
            )
            for column in board.columns
        )
        return cls(columns)

    def __len__(self) -> int:
        """Return how many cards there are."""
        return sum(map(len, self.columns))

    def ids(self) -> frozenset[int]:
        """Return the ids of all cards."""
        return frozenset(card.id for cards in self.columns for card in cards)

    def place_of(self, card_id: int | None) -> Place | None:
        """Return where the card of an id is, if it is shown."""
        if card_id is None:
            return None
        for number, cards in enumerate(self.columns):
            for row, card in enumerate(cards):
                if card.application.id == card_id:
                    return Place(number, row)
        return None

    def card(self, place: Place) -> Card:
        """Return the card at a place."""
        return self.columns[place.column][place.row]

    def beside(self, column: int, step: int) -> int | None:
        """Return the next column to the right (1) or left (-1) that has cards, if any."""
        column += step
        while 0 <= column < len(self.columns):
            if self.columns[column]:
                return column
            column += step
        return None

    def nearest(self, place: Place) -> Place | None:
        """Return the place of a card at a place or near it, none where no card is shown."""
        column: int | None = place.column
        if not self.columns[place.column]:
            right, left = self.beside(place.column, 1), self.beside(place.column, -1)
            column = right if right is not None else left
        if column is None:
            return None
        return Place(column, min(place.row, len(self.columns[column]) - 1))

    def cursor_at(self, place: Place) -> Cursor:
        """Return the cursor on the card at a place."""
        return Cursor(self.card(place).id, place)

    def found(self, cursor: Cursor | None, focus: int | None = None) -> Place | None:
        """Return where to put the cursor: on the card of an id, where it was, or near that."""
        place = self.place_of(focus) or self.place_of(cursor.id if cursor else None)
        return place or self.nearest(cursor.place if cursor else Place(0, 0))


def first_to_do(board: Board) -> int | None:
    """Return the id of the card to begin with: the most urgent, else the next to open."""
    first = next(iter(board.to_do()), None) or board.next_to_open()
    first = first or next(iter(board.cards()), None)
    return first.id if first else None
