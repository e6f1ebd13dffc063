"""The queue of everything that touches the store: in order, one at a time, off the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from followup.domain.errors import FollowupError
from followup.tracker import StoreError

Given = TypeVar("Given")


class Write(Generic[Given]):
    """One job for the store, and who wants to hear how it went.

    ``job`` runs in a thread; ``done`` gets what it returned and ``refused`` its error,
    both on the thread of the screen.
    """

    def __init__(
        self,
        job: Callable[[], Given],
        done: Callable[[Given], None],
        refused: Callable[[Exception], None],
    ) -> None:
        self.job = job
        self.done = done
        self.refused = refused

    async def carry_out(self) -> None:
        """Run the job in a thread and tell how it went; other errors are raised."""
        try:
            given = await asyncio.to_thread(self.job)
        except (FollowupError, StoreError) as fault:
            self.refused(fault)
        else:
            self.done(given)


class WriteQueue:
    """Carries jobs out in the order in which they came, never two at once, never none."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Write[Any]] = asyncio.Queue()
        self._open = 0

    def put(self, write: Write[Any]) -> None:
        """Add a job to the end of the queue."""
        self._open += 1
        self._waiting.put_nowait(write)

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is waiting or under way."""
        return self._open == 0

    async def work(self) -> None:
        """Carry jobs out for ever."""
        while True:
            write = await self._waiting.get()
            try:
                await write.carry_out()
            finally:
                self._open -= 1
                self._waiting.task_done()

    async def finish(self) -> None:
        """Wait until everything in the queue is carried out."""
        await self._waiting.join()
