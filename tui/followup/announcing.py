"""Telling plugins what has happened: each fact, message and change of column exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.board import Board, Card, card_of
from followup.domain.channel import Receipt
from followup.domain.message import Message
from followup.domain.passage import Mark, Passage, passages
from followup.domain.stage import stand
from followup.extensions.happenings import EventRecorded, Happening, MessageSent, StageEntered
from followup.foresight import Foresight
from followup.store.errors import StoreError
from followup.store.repository import Repository

ATTEMPTS = 3
"""How often to look again at changes made here that other processes marked in the meantime."""

MOST_ECHOES = 5
"""How many things that plugins did when they were told are told in turn, for each of the news."""


class Announcer:
    """Collects what has happened until it is told.

    A change of column is told by whoever is first to mark it in the store, so that a board
    and ``followup tick`` at the same time tell it once. It is marked before it is told: a
    program that dies in between has told it to nobody, and never twice.
    """

    def __init__(self, repository: Repository, foresight: Foresight) -> None:
        """Begin with nothing to tell."""
        self._repository = repository
        self._foresight = foresight
        self._happened: list[Happening] = []
        self._touched: dict[int, Application | None] = {}
        self._marks_then: Mapping[int, Mark] = {}
        self._looked_at: dict[int, Card] = {}

    def note(self, before: Application | None, after: Application | None) -> None:
        """Take note of a change to an application, and of the facts that it brought."""
        if after is None:
            return
        self.touch(before, after)
        known = list(before.events) if before else []
        for event in after.events:
            if event in known:
                # Each counts once: the same may be noted twice in one minute.
                known.remove(event)
            else:
                self._happened.append(EventRecorded(application=after, event=event))

    def touch(self, before: Application | None, after: Application) -> None:
        """Take note that an application was changed here, and may have changed its column."""
        if not self._touched:
            self._marks_then = self._repository.marks()
        self._touched.setdefault(after.id, before)

    def note_sent(self, application: Application, message: Message, receipt: Receipt) -> None:
        """Take note of a message that went out."""
        self._happened.append(
            MessageSent(application=application, message=message, receipt=receipt)
        )

    def note_echo(self, happened: Iterable[Happening]) -> None:
        """Take note of what a plugin made happen."""
        self._happened.extend(happened)

    def take(self) -> tuple[Happening, ...]:
        """Return what has happened since the last time, and forget it."""
        taken = tuple(self._happened)
        self._happened.clear()
        return taken

    def news(self, now: datetime, board: Board | None = None) -> tuple[Happening, ...]:
        """Return what has happened, and what cards have changed their column by ``now`` (UTC).

        Without a ``board``, only those count that were changed here.
        """
        happened = self.take()
        with suppress(StoreError):  # what cannot be marked now is told later
            happened += self._changed_columns(self._cards(now, board), now)
            for _ in range(ATTEMPTS):
                if self._touched:  # others marked those in the meantime
                    happened += self._changed_columns(self._cards(now), now)
        return happened

    def _cards(self, now: datetime, board: Board | None = None) -> Iterable[Card]:
        """Return the cards to look at: all of them where a store has no marks yet."""
        if board is None and self._touched and not self._repository.marks():
            board = Board.of(self._repository.applications(), self._foresight.foresee, now)
        if board:
            return board.cards()
        touched = (self._repository.get(id_) for id_ in self._touched)
        return [
            card_of(application, self._foresight.foresee, now)
            for application in touched
            if application
        ]

    def _changed_columns(self, cards: Iterable[Card], now: datetime) -> tuple[StageEntered, ...]:
        """Mark the changes of column that nobody has told yet, and return them in order.

        Cards that stand as they did at the last look cost nothing. In a store without marks
        nothing is news but what was changed here: that is where the telling begins.
        """
        marks = self._repository.marks()
        touched, self._touched = self._touched, {}
        looked_at: dict[int, Card] = {}
        found: list[Passage] = []
        for card in cards:
            if self._looked_at.get(card.id) is card:
                continue
            if self._repository.get(card.id) is card.application:
                looked_at[card.id] = card
                found += self._passages(card, touched, marks, now)
        newest = {passage.application.id: passage.mark for passage in found}
        for id_ in newest.keys() & marks.keys():
            # Entering a column anew, as by undoing, is no reason to be reminded anew.
            newest[id_] = replace(newest[id_], reminded=marks[id_].reminded)
        expected_and_new = {id_: (marks.get(id_), mark) for id_, mark in newest.items()}
        won: frozenset[int] = frozenset()
        try:
            if newest:
                won = self._repository.mark(expected_and_new)
        finally:
            # What another process has marked or changed meanwhile is looked at again.
            lost = newest.keys() - won
            self._looked_at |= {id_: card for id_, card in looked_at.items() if id_ not in lost}
            again = lost | (touched.keys() - looked_at.keys())
            self._touched = {id_: touched[id_] for id_ in again & touched.keys()}
        return tuple(
            StageEntered(
                application=passage.application, stage=passage.stage, previous=passage.previous
            )
            for passage in sorted(found, key=lambda passage: passage.at)
            if passage.application.id in won and (marks or passage.application.id in touched)
        )

    def _passages(
        self,
        card: Card,
        touched: Mapping[int, Application | None],
        marks: Mapping[int, Mark],
        now: datetime,
    ) -> Iterable[Passage]:
        """Return what columns a card has entered since it was marked."""
        application, mark = card.application, marks.get(card.id)
        foresee = self._foresight.foresee(application)
        before = touched.get(card.id)
        if mark is None and before:
            # It stood somewhere before it was changed, although nobody marked that.
            stage = stand(before, self._foresight.foresee(before), now).stage
            return passages(application, foresee, Mark(stage=stage, at=now), now)
        if mark is None:
            return [Passage(application=application, stage=card.stage, previous=None, at=now)]
        if now < mark.at and card.id not in touched:
            # The clock was set back: what it brings by itself it has brought already.
            return []
        if before and mark.at <= now and mark == self._marks_then.get(card.id):
            # Until it was changed, the clock went by what was known then.
            known = passages(before, self._foresight.foresee(before), mark, now)
            walked = [replace(passage, application=application) for passage in known]
            stage = walked[-1].stage if walked else mark.stage
            walked += passages(application, foresee, Mark(stage=stage, at=now), now)
            return walked
        return passages(application, foresee, mark, now)
