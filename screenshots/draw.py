"""Draw the pictures of the README: ``make screenshots``.

The program draws itself over made-up applications, at a fixed size and time, so that the
same program always draws the same pictures.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from followup import __version__
from followup.config import Config
from followup.demo import made_up
from followup.domain.clock import FixedClock
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.tracker import Tracker
from followup.ui.app import FollowupApp

HERE = Path(__file__).parent
SIZE = (140, 35)
CLOCK = FixedClock(datetime(2026, 11, 26, 16, 41, tzinfo=UTC), "Europe/Berlin")
PICTURES = {"board-dark.svg": "followup-dark", "board-light.svg": "followup-light"}


def main() -> None:
    """Draw all pictures beside this file."""
    for name, theme in PICTURES.items():
        (HERE / name).write_text(asyncio.run(board(theme)), encoding="utf-8")


async def board(theme: str) -> str:
    """Return the board in a theme, as SVG."""
    with tempfile.TemporaryDirectory() as directory:
        host = PluginHost(builtin_plugins(__version__))
        repository = Repository(Path(directory) / "followup.json")
        with repository.change("make up applications", CLOCK.now()) as changes:
            for application in made_up(CLOCK.now(), CLOCK.zone):
                changes.add(application)
        tracker = Tracker(repository, host, Config(theme=theme), CLOCK)
        app = FollowupApp(tracker)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            picture = app.export_screenshot(title="followup", simplify=True)
        tracker.close()
    return "".join(f"{line.rstrip()}\n" for line in picture.splitlines())


if __name__ == "__main__":
    main()
