"""Filters, completion, views and the order of cards: what one sees of a board."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widgets import Input

from builders import DAY, NOON, application, applied, interview, outcome
from followup.config import read_config
from followup.domain.order import Order
from followup.ui.shown import View
from followup.ui.widgets.header import Header
from ui_board import Board, running_board
from ui_host import HOSTILE, fill

CARDS = (
    application(interview(NOON - 9 * DAY), company="Globex", tags=("remote",), contacts=()),
    application(interview(NOON - 49 * DAY / 24), company="Initech", tags=("remote",), contacts=()),
    application(outcome(NOON), company="Hooli", tags=("on site",), contacts=()),
    application(applied(NOON - DAY), company="Ácme", contacts=()),
)


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("# mine\n")
    monkeypatch.setenv("FOLLOWUP_CONFIG", os.fspath(path))
    return path


def shown(board: Board) -> list[str]:
    return [card.application.company for column in board.screen.shown.columns for card in column]


def header(board: Board) -> str:
    return board.lines()[1]


async def test_a_filter_stays_in_sight_until_escape(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"tag:remote overdue", "enter")
        assert shown(board) == ["Globex"]
        assert board.company == "Globex"
        assert "/ tag:remote overdue (1 of 4)" in header(board)
        assert "f Follow up" in board.lines()[-1]
        await board.press("escape")
        assert len(shown(board)) == 4
        assert "/ tag" not in header(board)


async def test_a_filter_is_gone_on_with(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"tag:remote", "enter", "slash", *" init", "enter")
        assert shown(board) == ["Initech"]
        assert "/ tag:remote init (1 of 4)" in header(board)


async def test_escape_leaves_the_filter_before_the_preview(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("]", "slash", *"acme", "enter")
        assert "PREVIEW" in header(board)
        assert "/ acme (1 of 4)" in header(board)
        await board.press("escape")
        assert "PREVIEW" in header(board)
        await board.press("escape")
        assert "PREVIEW" not in header(board)


async def test_tab_completes_what_is_shown_behind_the_cursor(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"ta")
        assert "tag:" in header(board)
        await board.press("tab", "r")
        assert "tag:remote" in header(board)
        await board.press("tab")
        assert board.screen.query_one(Input).value == "tag:remote"
        assert shown(board) == ["Globex", "Initech"]
        assert board.screen.focused is board.screen.query_one(Input)
        await board.press(*" zzz", "tab")
        assert board.screen.query_one(Input).value == "tag:remote zzz"


async def test_the_line_of_keys_shows_those_of_the_search(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash")
        assert board.lines()[-1].split("   ")[0].strip() == "⏎ Keep"
        for words in ("tab Complete", "↑ Up", "↓ Down", "esc Clear"):
            assert words in board.lines()[-1]
        await board.press("enter")
        assert "⏎ Keep" not in board.lines()[-1]


async def test_the_order_goes_round_and_is_in_sight(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        assert board.column("due") == ["Globex", "Initech"]
        await board.press("O", "O")
        assert "↓ newest fact first" in header(board)
        assert board.column("due") == ["Initech", "Globex"]
        assert board.company == "Globex"
        await board.press("O")
        assert "↓ last applied first" in header(board)
        await board.press("O")
        assert "↓" not in header(board)
        assert board.column("due") == ["Globex", "Initech"]


async def test_the_order_lasts_while_the_board_changes_and_escape_ends_it(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("O")
        board.tracker.add(application(interview(NOON - 9 * DAY), company="Aardvark"))
        board.screen._reload()
        await board.settle()
        assert board.column("due") == ["Aardvark", "Globex", "Initech"]
        await board.press("escape")
        assert board.screen.view == View()


async def test_the_order_is_configured(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS, sort=Order.NEWEST) as board:
        assert board.column("due") == ["Initech", "Globex"]
        await board.press("O", "escape")
        assert board.screen.view.order is Order.NEWEST


async def test_a_view_is_kept_shown_and_removed(tmp_path: Path, configuration: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"tag:remote", "enter", "V", "s")
        assert "tag:remote" in board.page
        await board.press("enter")
        assert "give it a name" in board.page
        await board.press(*"from home", "enter")
        assert board.said == ["View from home is kept: V shows it"]
        assert read_config(configuration).views == {"from home": "tag:remote"}
        assert configuration.read_text().startswith("# mine\n")
        await board.press("escape", "V")
        assert "1  from home  tag:remote" in board.page
        await board.press("enter")
        assert shown(board) == ["Globex", "Initech"]
        assert "/ tag:remote (2 of 4)" in header(board)
        await board.press("V", "x")
        assert read_config(configuration).views == {}
        assert board.screen.views == {}


async def test_a_view_takes_the_place_of_the_one_with_its_name(
    tmp_path: Path, configuration: Path
) -> None:
    async with running_board(tmp_path, *CARDS, views={"mine": "old"}) as board:
        await board.press("slash", *"acme", "enter", "V", "s", *"mine")
        assert "in the place of old" in board.page
        await board.press("enter")
        assert board.screen.views == {"mine": "acme"}


async def test_a_digit_shows_a_view(tmp_path: Path) -> None:
    views = {f"view {number}": f"tag:t{number}" for number in range(12)} | {"late": "globex"}
    async with running_board(tmp_path, *CARDS, views=views) as board:
        await board.press("V", "2")
        assert board.screen.view.text == "tag:t1"
        await board.press("V", *("down",) * 12, "enter")
        assert shown(board) == ["Globex"]


async def test_without_views_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("V")
        assert "No views yet" in board.page
        for words in ("Show", "Save", "Remove"):
            assert words not in board.lines()[-1]
        await board.press("enter", "s", "x")
        assert type(board.app.screen).__name__ == "ViewsScreen"
        await board.press("escape")
        assert board.app.screen is board.screen


async def test_a_view_that_cannot_be_kept_is_told(tmp_path: Path, configuration: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        configuration.write_text("views = 3")
        await board.press("slash", *"acme", "enter", "V", "s", *"mine", "enter")
        assert len(board.said) == 1
        assert "config.toml" in board.said[0]
        assert board.screen.views == {}


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_filter_and_order_give_way_to_nothing(tmp_path: Path, width: int) -> None:
    async with running_board(tmp_path, size=(width, 24)) as board:
        await board.press("slash", *"is:overdue", "enter", "O")
        for count in (1, 4):
            assert f"/ is:overdue ({count} of 19)" in board.lines()[0]
            assert width == 60 or "↓ by company" in board.lines()[0]
            await board.press("]")


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_texts_are_shown_literally(tmp_path: Path, text: str) -> None:
    async with running_board(tmp_path, *CARDS, views={text: text}) as board:
        board.screen.look_for(View(text))
        await board.press("V", "s")
        fill(board.app, "Name", text)
        await board.press("escape")
        assert board.screen.query_one(Header).marks
        assert board.app.is_running
