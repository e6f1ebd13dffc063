"""The palette finds applications, actions, views, orders and plugins' commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import DAY, NOON, application, interview, outcome
from followup.domain.events import Note
from followup.domain.order import Order
from followup.ui.keys import BOARD_KEYS
from ui_board import Board, running_board
from ui_host import HOSTILE

CARDS = (
    application(interview(NOON - 9 * DAY), company="Globex", contacts=()),
    application(outcome(NOON), Note(at=NOON, text="about tea"), company="Hooli", contacts=()),
)


async def chosen(board: Board, text: str, shows: str) -> None:
    """Type into the palette, wait for an entry, and take the first one."""
    await board.press("ctrl+p", *text)
    await board.until(lambda: shows in board.page)
    await board.pilot.press("enter")
    await board.until(lambda: type(board.app.screen).__name__ != "CommandPalette")
    await board.settle()


@pytest.mark.parametrize("text", ["hooli", "tea", "hooli backend"])
async def test_it_goes_to_an_application(tmp_path: Path, text: str) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        assert board.company == "Globex"
        await chosen(board, text, "Hooli, Backend Engineer")
        assert board.company == "Hooli"


async def test_it_goes_to_one_that_the_search_hides(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"globex", "enter")
        await chosen(board, "hooli", "Hooli, Backend Engineer")
        assert board.company == "Hooli"
        assert not board.screen.view.is_narrow


async def test_it_shows_a_view(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS, views={"my late ones": "is:overdue"}) as board:
        await chosen(board, "my late", "View my late ones")
        assert board.screen.view.text == "is:overdue"


async def test_it_sorts(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await chosen(board, "sort by company", "Sort by company")
        assert board.screen.view.order is Order.COMPANY


async def test_it_does_what_keys_do(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await chosen(board, "they answered", "They answered")
        assert type(board.app.screen).__name__ == "ReplyScreen"


async def test_it_offers_every_key_that_applies(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS, size=(120, 200)) as board:
        await board.press("ctrl+p")
        await board.until(lambda: "To any date" in board.page)
        page = board.page
        for binding in BOARD_KEYS:
            is_there = (binding.tooltip or binding.description) in page
            moves = {"left", "right", "up", "down", "first", "last"}
            name = str(binding.id).removeprefix("board.")
            assert is_there is (name not in moves | {"now"}), name


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_texts_are_offered_literally(tmp_path: Path, text: str) -> None:
    cards = [application(company=text, role=text)]
    async with running_board(tmp_path, *cards, views={text: text}) as board:
        await board.press("ctrl+p", *"acme"[: 4 if "ACME" in text else 1])
        await board.until(lambda: "Backend" in board.page or "View" in board.page)
        assert board.app.is_running
        assert "\x1b" not in board.page
