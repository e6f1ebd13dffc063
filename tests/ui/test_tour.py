"""The tour: it points at what is seen, listens to the keys, and can be left at any moment."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widget import Widget

from builders import HandClock
from followup.demo import made_up
from followup.tracker import Tracker
from followup.ui.app import FollowupApp
from followup.ui.screens.board import BoardScreen
from followup.ui.screens.first_run import FirstRun
from followup.ui.screens.tour import STOPS, Tour
from followup.ui.widgets.header import Header
from followup.ui.widgets.lanes import Lanes
from ui_board import Board, running, running_board, tracker_over


def tour_of(board: Board) -> Tour:
    return board.screen.query_one(Tour)


def pointed(board: Board) -> list[type[Widget]]:
    return [type(widget) for widget in board.screen.query(".-pointed")]


async def reaches(board: Board, title: str) -> None:
    """Wait until a card stands there."""
    await board.until(lambda: tour_of(board).stop.title == title)
    await board.settle()
    assert title in board.page


async def test_the_tour_is_taken_by_the_keys_that_it_speaks_of(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        await board.press("T")
        await reaches(board, "The board")
        assert pointed(board) == [Lanes]
        await board.press("down")
        await reaches(board, "What to do now")
        assert pointed(board) == [Header]
        await board.press("space")
        await reaches(board, "Why this date")
        await board.press("enter")
        await board.press("escape")
        await reaches(board, "Time moves cards")
        await board.press("right_square_bracket")
        await reaches(board, "A preview")
        assert board.screen.time.is_turned
        await board.press("0")
        await reaches(board, "Following up")
        await board.press("f")
        await board.until(lambda: type(board.app.screen).__name__ == "ComposeScreen")
        await board.press("escape")
        await reaches(board, "What happened")
        await board.press("space")
        await board.until(lambda: not board.screen.query(Tour))
        assert pointed(board) == []
        assert board.tracker.history()[0].what == "set the test up"


@pytest.mark.parametrize("cards", range(len(STOPS)))
async def test_it_can_be_left_at_any_moment(tmp_path: Path, cards: int) -> None:
    async with running_board(tmp_path, size=(80, 24)) as board:
        await board.press("T", *["space"] * cards)
        assert f"{cards + 1} of {len(STOPS)}" in board.page
        # Nothing of the card is cut off, and no key is left out of it.
        said = " ".join(board.page.split())
        assert "$" not in said
        last = STOPS[cards].words.split(" ")[-1]
        assert last.startswith("$") or last in said
        await board.press("escape")
        await board.until(lambda: not board.screen.query(Tour))
        assert pointed(board) == []
        await board.press("escape", "j")
        assert board.app.is_running


async def test_one_can_go_back_and_begin_once_only(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        await board.press("T", "space", "space", "backspace", "T")
        await reaches(board, "What to do now")
        assert len(board.screen.query(Tour)) == 1
        await board.press("backspace", "backspace")
        await reaches(board, "The board")


async def test_keys_are_named_as_they_are_bound(tmp_path: Path) -> None:
    async with running_board(tmp_path, keys={"board.day": "f7"}) as board:
        await board.press("T", *["space"] * 3)
        assert "Press f7 to look a day ahead" in board.page


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_the_board_is_still_there(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running_board(tmp_path, size=size) as board:
        await board.press("T")
        assert "The board" in board.page
        assert board.company in board.page


class TestFirstRun:
    @pytest.fixture
    def app(self, tmp_path: Path) -> FollowupApp:
        clock = HandClock()
        mine = tracker_over(tmp_path / "mine.json", (), clock)

        def demo() -> Tracker:
            applications = made_up(clock.now(), clock.zone)
            return tracker_over(tmp_path / "demo.json", applications, clock)

        return FollowupApp(mine, open_demo=demo)

    async def test_it_is_offered_and_leads_back(self, app: FollowupApp) -> None:
        async with running(app, HandClock(), size=(80, 24)) as board:
            assert "Take the tour" in board.page
            await board.press("t")
            await board.until(lambda: board.screen.query(Tour))
            assert len(board.column("due")) >= 3
            await board.press("escape")
            await board.press("q")
            await board.until(lambda: isinstance(board.app.screen, BoardScreen))
            assert board.screen.query(FirstRun)
            assert board.app.is_running

    async def test_the_key_of_the_tour_leads_to_the_demo(self, app: FollowupApp) -> None:
        async with running(app, HandClock()) as board:
            await board.press("T")
            await board.until(lambda: board.screen.query(Tour))
            assert board.screen.tracker is not app.tracker

    async def test_the_demo_offers_it_in_one_line(self, app: FollowupApp) -> None:
        async with running(app, HandClock()) as board:
            await board.press("d")
            await board.until(lambda: board.said)
            assert board.said == ["New here? T takes the tour"]
            assert not board.screen.query(Tour)


async def test_a_demo_offers_it_once_and_ones_own_board_does_not(tmp_path: Path) -> None:
    clock = HandClock()
    applications = made_up(clock.now(), clock.zone)
    for name, expected in (("demo", ["New here? T takes the tour"]), ("own", [])):
        tracker = tracker_over(tmp_path / f"{name}.json", applications, clock)
        app = FollowupApp(tracker, is_demo=name == "demo")
        async with running(app, clock) as board:
            await board.settle()
            assert board.said == expected
        tracker.close()


async def test_the_palette_has_it(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        commands = {one.title: one for one in board.app.get_system_commands(board.app.screen)}
        await board.app.run_action("app.tour")
        await board.until(lambda: board.screen.query(Tour))
        assert "Tour" in commands
