"""The board and plugins of others: badges, news, faults, and the screen that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import DAY, HOUR, NOON, HandClock, application, applied, interview
from followup.cli.worker import COMMAND
from followup.extensions.outside import OutsidePlugins
from followup.ui.screens.plugins import PluginsScreen
from scripts import write_script
from ui_board import Board, running_board
from ui_host import HOSTILE, page

BADGE = """
from followup.api import hookimpl

class Age:
    name = "age"

    def text(self, card, now):
        return f"{(now - card.application.events[0].at).days} days"

@hookimpl
def register_badges():
    return [Age()]
"""

LISTENER = """
from pathlib import Path
from followup.api import hookimpl

@hookimpl
def stage_entered(tracker, application, stage, previous):
    with Path(__file__).with_name("told").open("a") as file:
        print(application.company, previous, stage, file=file)
"""

FAILING = """
from followup.api import hookimpl

@hookimpl
def event_recorded(tracker, application, event):
    raise ValueError("no luck with " + application.company)
"""

SLEEPING = """
import time
from pathlib import Path
from followup.api import Command, hookimpl

def sleep(tracker):
    Path(__file__).with_name("asleep").touch()
    time.sleep(3600)

@hookimpl
def register_commands():
    return [Command(name="sleep", title="Sleep for an hour", run=sleep)]
"""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def outside(tmp_path: Path, clock: HandClock) -> Iterator[OutsidePlugins]:
    plugins = OutsidePlugins(tmp_path / "config", clock.now, COMMAND)
    yield plugins
    plugins.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def plugins_screen(board: Board) -> PluginsScreen:
    assert isinstance(board.app.screen, PluginsScreen)
    return board.app.screen


async def listed(board: Board) -> None:
    """Open the screen of plugins and wait for its list."""
    await board.pilot.press("P")
    await board.until(lambda: "One moment" not in page(board.app))


async def test_badges_come_behind_the_board_and_are_kept(
    tmp_path: Path, config: Path, outside: OutsidePlugins, clock: HandClock
) -> None:
    write_script(config, "age", BADGE)
    old = application(applied(NOON - 3 * DAY))
    size = (200, 50)
    async with running_board(tmp_path, old, size=size, clock=clock, outside=outside) as board:
        await board.until(lambda: "3 days" in board.page)
        assert "Backend Engi… 3 days" in board.page
        await board.pass_time(DAY)
        await board.until(lambda: "4 days" in board.page)
        await listed(board)
        await board.pilot.press("end")
        assert "badges:  age" in page(board.app)
        await board.pilot.press("d")
        await board.until(lambda: "○ age" in page(board.app))
        await board.pilot.press("escape")
        await board.until(lambda: "4 days" not in board.page)


async def test_a_policy_that_is_not_there_shows_on_the_card(tmp_path: Path) -> None:
    lost = application(interview(NOON - HOUR), policy="gone")
    async with running_board(tmp_path, lost, size=(200, 50)) as board:
        assert "▲ policy" in board.page
        assert "interview ended Tue 10 Mar 11:00 (patient: no policy gone)" in board.page


async def test_plugins_are_told_what_the_clock_brings_while_the_board_is_open(
    tmp_path: Path, config: Path, outside: OutsidePlugins, clock: HandClock
) -> None:
    write_script(config, "listener", LISTENER)
    told = config / "plugins" / "told"
    met = application(interview(NOON - HOUR))
    async with running_board(tmp_path, met, clock=clock, outside=outside) as board:
        await board.pass_time(46 * HOUR)
        await board.pass_time(2 * HOUR)
        await board.until(told.exists)
        await board.pass_time(HOUR)
        await board.press("r")
        await board.pilot.press("enter")
        await board.settle()
        await board.until(lambda: len(told.read_text().splitlines()) == 2)
    assert told.read_text().splitlines() == ["Globex cooling due", "Globex due replied"]


async def test_a_fault_is_said_once_and_listed_with_its_traceback(
    tmp_path: Path, config: Path, outside: OutsidePlugins, clock: HandClock
) -> None:
    write_script(config, "failing", FAILING)
    hostile = application(interview(NOON - HOUR), company=HOSTILE[0])
    async with running_board(tmp_path, hostile, clock=clock, outside=outside) as board:
        for _ in range(2):
            await board.press("n")
            await board.pilot.press(*"news", "enter")
            await board.settle()
        said = "The plugin failing failed: ValueError: no luck with [red]ACME (P tells more)"
        await board.until(lambda: said in board.said)
        await board.until(lambda: len(outside.ledger.entry("failing").faults) == 2)
        assert board.said.count(said) == 1
        await listed(board)
        assert plugins_screen(board).focused is not None
        while "▲ event_recorded" not in page(board.app):
            await board.pilot.press("j")
        assert "t Traceback" in page(board.app)
        assert "raise ValueError" not in page(board.app)
        await board.pilot.press("t")
        assert 'raise ValueError("no luck with " + application.company)' in page(board.app)


async def test_what_was_disabled_can_be_enabled_and_ours_stay(
    tmp_path: Path, config: Path, outside: OutsidePlugins, clock: HandClock
) -> None:
    write_script(config, "age", BADGE)
    outside.ledger.disable("age")
    old = application(applied(NOON - 3 * DAY))
    async with running_board(tmp_path, old, clock=clock, outside=outside) as board:
        await listed(board)
        assert "○ age" in page(board.app)
        assert "Disable" not in page(board.app)
        await board.pilot.press("d", "G", "end", "e")
        await board.until(lambda: "● age" in page(board.app))
        await board.pilot.press("escape")
        await board.until(lambda: "3 days" in board.page)


async def test_without_plugins_the_screen_lists_those_in_the_box(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        await listed(board)
        assert "ships in the box" in page(board.app)
        await board.pilot.press("q")
        assert board.app.screen is board.screen


async def test_leaving_does_not_wait_for_a_command_that_hangs(
    tmp_path: Path, config: Path, outside: OutsidePlugins, clock: HandClock
) -> None:
    write_script(config, "sleeping", SLEEPING)
    async with running_board(tmp_path, clock=clock, outside=outside) as board:
        await board.until(lambda: "sleep" in board.tracker.host.commands)
        board.screen.run_command("sleep")
        await board.until((config / "plugins" / "asleep").exists)
        await board.pilot.press("q")
    # It was ended by the user, so nothing is held against it.
    assert outside.ledger.entry("sleeping").failures == 0
