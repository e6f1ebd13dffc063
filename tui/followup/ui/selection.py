"""Which cards are selected to be dealt with together: single ones, and ranges of a column."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from followup.ui.shown import Place, Shown


class Selection(Struct, frozen=True):
    """The ids of the cards that are ``marked``.

    While a range is drawn ``anchor`` is the card at which it begins, and ``kept`` is what
    was marked before it.
    """

    marked: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    anchor: int | None = None

    def __len__(self) -> int:
        """Return how many cards are marked."""
        return len(self.marked)

    def from_here(self, card_id: int) -> Selection:
        """Begin a range at a card, or end the one that is being drawn."""
        if self.anchor is not None:
            return Selection(self.marked)
        return Selection(self.marked | {card_id}, self.marked, card_id)

    def toggled(self, card_id: int) -> Selection:
        """Mark a card, or mark it no more."""
        return Selection(self.marked ^ {card_id})

    def with_all(self, ids: Iterable[int]) -> Selection:
        """Mark these cards as well."""
        return Selection(self.marked | frozenset(ids))

    def reaching(self, place: Place, shown: Shown) -> Selection:
        """Draw the range as far as a place; in another column it ends where it was."""
        if self.anchor is None:
            return self
        begun = shown.place_of(self.anchor)
        if begun is None or begun.column != place.column:
            return Selection(self.marked)
        first, last = sorted((begun.row, place.row))
        cards = shown.columns[place.column][first : last + 1]
        return Selection(self.kept | {card.id for card in cards}, self.kept, self.anchor)

    def within(self, shown: Shown) -> Selection:
        """Let go of cards that are not shown any more: nobody deals with what is out of sight."""
        if not self.marked:
            return self
        there = shown.ids()
        if self.marked <= there:
            return self
        return Selection(
            self.marked & there, self.kept & there, self.anchor if self.anchor in there else None
        )
