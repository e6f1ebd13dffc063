"""Keys: every one of them by default, all of them to be rebound, none of later rounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import NOON, application, outcome
from followup.ui.keys import (
    BAR,
    BOARD_KEYS,
    FIRST_BAR,
    PREVIEW_BAR,
    READ_ONLY_BAR,
    SELECT_BAR,
    mistakes,
)
from followup.ui.widgets.keybar import KeyBar
from ui_board import running_board

KEYS = {
    "board.left": {"left", "h"},
    "board.right": {"right", "l"},
    "board.up": {"up", "k"},
    "board.down": {"down", "j"},
    "board.first": {"g", "home"},
    "board.last": {"G", "end"},
    "board.details": {"enter"},
    "board.add": {"a"},
    "board.import": {"I"},
    "board.edit": {"e"},
    "board.compose": {"f"},
    "board.interview": {"i"},
    "board.promise": {"p"},
    "board.reply": {"r"},
    "board.outcome": {"o"},
    "board.snooze": {"s"},
    "board.note": {"n"},
    "board.remove": {"x", "delete"},
    "board.search": {"slash"},
    "board.select": {"v"},
    "board.mark": {"space"},
    "board.mark_column": {"C"},
    "board.mark_all": {"A"},
    "board.tag": {"number_sign"},
    "board.policy": {"y"},
    "board.sweep": {"w"},
    "board.order": {"O"},
    "board.views": {"V"},
    "board.undo": {"u"},
    "board.redo": {"ctrl+r"},
    "board.back": {"escape"},
    "board.day": {"right_square_bracket"},
    "board.day_back": {"left_square_bracket"},
    "board.week": {"right_curly_bracket"},
    "board.week_back": {"left_curly_bracket"},
    "board.go_to": {"at"},
    "board.now": {"0"},
    "board.move_left": {"H"},
    "board.move_right": {"L"},
    "board.today": {"t"},
    "board.replies": {"M"},
    "board.statistics": {"S"},
    "board.plugins": {"P"},
    "board.tour": {"T"},
    "board.help": {"question_mark"},
    "board.quit": {"q"},
}


def test_every_key_has_an_id_and_words() -> None:
    assert {binding.id: set(binding.key.split(",")) for binding in BOARD_KEYS} == KEYS
    assert all(binding.description for binding in BOARD_KEYS)


def test_the_line_of_keys_knows_only_keys_that_there_are() -> None:
    ours = {name for name in (*BAR, *PREVIEW_BAR, *READ_ONLY_BAR, *SELECT_BAR) if name}
    assert ours <= KEYS.keys()
    assert {name for name in FIRST_BAR if name.startswith("board.")} <= KEYS.keys()


async def test_other_keys_do_nothing(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        before = board.lines()
        await board.press("z")
        assert board.app.screen is board.screen
        assert board.lines() == before


async def test_keys_can_be_rebound(tmp_path: Path) -> None:
    keys = {"board.reply": "R,f5", "board.down": "ctrl+n"}
    async with running_board(tmp_path, keys=keys) as board:
        first = board.company
        await board.press("j")
        assert board.company == first
        await board.press("ctrl+n")
        assert board.company != first
        for key in ("R", "f5"):
            await board.press(key)
            assert type(board.app.screen).__name__ == "ReplyScreen"
            await board.press("escape")
        await board.press("r")
        assert board.app.screen is board.screen
        assert "R Reply" in board.lines()[-1]
        assert board.said == []


async def test_a_key_that_there_is_not_is_pointed_out(tmp_path: Path) -> None:
    async with running_board(tmp_path, keys={"board.replay": "R"}) as board:
        assert board.said == ["[keys] of the configuration: no key is called board.replay"]


async def test_a_key_that_is_taken_is_pointed_out_once(tmp_path: Path) -> None:
    async with running_board(tmp_path, keys={"board.reply": "o"}) as board:
        await board.press("j", "k")
        assert board.said == [
            "[keys] of the configuration: board.reply and board.outcome have the same key"
        ]


def test_keys_may_change_places() -> None:
    assert not list(mistakes({"board.reply": "o", "board.outcome": "r", "form.submit": "x"}))


@pytest.mark.parametrize(("theme", "is_known"), [("nord", True), ("nosuch", False)])
async def test_the_theme_is_configured(tmp_path: Path, theme: str, is_known: bool) -> None:
    async with running_board(tmp_path, theme=theme) as board:
        assert board.app.theme == (theme if is_known else "followup-dark")
        assert bool(board.said) != is_known


@pytest.mark.parametrize("theme", ["textual-light", "gruvbox", "ansi-dark"])
async def test_every_theme_has_colours_for_the_stages(tmp_path: Path, theme: str) -> None:
    async with running_board(tmp_path) as board:
        board.app.theme = theme
        await board.settle()
        assert "Initech" in board.page


async def test_the_line_of_keys_fits_and_ends_with_the_way_to_the_rest(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        for width in (40, 60, 80, 100, 140):
            await board.pilot.resize_terminal(width, 24)
            await board.settle()
            line = board.lines()[-1]
            assert line.strip().startswith("f Follow up")
            assert line.rstrip().endswith("? Keys")
            assert len(line.rstrip()) <= width - 2


async def test_a_click_on_a_key_is_as_good_as_the_key(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        x = board.lines()[-1].index("Reply")
        await board.pilot.click(KeyBar, offset=(x, 0))
        await board.settle()
        assert type(board.app.screen).__name__ == "ReplyScreen"


async def test_the_line_of_keys_follows_what_can_be_done(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        await board.press("]")
        assert board.lines()[-1].strip().startswith("0 Now   ] Look ahead")
        await board.press("0", "slash")
        assert board.lines()[-1].strip().endswith("esc Clear")


async def test_help_shows_the_keys_that_are_in_force(tmp_path: Path) -> None:
    async with running_board(tmp_path, size=(120, 60), keys={"board.reply": "R"}) as board:
        await board.press("question_mark")
        for words in ("They answered", "Time travel", "A week ahead", "Search as you type"):
            assert words in board.page


async def test_the_palette_opens(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        await board.press("ctrl+p")
        assert type(board.app.screen).__name__ == "CommandPalette"
        await board.press(*"import")
        await board.until(lambda: "Import a file" in board.page)


async def test_q_leaves(tmp_path: Path) -> None:
    async with running_board(tmp_path, application(outcome(NOON))) as board:
        await board.pilot.press("q")
        await board.until(lambda: not board.app.is_running)


async def test_a_crash_shows_no_local_variables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class TroubleError(Exception):
        pass

    def crash() -> None:
        secret = "hunter2"
        raise TroubleError(f"something broke {len(secret)}")

    async def run_and_crash() -> None:
        async with running_board(tmp_path) as board:
            board.screen.call_later(crash)
            await board.until(lambda: not board.app.is_running)

    with pytest.raises(TroubleError):
        await run_and_crash()
    printed = capsys.readouterr().err
    assert "something broke 7" in printed
    assert "hunter2" not in printed


def test_the_guide_names_every_key_and_what_it_does() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "board.md").read_text(encoding="utf-8")
    rows = [line for line in guide.splitlines() if line.startswith("| `board.")]
    assert len(rows) == len(BOARD_KEYS)
    for binding, row in zip(BOARD_KEYS, rows, strict=True):
        assert row.startswith(f"| `{binding.id}` |")
        assert row.endswith(f"| {binding.tooltip or binding.description} |")
