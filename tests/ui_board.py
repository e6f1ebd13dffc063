"""Boards for tests: a real tracker over a small store, and a clock that tests move."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from builders import HandClock
from followup.config import Config
from followup.demo import made_up
from followup.domain.application import Application
from followup.domain.stage import Stage
from followup.extensions.discovery import Found
from followup.extensions.host import PluginHost
from followup.extensions.outside import OutsidePlugins
from followup.store.repository import Repository
from followup.tracker import Tracker
from followup.ui.app import FollowupApp
from followup.ui.screens.board import BoardScreen
from followup.ui.widgets.column import Column
from ui_host import PLUGINS


class Board:
    """A running board, and what tests look at."""

    def __init__(self, app: FollowupApp, pilot: Pilot[None], clock: HandClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.said: list[str] = []

    @property
    def screen(self) -> BoardScreen:
        return [screen for screen in self.app.screen_stack if isinstance(screen, BoardScreen)][-1]

    @property
    def tracker(self) -> Tracker:
        return self.screen.tracker

    @property
    def company(self) -> str:
        """The company of the selected card, empty where no card is."""
        card = self.screen.card
        return card.application.company if card else ""

    def column(self, key: str) -> list[str]:
        """The companies of a column, from the top."""
        number = list(Stage).index(Stage(key))
        return [card.application.company for card in self.screen.shown.columns[number]]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is waiting for the store or the screen."""
        await self.pilot.pause()
        await self.screen.desk.writes.finish()
        await self.pilot.pause()

    async def pass_time(self, length: timedelta) -> None:
        """Move the clock, and have the board look at it as it does twice a second."""
        self.clock.advance(length)
        self.screen.beat()
        await self.settle()

    async def until(self, is_so: Callable[[], Any]) -> None:
        """Wait for something that the board does by itself."""
        async with asyncio.timeout(10):
            while not is_so():
                await self.pilot.pause()

    def lines(self) -> list[str]:
        """What stands on the screen."""
        screen = self.app.screen
        strips = screen._compositor.render_strips(screen.size)
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def page(self) -> str:
        return "\n".join(self.lines())


def tracker_over(
    path: Path,
    applications: Iterable[Application],
    clock: HandClock,
    outside: OutsidePlugins | None = None,
    **settings: Any,
) -> Tracker:
    """A tracker over a store of its own that holds these applications, as one change."""
    plugins = [Found(name=p.__name__, version="test", module=p) for p in PLUGINS]
    host = PluginHost(plugins, outside)
    tracker = Tracker(Repository(path), host, Config(name="Alex", **settings), clock)
    with tracker.repository.change("set the test up", clock.now()) as changes:
        for application in applications:
            changes.add(application)
    return tracker


def drawn_lines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """A list that grows with every line of a column that is drawn from now on."""
    lines: list[tuple[str, int]] = []
    render_line = Column.render_line

    def counted(column: Column, y: int) -> Strip:
        lines.append((column.stage.value, y))
        return render_line(column, y)

    monkeypatch.setattr(Column, "render_line", counted)
    return lines


@asynccontextmanager
async def running_board(
    directory: Path,
    *applications: Application,
    size: tuple[int, int] = (140, 40),
    clock: HandClock | None = None,
    read_only: bool = False,
    outside: OutsidePlugins | None = None,
    **settings: Any,
) -> AsyncIterator[Board]:
    """Run a board over these applications, by default over the made-up ones."""
    clock = clock or HandClock()
    applications = applications or made_up(clock.now(), clock.zone)
    tracker = tracker_over(directory / "followup.json", applications, clock, outside, **settings)
    app = FollowupApp(tracker, read_only=read_only, outside=outside)
    async with running(app, clock, size) as board:
        yield board
    tracker.close()


@asynccontextmanager
async def running(
    app: FollowupApp, clock: HandClock, size: tuple[int, int] = (140, 40)
) -> AsyncIterator[Board]:
    """Run an app, and note what it notifies of."""
    said: list[str] = []
    notify = app.notify

    def heard(message: str, **options: Any) -> None:
        said.append(message)
        notify(message, **options)

    app.notify = heard  # type: ignore[method-assign]
    async with app.run_test(size=size) as pilot:
        board = Board(app, pilot, clock)
        board.said = said
        await board.settle()
        yield board


@asynccontextmanager
async def running_details(
    directory: Path, *applications: Application, size: tuple[int, int] = (120, 50), **given: Any
) -> AsyncIterator[Board]:
    """Run a board, and open the details of the card that is selected at first."""
    async with running_board(directory, *applications, size=size, **given) as board:
        await board.press("enter")
        yield board
