"""Many at once: cards are selected, and what is done is done to all of them as one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import DAY, NOON, application, applied, interview, outcome
from followup.domain.application import Application
from followup.ui.screens.board_selecting import ONE_AT_A_TIME
from followup.ui.widgets.column import Column
from ui_board import Board, drawn_lines, running_board
from ui_host import HOSTILE, fill

CARDS = (
    *(
        application(interview(NOON - days * DAY), company=name, tags=("remote",), contacts=())
        for name, days in zip("ABCD", (9, 8, 7, 6), strict=True)
    ),
    application(applied(NOON - DAY), company="X", contacts=()),
    application(applied(NOON), company="Y", tags=("go",), contacts=()),
)


def marked(board: Board) -> str:
    """The companies of the marked cards, as the store numbers them."""
    ids = sorted(board.screen.selection.marked)
    return "".join(board.tracker.application(id_).company for id_ in ids)


def applications(board: Board) -> tuple[Application, ...]:
    return board.tracker.repository.applications()


KEYS = {
    "v": "A",
    "vj": "AB",
    "vjjk": "AB",
    "vG": "ABCD",
    "jjvk": "BC",
    "vjvjj": "AB",
    "vjvjjvk": "ABCD",
    "vjvjv": "ABC",
    "vjh": "AB",
    "vjhvj": "ABY",
    "vjhvk": "ABXY",
    " ": "A",
    " j ": "AB",
    "  ": "",
    "vjj k ": "A",
    "C": "ABCD",
    "C ": "BCD",
    "hC": "XY",
    "A": "ABCDXY",
    "Aj ": "ACDXY",
}


@pytest.mark.parametrize("keys", KEYS)
async def test_cards_are_selected(tmp_path: Path, keys: str) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        assert board.company == "A"
        await board.press(*("space" if key == " " else key for key in keys))
        assert marked(board) == KEYS[keys]
        count = len(KEYS[keys])
        assert (f"✓ {count} selected" in board.lines()[1]) is bool(count)
        assert board.page.count("✓") == count + bool(count)
        if count:
            await board.press("escape")
            assert marked(board) == ""
            assert "✓" not in board.page


async def test_a_marked_card_has_a_glyph_before_every_line(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("space", "j")
        left = board.screen.query_one("#due", Column).region.x
        marks = "".join(line[left + 1] for line in board.lines()[5:12])
        assert marks == "✓┃┃    "


async def test_a_range_draws_only_what_it_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("v")
        drawn = drawn_lines(monkeypatch)
        await board.press("j")
        assert {stage for stage, _ in drawn} == {"due"}
        assert len(set(drawn)) == 8


async def test_what_the_search_shows_is_selected(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("slash", *"tag:go", "enter", "A")
        assert marked(board) == "Y"
        await board.press("escape")
        assert marked(board) == ""
        assert len(board.screen.shown) == 1
        await board.press("escape")
        assert len(board.screen.shown) == 6


async def test_what_is_out_of_sight_is_selected_no_more(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("A", "slash", *"tag:remote", "enter")
        assert marked(board) == "ABCD"
        await board.press("slash", *"zzz", "escape")
        assert marked(board) == "ABCD"
        board.tracker.remove(1)
        board.screen._reload()
        await board.settle()
        assert marked(board) == "BCD"


LOGGED = {
    "n": (["n", *"hello", "enter"], "note"),
    "r": (["r", *"yes", "enter"], "reply"),
    "p": (["p", *"fri", "enter"], "promise"),
    "i": (["i", *"fri 14:00", "enter"], "interview"),
    "o": (["o", "g"], "outcome"),
    "s": (["s", "w"], "snooze"),
}


@pytest.mark.parametrize("key", LOGGED)
async def test_a_fact_is_put_on_all_timelines_as_one_step(tmp_path: Path, key: str) -> None:
    keys, name = LOGGED[key]
    async with running_board(tmp_path, *CARDS) as board:
        before = applications(board)
        await board.press("v", "j", keys[0])
        assert "2 applications" in board.page
        assert "A, B" in board.page
        await board.press(*keys[1:])
        assert [len(one.events) for one in applications(board)] == [2, 2, 1, 1, 1, 1]
        assert [one.events[-1].name for one in applications(board)[:2]] == [name, name]
        assert marked(board) == ""
        await board.press("u")
        assert applications(board) == before
        assert "for 2 applications" in board.said[-1]


async def test_tags_are_put_on_and_taken_off(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        before = applications(board)
        await board.press("A", "number_sign")
        assert "go, remote" in board.page
        fill(board.app, "Put on", "hot, go")
        fill(board.app, "Take off", "remote")
        await board.press("enter")
        tags = [one.tags for one in applications(board)]
        assert tags == [("hot", "go")] * 5 + [("go", "hot")]
        await board.press("u")
        assert applications(board) == before


async def test_a_tag_that_nobody_has_cannot_be_taken_off(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("number_sign", "enter")
        assert "name a tag" in board.page
        fill(board.app, "Take off", "cold")
        await board.press("enter")
        assert "nothing here is tagged cold" in board.page
        fill(board.app, "Take off", "remote")
        await board.press("enter")
        assert applications(board)[0].tags == ()
        assert applications(board)[1].tags == ("remote",)


async def test_a_policy_is_chosen_for_all(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        before = applications(board)
        await board.press("C", "y")
        assert "patient" in board.page
        await board.press("1")
        assert [one.policy for one in applications(board)] == ["patient"] * 4 + [""] * 2
        await board.press("y", "0")
        assert [one.policy for one in applications(board)] == ["", *["patient"] * 3, "", ""]
        await board.press("u", "u")
        assert applications(board) == before


async def test_all_are_removed_as_one_step(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        before = applications(board)
        await board.press("v", "j", "x")
        assert "Remove 2 applications?" in board.page
        await board.press("n")
        assert marked(board) == "AB"
        await board.press("x", "y")
        assert applications(board) == before[2:]
        await board.press("u")
        assert applications(board) == before
        assert board.said == ["Undone: remove 2 applications"]


async def test_what_is_closed_together_is_reopened_together(tmp_path: Path) -> None:
    closed = [application(outcome(NOON - DAY), company=name) for name in "AB"]
    async with running_board(tmp_path, *closed) as board:
        await board.press("A", "o", "p")
        assert [one.events[-1].name for one in applications(board)] == ["reopen"] * 2


@pytest.mark.parametrize("key", ["f", "e", "enter", "H", "L"])
async def test_what_makes_no_sense_for_several_says_so(tmp_path: Path, key: str) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("v", "j", key)
        assert board.said == [ONE_AT_A_TIME]
        assert board.app.screen is board.screen
        assert marked(board) == "AB"


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_the_line_of_keys_shows_what_they_do_now(tmp_path: Path, width: int) -> None:
    async with running_board(tmp_path, *CARDS, size=(width, 24)) as board:
        await board.press("v")
        assert board.lines()[-1].strip().startswith("o Outcome")
        assert board.lines()[-1].rstrip().endswith("esc Back")
        await board.press("escape")
        assert board.lines()[-1].strip().startswith("f Follow up")


@pytest.mark.parametrize("read_only", [True, False])
async def test_nothing_is_selected_where_nothing_can_be_changed(
    tmp_path: Path, read_only: bool
) -> None:
    async with running_board(tmp_path, *CARDS, read_only=read_only, size=(120, 70)) as board:
        if not read_only:
            await board.press("v", "]")
            assert marked(board) == ""
        await board.press("v", "space", "C", "A")
        assert marked(board) == ""
        await board.press("question_mark")
        assert "Many at once" not in board.page


async def test_the_keys_are_rebound(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS, keys={"board.select": "V", "board.views": "v"}) as (
        board
    ):
        await board.press("V", "j")
        assert marked(board) == "AB"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("key", ["n", "number_sign", "y", "x"])
async def test_hostile_texts_are_shown_literally(tmp_path: Path, text: str, key: str) -> None:
    cards = [application(company=text, role=text, tags=(text,)) for _ in range(2)]
    async with running_board(tmp_path, *cards) as board:
        await board.press("A", key)
        assert "2 applications" in board.page
        assert "\x1b" not in board.page
        await board.press("escape")
        assert board.app.screen is board.screen
