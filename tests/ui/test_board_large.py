"""A board of very many applications: the screen is there before its cards are."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from builders import HandClock
from followup.demo import made_up
from followup.domain.dealing import Deal
from followup.tracker import Tracker
from followup.ui.app import FollowupApp
from followup.ui.screens import board_view
from ui_board import Board, running_board, tracker_over


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Take any board for a large one, and hold its cards back until the gate is opened."""
    opened = threading.Event()
    deal = Tracker.deal

    def wait(tracker: Tracker, at: datetime | None = None, previous: Deal | None = None) -> Deal:
        assert opened.wait(timeout=20)
        return deal(tracker, at, previous)

    monkeypatch.setattr(board_view, "MANY", 1)
    monkeypatch.setattr(Tracker, "deal", wait)
    yield opened
    opened.set()


@asynccontextmanager
async def large_board(directory: Path, size: tuple[int, int] = (140, 40)) -> AsyncIterator[Board]:
    """Run a board that nobody has waited for."""
    clock = HandClock()
    applications = made_up(clock.now(), clock.zone)
    tracker = tracker_over(directory / "followup.json", applications, clock)
    app = FollowupApp(tracker)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Board(app, pilot, clock)
    tracker.close()


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (140, 40)], ids=str)
async def test_the_screen_is_there_before_its_cards_and_nothing_jumps(
    tmp_path: Path, gate: threading.Event, size: tuple[int, int]
) -> None:
    async with large_board(tmp_path, size) as board:
        before = board.lines()
        assert "sorting 19 applications" in before[0] + before[1]
        assert "open" not in before[0] + before[1]
        gate.set()
        await board.settle()
        after = board.lines()
    (number,) = (number for number, line in enumerate(before) if "Follow up" in line)
    pairs = zip(before[number], after[number], strict=True)
    # Numbers come to the words, which stay where they are; all else comes below them.
    assert all(is_so == was for was, is_so in pairs if was.strip())
    assert set("".join(before[number + 1 :])) <= set("Closed ─")


async def test_it_ends_as_any_other_board_does(tmp_path: Path, gate: threading.Event) -> None:
    gate.set()
    async with large_board(tmp_path / "large") as board:
        await board.settle()
        large, cursor, page = board.screen.board, board.company, board.page
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(board_view, "MANY", 10_000)
        async with running_board(tmp_path / "small") as board:
            assert (board.screen.board, board.company, board.page) == (large, cursor, page)


async def test_what_is_pressed_meanwhile_waits_or_does_nothing(
    tmp_path: Path, gate: threading.Event
) -> None:
    async with large_board(tmp_path) as board:
        await board.pilot.press("j", "l", "right_square_bracket", "enter", "f", "v")
        board.screen.beat()
        assert board.app.screen is board.screen
        gate.set()
        await board.settle()
        assert board.screen.cursor
        assert board.screen.time.is_turned
        assert board.screen.board.now == board.screen.time.moment
