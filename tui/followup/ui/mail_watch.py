"""Listening while the board is open: a quiet look into the mailbox every few minutes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from followup.domain.errors import FollowupError
from followup.domain.text import clean
from followup.tracker import StoreError, Tracker
from followup.ui.writes import Write, WriteQueue

if TYPE_CHECKING:
    from followup.hearing import Round

Given = TypeVar("Given")

MINUTE = 60.0  # seconds

_WORDS = {
    "reply": "they answered",
    "rejection": "a rejection",
    "invitation": "an invitation",
    "bounce": "your message came back",
    "delayed": "your message is late",
    "auto_reply": "an automatic reply",
}


class MailWatch:
    """Looks into the mailbox in the background; the board goes on meanwhile.

    ``say`` gets one line about what was heard, ``complain`` one about what went wrong, and
    not again until something else does.
    """

    def __init__(
        self,
        tracker: Tracker,
        writes: WriteQueue,
        say: Callable[[str], None],
        complain: Callable[[str], None],
    ) -> None:
        """Begin with nothing heard."""
        self._tracker = tracker
        self._writes = writes
        self._say = say
        self._complain = complain
        self._trouble = ""

    async def work(self) -> None:
        """Look for mail again and again, where the configuration says how often."""
        if not self._tracker.config.replies.every_minutes:
            return  # before anything of mail is loaded
        minutes = await _apart(lambda: self._tracker.hearing.every_minutes)
        while minutes:
            await self.look()
            await asyncio.sleep(minutes * MINUTE)

    async def look(self) -> None:
        """Look for mail once; while the clock stands wrong nothing is done by itself."""
        if self._tracker.newest_fact_ahead():
            return
        try:
            # The network takes its time, so only what follows has to wait for its turn.
            gathered = await _apart(lambda: self._tracker.hearing.gather())
        except (FollowupError, StoreError) as fault:
            self._failed(fault)
            return
        self._writes.put(
            Write(lambda: self._tracker.hearing.settle(gathered), self._heard, self._failed)
        )

    def _heard(self, round_: Round) -> None:
        self._trouble = ""
        told = told_round(round_, self._tracker)
        if told:
            self._say(told)

    def _failed(self, fault: Exception) -> None:
        if str(fault) != self._trouble:
            self._trouble = str(fault)
            self._complain(clean(str(fault)))


async def _apart(job: Callable[[], Given]) -> Given:
    """Run a job in a thread that nobody waits for: leaving does not hang where a server does."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Given] = loop.create_future()

    def tell(put: Callable[[], None]) -> None:
        if not future.done():
            put()

    def run() -> None:
        try:
            given = job()
        except Exception as fault:
            put = partial(future.set_exception, fault)
        else:
            put = partial(future.set_result, given)
        with suppress(RuntimeError):  # the board was left meanwhile
            loop.call_soon_threadsafe(tell, put)

    threading.Thread(target=run, name="mail", daemon=True).start()
    return await future


def told_round(round_: Round, tracker: Tracker) -> str:
    """Return what was heard in one line, nothing where that is nothing."""
    parts = [
        f"{clean(application.company)}: {_WORDS[str(news.heard.kind)]}"
        for news in round_.news
        if news.heard.match.sure
        and str(news.heard.kind) in _WORDS
        and (application := tracker.repository.get(news.application_id))
    ]
    if asked := sum(news.effect.suggestion is not None for news in round_.news):
        parts.append(f"{asked} to be confirmed (M)")
    return "; ".join(parts)
