"""A board without a terminal that makes the changes of ``writer.py STORE work FIRST``.

They go through the queue of the board, beside its own looking at the store and the clock.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path

from builders import NOON
from followup import __version__
from followup.config import Config
from followup.domain.clock import FixedClock
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store import Repository
from followup.tracker import Tracker
from followup.ui.app import FollowupApp
from followup.ui.screens.board import BoardScreen
from followup.ui.writes import Write
from store.writer import compact_often, ids_of, work


async def run(path: Path, number: int) -> None:
    repository = Repository(path)
    host = PluginHost(builtin_plugins(__version__))
    app = FollowupApp(Tracker(repository, host, Config(), FixedClock(NOON, "UTC")))

    def change(number: int) -> int:
        with repository.change(f"change {number}", NOON) as changes:
            work(changes, number, ids_of(repository.applications()))
        return number

    async with app.run_test() as pilot:
        screen = app.screen
        assert isinstance(screen, BoardScreen)
        while True:
            screen.desk.writes.put(Write(partial(change, number), say, fail))
            await screen.desk.writes.finish()
            await pilot.pause()
            number += 1


def say(number: int) -> None:
    print(number, file=sys.__stdout__, flush=True)


def fail(fault: Exception) -> None:
    raise fault


if __name__ == "__main__":
    compact_often()
    asyncio.run(run(Path(sys.argv[1]), int(sys.argv[3])))
