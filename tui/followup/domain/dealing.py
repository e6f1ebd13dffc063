"""Dealing applications into the columns of a board, again and again at the cost of what changes."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cached_property
from heapq import heapify, heappop, heappush

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.board import NO_DOUBTS, Board, Card, Column, Foresee, card_of, urgency


class _Index(Struct, frozen=True):
    """The cards of a board by id, and a heap of the instants (UTC) at which the clock moves them.

    Instants of cards that have changed since are left in the heap; they are known by that
    their card does not change then.
    """

    by_id: dict[int, Card]
    changes: list[tuple[datetime, int]]

    @classmethod
    def of(cls, board: Board) -> _Index:
        """Return the index of all cards of a board."""
        cards = board.cards()
        changes = [(at, card.id) for card in cards if (at := card.standing.changes_at)]
        heapify(changes)
        return cls({card.id: card for card in cards}, changes)

    def moved_by(self, now: datetime) -> list[int]:
        """Return the ids of the cards that the clock has moved by ``now``; forget when."""
        moved = []
        while self.changes and self.changes[0][0] <= now:
            at, id_ = heappop(self.changes)
            if self._is_so(at, id_):
                moved.append(id_)
        return moved

    def next_change(self) -> datetime | None:
        """Return when the clock moves the next card, in UTC."""
        while self.changes and not self._is_so(*self.changes[0]):
            heappop(self.changes)
        return self.changes[0][0] if self.changes else None

    def _is_so(self, at: datetime, id_: int) -> bool:
        card = self.by_id.get(id_)
        return card is not None and card.standing.changes_at == at

    def replace(self, ids: Iterable[int], new: Iterable[Card]) -> None:
        """Put new cards in the place of those of some ids."""
        for id_ in ids:
            self.by_id.pop(id_, None)
        for card in new:
            self.by_id[card.id] = card
            if at := card.standing.changes_at:
                heappush(self.changes, (at, card.id))

    def copied(self) -> _Index:
        """Return another index of the same cards."""
        return _Index(self.by_id.copy(), self.changes.copy())


class Deal:
    """A board, and what is known of its cards so that the next one costs what differs from it.

    ``changes_at`` is the next instant (UTC) at which the clock alone may change a card.
    """

    def __init__(
        self,
        board: Board,
        applications: Sequence[Application],
        unconfirmed: Mapping[int, datetime],
        changes_at: datetime | None,
    ) -> None:
        """Take a board and what it was dealt from."""
        self.board = board
        self.changes_at = changes_at
        self._applications = applications
        self._unconfirmed = unconfirmed

    @cached_property
    def _index(self) -> _Index:
        return _Index.of(self.board)  # late: the first frame needs none

    @classmethod
    def of(
        cls,
        applications: Sequence[Application],
        foresee: Foresee,
        now: datetime,
        unconfirmed: Mapping[int, datetime] = NO_DOUBTS,
    ) -> Deal:
        """Deal all applications, as ``Board.of`` does."""
        board = Board.of(applications, foresee, now, unconfirmed)
        changes = [at for card in board.cards() if (at := card.standing.changes_at)]
        return cls(board, applications, unconfirmed, min(changes, default=None))

    def again(
        self,
        applications: Sequence[Application],
        foresee: Foresee,
        now: datetime,
        unconfirmed: Mapping[int, datetime] = NO_DOUBTS,
    ) -> Deal:
        """Deal what the clock or a change has touched since; where time ran back, that is all."""
        if now < self.board.now:
            return Deal.of(applications, foresee, now, unconfirmed)
        index = self._index.copied()
        touched = self._changed(applications)
        doubted = (id_ for id_, _ in unconfirmed.items() ^ self._unconfirmed.items())
        for id_ in (*index.moved_by(now), *doubted):
            if id_ in index.by_id:
                touched.setdefault(id_, index.by_id[id_].application)
        new = [card_of(one, foresee, now, unconfirmed) for one in touched.values() if one]
        columns = self._columns_with(touched.keys(), new)
        index.replace(touched.keys(), new)
        deal = Deal(Board(now, columns), applications, unconfirmed, index.next_change())
        deal._index = index
        return deal

    def _changed(self, applications: Sequence[Application]) -> dict[int, Application | None]:
        """Return the applications that are others than those dealt, by id; none for one gone."""
        if applications is self._applications:
            return {}
        known = self._index.by_id
        gone = known.keys() - {application.id for application in applications}
        changed: dict[int, Application | None] = dict.fromkeys(gone)
        for application in applications:
            card = known.get(application.id)
            if card is None or card.application is not application:
                changed[application.id] = application
        return changed

    def _columns_with(self, ids: AbstractSet[int], new: Sequence[Card]) -> tuple[Column, ...]:
        """Return the columns with new cards, and without the old ones of these ids."""
        known = self._index.by_id
        left = {known[id_].stage for id_ in ids if id_ in known}
        columns = []
        for column in self.board.columns:
            come = [card for card in new if card.stage is column.stage]
            if not come and column.stage not in left:
                columns.append(column)
                continue
            cards = [card for card in column.cards if card.id not in ids]
            for card in come:
                insort(cards, card, key=urgency)
            columns.append(Column(column.stage, tuple(cards)))
        return tuple(columns)
