"""Reminders while the board is open: by the terminal, and on the desktop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from followup import desktop
from followup.domain.board import Board
from followup.domain.errors import RefusedError
from followup.tracker import Tracker
from followup.ui.writes import Write, WriteQueue


class Reminders:
    """Notifies of what a board shows as open and nobody was told of yet.

    ``notify`` has the terminal do it; ``complain`` gets one line where the desktop cannot,
    once.
    """

    def __init__(
        self,
        tracker: Tracker,
        writes: WriteQueue,
        notify: Callable[[str], None],
        complain: Callable[[str], None],
    ) -> None:
        """Begin with nobody told."""
        self._tracker = tracker
        self._writes = writes
        self._notify = notify
        self._complain = complain
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._is_taking = self._has_complained = False

    @property
    def is_on(self) -> bool:
        """Tell whether the user wants to be reminded."""
        settings = self._tracker.reminding.settings
        return settings.desktop or settings.terminal != "off"

    def look(self, board: Board) -> None:
        """Have what a board of now shows taken and told; often called, it costs little."""
        if self._is_taking or not self.is_on or not self._tracker.reminding.waiting(board):
            return
        self._is_taking = True
        self._writes.put(
            Write(partial(self._tracker.reminding.take, board), self._tell, self._failed)
        )

    def _tell(self, told: str) -> None:
        self._is_taking = False
        if told:
            self._notify(told)
            self._waiting.put_nowait(told)

    def _failed(self, _fault: Exception) -> None:
        """Leave what cannot be taken for the next look; others say what is wrong."""
        self._is_taking = False

    async def work(self) -> None:
        """Show on the desktop what was told, for ever."""
        while self._tracker.reminding.settings.desktop:
            told = await self._waiting.get()
            try:
                await asyncio.to_thread(desktop.notify, "followup", told)
            except RefusedError as fault:
                if not self._has_complained:
                    self._has_complained = True
                    self._complain(str(fault))
