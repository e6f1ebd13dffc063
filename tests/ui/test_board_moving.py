"""Moving a card by key or mouse: the board asks for the fact, or says why not."""

from __future__ import annotations

from pathlib import Path

from builders import HOUR, NOON, application, interview
from followup.domain.stage import Stage
from followup.ui.screens.compose import ComposeScreen
from followup.ui.screens.interview import InterviewScreen
from followup.ui.widgets.lanes import Lanes
from ui_board import Board, running_board

EARLY = application(interview(NOON - 17 * HOUR))
OPEN = application(interview(NOON - 50 * HOUR))


def heading(board: Board, stage: Stage) -> tuple[int, int]:
    """A place in a column where no card is."""
    region = board.screen.query_one(Lanes).columns[list(Stage).index(stage)].region
    return region.x + 2, region.y + 1


def card(board: Board, stage: Stage) -> tuple[int, int]:
    """A place on the first card of a column."""
    x, y = heading(board, stage)
    return x, y + 2


async def test_right_of_too_early_is_not_yet(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY) as board:
        await board.press("L")
        assert board.said == ["It opens in 31 h, Wed 11 Mar 19:00: f writes it now, s reminds you"]


async def test_left_of_too_early_asks_for_an_interview(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY) as board:
        await board.pilot.press("H")
        assert isinstance(board.app.screen, InterviewScreen)


async def test_right_of_follow_up_writes_the_message(tmp_path: Path) -> None:
    async with running_board(tmp_path, OPEN) as board:
        await board.pilot.press("L")
        assert isinstance(board.app.screen, ComposeScreen)


async def test_there_is_nothing_beyond_the_last_column_and_nothing_moves_in_a_preview(
    tmp_path: Path,
) -> None:
    async with running_board(tmp_path, OPEN) as board:
        await board.press("]", "L")
        assert board.said == ["This is a preview: 0 goes back to now"]


async def test_a_card_can_be_dragged(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY) as board:
        await board.pilot.mouse_down(offset=card(board, Stage.COOLING))
        await board.pilot.mouse_up(offset=heading(board, Stage.DUE))
        await board.settle()
        assert board.said == ["It opens in 31 h, Wed 11 Mar 19:00: f writes it now, s reminds you"]
        await board.pilot.mouse_down(offset=card(board, Stage.COOLING))
        await board.pilot.mouse_up(offset=heading(board, Stage.INTERVIEW))
        await board.pilot.pause()
        assert isinstance(board.app.screen, InterviewScreen)


async def test_what_is_no_card_or_stays_in_its_column_is_not_dragged(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY) as board:
        for start, end in (
            (heading(board, Stage.COOLING), heading(board, Stage.DUE)),
            (card(board, Stage.COOLING), heading(board, Stage.COOLING)),
            (card(board, Stage.COOLING), (2, 0)),
        ):
            await board.pilot.mouse_down(offset=start)
            await board.pilot.mouse_up(offset=end)
            await board.settle()
        assert board.said == []
        assert board.app.screen is board.screen
