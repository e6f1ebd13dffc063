"""Where the program sits for its pictures: made-up applications, and a clock that stands."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, TextArea

from followup.config import Config
from followup.demo import made_up
from followup.domain.clock import FixedClock
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.tracker import Tracker
from followup.ui.app import FollowupApp
from followup.ui.theme import DARK, LIGHT
from props import FILE, MAILS, VIEWS
from scenes import Scene

CLOCK = FixedClock(datetime(2026, 11, 26, 16, 41, tzinfo=UTC), "Europe/Berlin")
THEMES = (DARK.name, LIGHT.name)
VERSION = "1.0"
"""The version that the plugins in the box have in all pictures, of whatever release."""

_PATIENCE = 20  # seconds until a screen that does not come is given up


class Sitting:
    """A running program, and how it is asked to hold still."""

    def __init__(self, app: FollowupApp, pilot: Pilot[None]) -> None:
        """Take the program as it runs."""
        self.app = app
        self.pilot = pilot

    @property
    def page(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self._strips)

    @property
    def styled(self) -> str:
        """The same with the look of all of it."""
        return "\n".join(
            "".join(f"{segment.text}[{segment.style}]" for segment in strip)
            for strip in self._strips
        )

    @property
    def _strips(self) -> list[Strip]:
        screen = self.app.screen
        # Textual draws strips nowhere but in here.
        return screen._compositor.render_strips(screen.size)  # noqa: SLF001

    async def reach(self, scene: Scene) -> None:
        """Go to a scene; raise ``TimeoutError`` where it does not come."""
        async with asyncio.timeout(_PATIENCE):
            for key in scene.keys:
                await self.pilot.press(key)
            while scene.shows not in self.page:
                await self.pilot.pause()
        await self._hold_still()

    async def wear(self, theme: str) -> None:
        """Put on a theme."""
        self.app.theme = theme
        await self._hold_still()

    async def _hold_still(self) -> None:
        for field in self.app.screen.query("Input, TextArea"):
            if isinstance(field, Input | TextArea):
                field.cursor_blink = False
        await self.pilot.pause()

    def picture(self) -> str:
        """Return what stands on the screen as SVG."""
        drawn = self.app.export_screenshot(title="followup", simplify=True)
        return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())


@asynccontextmanager
async def sitting(scene: Scene, size: tuple[int, int]) -> AsyncIterator[Sitting]:
    """Run the program in a terminal of a size (columns, lines), and go to a scene."""
    with _home() as home, _tracker(home, scene) as tracker:
        app = FollowupApp(tracker)
        async with app.run_test(size=size) as pilot:
            model = Sitting(app, pilot)
            await model.reach(scene)
            yield model


@contextmanager
def _home() -> Iterator[Path]:
    """Give a home directory of its own, so that no path of this machine is seen."""
    with tempfile.TemporaryDirectory() as directory, mock.patch.dict(os.environ, HOME=directory):
        home = Path(directory)
        (home / "applications.csv").write_text(FILE, encoding="utf-8")
        yield home


@contextmanager
def _tracker(home: Path, scene: Scene) -> Iterator[Tracker]:
    repository = Repository(home / "followup.json")
    if not scene.is_empty:
        with repository.change("make up applications", CLOCK.now()) as changes:
            for application in made_up(CLOCK.now(), CLOCK.zone):
                changes.add(application)
    host = PluginHost(builtin_plugins(VERSION))
    with closing(Tracker(repository, host, Config(name="Alex Poe", views=VIEWS), CLOCK)) as tracker:
        if not scene.is_empty:
            tracker.hearing.listen_to_files(_delivered(home))
        yield tracker


def _delivered(home: Path) -> list[Path]:
    """Return where the mails lie, of which some are to be confirmed."""
    paths = [home / f"{number}.eml" for number, _ in enumerate(MAILS)]
    for path, mail in zip(paths, MAILS, strict=True):
        path.write_text(mail, encoding="utf-8")
    return paths
