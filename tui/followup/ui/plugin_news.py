"""The board and its plugins: loaded behind it, told what has happened, and their faults said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from followup.domain.board import Board
from followup.extensions.happenings import Happening
from followup.extensions.outside import OutsidePlugins
from followup.tracker import Tracker
from followup.ui.writes import Write, WriteQueue

PATIENCE = 2.0
"""How long leaving waits for plugins, in seconds."""


class PluginNews:
    """Tells plugins the news in the background, in order; nobody waits for them.

    ``complain`` gets a line for the user when a plugin fails that has not failed before.
    """

    def __init__(
        self,
        tracker: Tracker,
        outside: OutsidePlugins | None,
        writes: WriteQueue,
        complain: Callable[[str], None],
    ) -> None:
        """Have nobody wait for plugins that are not loaded yet."""
        self._tracker = tracker
        self._outside = outside
        self._writes = writes
        self._complain = complain
        self._waiting: asyncio.Queue[Sequence[Happening]] = asyncio.Queue()
        self._named: set[str] = set()
        if outside:
            outside.load_later()

    def gather(self, board: Board) -> None:
        """Have the news told that a board of now brings."""
        # Marking what is news changes the store, so it waits for its turn.
        news = partial(self._tracker.news, board)
        self._writes.put(Write(news, self._put, lambda _fault: None))

    def _put(self, news: Sequence[Happening]) -> None:
        if news:
            self._waiting.put_nowait(news)

    async def work(self, loaded: Callable[[], None]) -> None:
        """Load the plugins, say when that is done, and tell the news, for ever."""
        if self._outside:
            await asyncio.to_thread(self._outside.load)
            self.look_for_faults()
            loaded()
        while True:
            news = await self._waiting.get()
            try:
                await asyncio.to_thread(self._tracker.tell, news)
                self.look_for_faults()
            finally:
                self._waiting.task_done()

    async def finish(self) -> None:
        """Wait until all news is told, though no longer than ``PATIENCE``."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._waiting.join(), PATIENCE)

    def look_for_faults(self) -> None:
        """Say once of each plugin that it failed in this run."""
        for fault in self._outside.faults if self._outside else ():
            if fault.failed and fault.plugin not in self._named:
                self._named.add(fault.plugin)
                self._complain(f"The plugin {fault.plugin} failed: {fault.reason} (P tells more)")
