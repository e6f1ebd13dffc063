"""Search as you type: the board shows what matches, and all of it again afterwards."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.widgets import Input

from builders import DAY, NOON, application, interview, outcome
from followup.domain.application import Contact
from ui_board import Board, running_board

CARDS = (
    application(interview(NOON - 9 * DAY), company="Globex", role="Backend Engineer", contacts=()),
    application(
        interview(NOON - 8 * DAY),
        company="Initech",
        role="Data",
        contacts=(Contact(name="Bill Lumbergh", email="bill@initech.example"),),
    ),
    application(outcome(NOON), company="Hooli", role="R", tags=("remote",), contacts=()),
    application(company="Acme", role="R", notes="They like tea", contacts=()),
)


def shown(board: Board) -> set[str]:
    cards = (card for column in board.screen.shown.columns for card in column)
    return {card.application.company for card in cards}


FOUND = {
    "glob": {"Globex"},
    "GLOBEX": {"Globex"},
    "backend": {"Globex"},
    "lumbergh": {"Initech"},
    "remote": {"Hooli"},
    "tea": {"Acme"},
    "e": {"Globex", "Initech", "Hooli", "Acme"},
    "globex data": set(),
    "bill data": {"Initech"},
}


async def test_it_follows_what_is_typed(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS, size=(200, 40)) as board:
        await board.press("slash")
        for typed, found in FOUND.items():
            board.screen.query_one(Input).value = typed
            await board.settle()
            assert shown(board) == found
            assert f"{len(found)} of 4" in board.page
            assert all(company in board.page for company in found)
        await board.press("escape")
        assert len(shown(board)) == 4
        assert "followup" in board.lines()[1]


async def test_what_is_typed_at_once_is_no_command_any_more(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        for key in (events.Key("slash", "/"), events.Key("e", "e")):
            board.app.post_message(key)
        await board.until(lambda: isinstance(board.screen.focused, Input))
        await board.settle()
        assert board.app.screen is board.screen


async def test_enter_keeps_the_search_and_gives_the_keys_back(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"initech", "enter")
        assert shown(board) == {"Initech"}
        assert board.company == "Initech"
        await board.press("enter")
        assert type(board.app.screen).__name__ == "DetailsScreen"
        await board.press("escape")
        assert shown(board) == {"Initech"}
        await board.press("escape")
        assert len(shown(board)) == 4
        assert board.company == "Initech"


async def test_arrows_move_the_cursor_while_one_types(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", "e", "down")
        assert board.company == "Initech"


async def test_nothing_found_is_no_trouble(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"zzz", "enter", *"hjklgG", "f", "enter")
        assert board.app.screen is board.screen
        assert board.company == ""
        await board.press("escape")
        assert board.company


async def test_the_search_goes_on_while_the_board_changes(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"globex")
        board.tracker.add(application(company="Globex Europe"))
        board.screen._reload()
        await board.settle()
        assert shown(board) == {"Globex", "Globex Europe"}
        assert "2 of 5" in board.page


async def test_nothing_moves_when_the_search_opens(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        before = board.lines()
        await board.press("slash")
        after = board.lines()
        changed = [number for number, line in enumerate(before) if line != after[number]]
        assert changed == [1, len(before) - 1]
