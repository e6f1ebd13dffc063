"""Telling plugins what has happened: each fact, message and change of column exactly once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from followup.domain.application import Application
from followup.domain.channel import Receipt
from followup.domain.message import Message
from followup.domain.passage import Mark, Passage, passages
from followup.domain.stage import stand
from followup.extensions.happenings import EventRecorded, Happening, MessageSent, StageEntered
from followup.foresight import Foresight
from followup.store.repository import Repository

if TYPE_CHECKING:
    from followup.tracker import Tracker

MOST_ECHOES = 5
"""How often plugins are told of what plugins did when they were told, before that ends."""


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
        self._happened: deque[Happening] = deque()
        self._before: dict[int, Application | None] = {}

    def note(self, before: Application | None, after: Application) -> None:
        """Take note of a change that is stored, and of the facts that it brought."""
        self._before.setdefault(after.id, before)
        known = before.events if before else ()
        self._happened.extend(
            EventRecorded(application=after, event=event)
            for event in after.events
            if event not in known
        )

    def note_sent(self, application: Application, message: Message, receipt: Receipt) -> None:
        """Take note of a message that went out."""
        self._happened.append(
            MessageSent(application=application, message=message, receipt=receipt)
        )

    def take(self) -> tuple[Happening, ...]:
        """Return what has happened since the last time, and forget it."""
        taken = tuple(self._happened)
        self._happened.clear()
        return taken

    def changed_columns(self, now: datetime, *, everywhere: bool) -> tuple[StageEntered, ...]:
        """Mark the changes of column until ``now`` that nobody has told yet, and return them.

        Without ``everywhere``, only applications count that this program has changed. In a
        store without marks nothing is news but what this program changed.
        """
        marks = self._repository.marks()
        touched, self._before = self._before, {}
        applications = self._repository.applications()
        is_first_time = not marks
        found: list[Passage] = []
        for application in applications:
            if application.id in touched:
                found += self._of_touched(application, touched[application.id], marks, now)
            elif is_first_time:
                found.append(self._arrival(application, now))
            elif everywhere:
                found += self._of_others(application, marks, now)
        newest = {passage.application.id: passage.mark for passage in found}
        gone = marks.keys() - {application.id for application in applications}
        won = self._repository.mark(
            {id_: (marks.get(id_), mark) for id_, mark in newest.items()}
            | {id_: (marks[id_], None) for id_ in gone if everywhere}
        )
        return tuple(
            StageEntered(
                application=passage.application, stage=passage.stage, previous=passage.previous
            )
            for passage in sorted(found, key=lambda passage: passage.at)
            if passage.application.id in won
            and not (is_first_time and passage.application.id not in touched)
        )

    def _of_touched(
        self,
        application: Application,
        before: Application | None,
        marks: dict[int, Mark],
        now: datetime,
    ) -> Iterable[Passage]:
        mark = marks.get(application.id)
        if mark is None and before is None:
            return [self._arrival(application, now)]
        if mark is None:
            assert before
            stage = stand(before, self._foresight.foresee(before), now).stage
            mark = Mark(stage=stage, at=now)
        return passages(application, self._foresight.foresee(application), mark, now)

    def _of_others(
        self, application: Application, marks: dict[int, Mark], now: datetime
    ) -> Iterable[Passage]:
        mark = marks.get(application.id)
        if mark is None:
            return [self._arrival(application, now)]
        if now < mark.at:
            # The clock was set back: what it brings by itself it has brought already.
            return ()
        return passages(application, self._foresight.foresee(application), mark, now)

    def _arrival(self, application: Application, now: datetime) -> Passage:
        stage = stand(application, self._foresight.foresee(application), now).stage
        return Passage(application=application, stage=stage, previous=None, at=now)
