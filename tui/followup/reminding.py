"""Reminding the user of steps that have opened: of each once, whoever is first to see it."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from msgspec.structs import replace

from followup.domain.board import Board, Card
from followup.domain.clock import Clock
from followup.domain.events import newest_ahead
from followup.domain.reminders import ReminderSettings, opened, told_opened
from followup.store.repository import Repository


class Reminding:
    """Says what opened since the user was last told.

    It is kept with the marks by which plugins are told of each column once, so an application
    has to be marked first. What is taken counts as told: a program that dies in between has
    told it to nobody, and never twice. What opens in quiet hours waits for their end.
    """

    def __init__(self, repository: Repository, settings: ReminderSettings, clock: Clock) -> None:
        """Take the store, what the user wants, and the clock."""
        self.settings = settings
        self._repository = repository
        self._clock = clock
        self._looked_at: Board | None = None
        self._opened: list[tuple[datetime, Card]] = []

    def waiting(self, board: Board) -> dict[int, datetime]:
        """Return when steps opened (UTC) of which nobody was told yet, by application.

        There are none in quiet hours, on a preview, nor where the store is only read.
        """
        now = self._clock.now()
        is_silent = self._repository.read_only or self.settings.is_quiet(now, self._clock.zone)
        if is_silent or board.now > now:
            return {}
        if self._looked_at is not board:
            # A board is looked at twice a second, and what has opened on it stays the same.
            self._looked_at, self._opened = board, opened(board)
        marks = self._repository.marks() if self._opened else {}
        return {
            card.id: moment
            for moment, card in self._opened
            if (mark := marks.get(card.id))
            and (mark.reminded is None or mark.reminded < moment)
            # What was changed since the board was dealt is looked at with the next one.
            and self._repository.get(card.id) is card.application
        }

    def take(self, board: Board) -> str:
        """Return in one line what opened, which then counts as told; nothing for nothing.

        Nothing is taken while the clock stands before a recorded fact (design, section 6).
        Raises ``StoreError`` where the store cannot be written.
        """
        waiting = self.waiting(board)
        if not waiting or self._is_clock_wrong():
            return ""
        marks = self._repository.marks()
        taken = self._repository.mark(
            {id_: (marks[id_], replace(marks[id_], reminded=waiting[id_])) for id_ in waiting}
        )
        companies = [
            application.company
            for id_ in waiting
            if id_ in taken and (application := self._repository.get(id_))
        ]
        return told_opened(companies, names=self.settings.names) if companies else ""

    def _is_clock_wrong(self) -> bool:
        histories = (application.events for application in self._repository.applications())
        return newest_ahead(chain.from_iterable(histories), self._clock.now()) is not None
