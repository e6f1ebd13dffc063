"""The board: what stands where, the cursor, the header, and why a date is what it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from builders import DAY, HOUR, NOON, HandClock, application, applied, interview, outcome, sent
from followup.domain.application import Application
from followup.domain.stage import Stage
from followup.ui.arrangement import FOLDED
from followup.ui.widgets.brush import CARD_LINES, HEADING_LINES, Brush
from followup.ui.widgets.column import Column
from followup.ui.widgets.lanes import Lanes
from ui_board import drawn_lines, running_board
from ui_host import HOSTILE

SIZES = [(40, 10), (60, 20), (80, 24), (120, 40), (140, 35), (200, 50)]


def waiting_since(company: str, days: int) -> Application:
    """An application that an interview ended for, so many days before noon."""
    return application(interview(NOON - days * DAY), company=company)


async def test_every_stage_has_its_glyph_its_word_and_its_count(tmp_path: Path) -> None:
    async with running_board(tmp_path, size=(200, 40)) as board:
        headings = next(line for line in board.lines() if "Applied" in line)
        counts = {column.stage: len(column.cards) for column in board.screen.board.columns}
        for stage, glyph in zip(Stage, "○◷◔●◌◆↩×", strict=True):
            assert f"{glyph} {stage.label} {counts[stage]}" in headings


async def test_a_card_says_company_role_and_the_one_fact(tmp_path: Path) -> None:
    one = application(interview(NOON - 10 * HOUR), company="Globex", role="Backend Engineer")
    async with running_board(tmp_path, one) as board:
        lines = [line[42:57].strip() for line in board.lines()]
        start = lines.index("Globex")
        assert lines[start : start + 3] == ["Globex", "Backend Engine…", "opens in 38 h"]
        # 10 of 48 hours are over: 3 of 15 cells.
        assert lines[start + 3] == "━" * 3 + "─" * 12


async def test_it_begins_with_the_most_urgent_card(tmp_path: Path) -> None:
    cards = (waiting_since("Fresh", 3), waiting_since("Late", 9), waiting_since("Early", 1))
    async with running_board(tmp_path, *cards) as board:
        assert board.company == "Late"


async def test_without_work_it_begins_with_what_opens_next(tmp_path: Path) -> None:
    cards = (application(applied(NOON), company="Later"), waiting_since("Sooner", 1))
    async with running_board(tmp_path, *cards) as board:
        assert board.company == "Sooner"


MOVES = [
    (("down",), "B"),
    (("j", "j"), "C"),
    (("j", "j", "j", "j"), "C"),
    (("j", "up"), "A"),
    (("k",), "A"),
    (("G",), "C"),
    (("end",), "C"),
    (("G", "g"), "A"),
    (("j", "home"), "A"),
    (("j", "right"), "Y"),
    (("l",), "X"),
    (("G", "l"), "Y"),
    (("l", "l"), "X"),
    (("l", "h"), "A"),
    (("left",), "A"),
]


async def test_the_cursor_moves(tmp_path: Path) -> None:
    """Over A, B, C to follow up, no card waiting, and X, Y closed, in a row."""
    due = [waiting_since(name, days) for name, days in zip("ABC", (9, 8, 7), strict=True)]
    closed = [
        application(outcome(NOON - days * DAY), company=name) for name, days in (("X", 1), ("Y", 2))
    ]
    async with running_board(tmp_path, *due, *closed) as board:
        for keys, company in MOVES:
            await board.press("h", "g")
            assert board.company == "A"
            await board.press(*keys)
            assert board.company == company, keys


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_is_always_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running_board(tmp_path, size=size) as board:
        await board.press(*"hhhhhhhg")
        seen = set()
        for key in "jjjlljllllGlk":
            await board.press(key)
            assert board.screen.cursor
            place = board.screen.cursor.place
            column = board.screen.query_one(Lanes).columns[place.column]
            seen.add(column.stage)
            assert column.display
            assert not column.folded
            top = column.line_of(place.row)
            assert 0 <= top < max(1, column.size.height - HEADING_LINES)
            if column.size.height >= HEADING_LINES + CARD_LINES:
                assert top + CARD_LINES - 1 <= column.size.height - HEADING_LINES
                left = column.region.x
                assert board.lines()[column.region.y + HEADING_LINES + top][left] == "▌"
            assert column.region.right <= size[0]
        assert Stage.CLOSED in seen


@pytest.mark.parametrize("size", SIZES)
async def test_no_line_is_wider_than_the_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running_board(tmp_path, size=size) as board:
        assert {cell_len(line) for line in board.lines()} == {size[0]}
        assert len(board.lines()) == size[1]


async def test_a_resize_keeps_the_cursor_in_view(tmp_path: Path) -> None:
    async with running_board(tmp_path, size=(200, 50)) as board:
        await board.press(*"llll")
        selected = board.company
        for size in reversed(SIZES):
            await board.pilot.resize_terminal(*size)
            await board.settle()
            assert board.company == selected
            assert board.screen.cursor
            column = board.screen.query_one(Lanes).columns[board.screen.cursor.place.column]
            assert column.display
            assert column.region.right <= size[0]


async def test_closed_is_folded_until_the_cursor_enters_it(tmp_path: Path) -> None:
    async with running_board(tmp_path, size=(140, 35)) as board:
        closed = board.screen.query_one("#closed", Column)
        assert closed.folded
        assert closed.size.width == FOLDED
        assert all(column.display for column in board.screen.query(Column))
        rows = [line[closed.region.x : closed.region.right].strip() for line in board.lines()]
        assert rows[closed.region.y :][:10] == ["×", "───", "2", "", *"Closed"]
        await board.press(*"llll")
        assert board.screen.card
        assert board.screen.card.stage is Stage.CLOSED
        assert not closed.folded
        assert not board.screen.query_one("#applied").display


@pytest.mark.parametrize(
    ("width", "shown"), [(60, 3), (80, 4), (120, 6), (140, 8), (180, 8), (200, 8)]
)
async def test_as_many_columns_as_fit(tmp_path: Path, width: int, shown: int) -> None:
    async with running_board(tmp_path, size=(width, 30)) as board:
        assert len([column for column in board.screen.query(Column) if column.display]) == shown


async def test_the_margins_point_to_columns_beyond_them(tmp_path: Path) -> None:
    async with running_board(tmp_path, size=(80, 24)) as board:
        left, right = board.screen.query_one(Lanes).edges
        await board.press(*"hhhh")
        assert (left.beyond, right.beyond) == ("nothing", "work")
        await board.press(*"lllllll")
        assert (left.beyond, right.beyond) == ("work", "nothing")


async def test_the_header_says_what_to_do_now(tmp_path: Path) -> None:
    last = application(interview(NOON - 22 * DAY), sent(NOON - 19 * DAY), sent(NOON - 12 * DAY))
    soon = application(interview(NOON - 43 * HOUR), company="Soylent")
    cards = (waiting_since("A", 3), waiting_since("B", 4), last, soon)
    clock = HandClock(NOON + timedelta(minutes=7))
    async with running_board(tmp_path, *cards, clock=clock) as board:
        header = board.lines()[1]
        assert header.strip().startswith("followup   2 to do now  ·  1 last call")
        assert "next opens in 5 h (Soylent)" in header
        assert header.rstrip().endswith("4 open   Tue 10 Mar 12:07")


async def test_the_header_says_that_there_is_nothing_to_do(tmp_path: Path) -> None:
    async with running_board(tmp_path, waiting_since("A", 1)) as board:
        assert "followup   nothing to do now  ·  next opens in 24 h (A)" in board.lines()[1]


async def test_a_narrow_header_keeps_what_calls_for_action_and_the_clock(tmp_path: Path) -> None:
    async with running_board(tmp_path, waiting_since("A", 3), size=(60, 20)) as board:
        assert "1 to do now" in board.lines()[0]
        assert board.lines()[0].rstrip().endswith("Tue 10 Mar 12:00")


async def test_the_strip_says_whom_what_and_why(tmp_path: Path) -> None:
    one = application(applied(NOON - 20 * DAY), interview(NOON - 3 * DAY))
    async with running_board(tmp_path, one) as board:
        assert "Globex  Backend Engineer · Dana Lee <dana@globex.example> · E-mail" in board.page
        assert "Follow up  opened Mon 9 Mar 12:00, due Tue 10 Mar 12:00" in board.page
        assert "why  48 h after your interview ended Sat 7 Mar 12:00 (patient)" in board.page
        assert "○ applied 18 Feb   ◷ interview 7 Mar   ● follow-up open" in board.page


async def test_a_long_why_gets_a_second_line_before_it_is_cut(tmp_path: Path) -> None:
    async with running_board(tmp_path, waiting_since("A", 3), size=(60, 24)) as board:
        assert "why  48 h after your interview ended Sat 7 Mar 12:00" in board.page
        assert "(patient)" in board.page


async def test_text_from_outside_is_literal_and_harmless(tmp_path: Path) -> None:
    hostile = [
        application(interview(NOON - 3 * DAY), company=name, role=f"R {name}") for name in HOSTILE
    ]
    async with running_board(tmp_path, *hostile, size=(200, 50)) as board:
        for _ in hostile:
            assert "[red]ACME" in board.page
            assert "ACME [/foo]" in board.page
            assert "[@click=app.quit]x" in board.page
            assert "ACME ]0;x" in board.page
            assert "ACME gnp.exe" in board.page
            assert not any(control in board.page for control in "\x1b\x07\u202e")
            await board.press("j")


@pytest.mark.parametrize(
    "name", ["株式会社ウォンカ製菓研究所", "👩‍💻👍🏽 Emoji & Söhne GmbH", "e\u0301" * 40]
)
async def test_wide_characters_keep_the_columns_in_line(tmp_path: Path, name: str) -> None:
    cards = (
        application(interview(NOON - 3 * DAY), company=name, role=name),
        waiting_since("Beside", 1),
    )
    async with running_board(tmp_path, *cards) as board:
        assert {cell_len(line) for line in board.lines()} == {140}
        row = next(line for line in board.lines() if "▌" in line)
        assert "Beside" in row
        assert cell_len(row.partition("▌")[0]) == 59
        assert "…" in row


async def test_a_board_of_two_thousand_has_few_widgets(tmp_path: Path) -> None:
    many = [waiting_since(f"Company {number}", number % 40) for number in range(2000)]
    async with running_board(tmp_path, *many) as board:
        assert len(board.screen.query("*")) <= 50


@pytest.mark.parametrize("key", ["j", "l"])
async def test_a_cursor_key_draws_two_cards_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    cards = [waiting_since(f"Due {number}", 3 + number) for number in range(200)]
    cards += [application(outcome(NOON), company=f"Closed {number}") for number in range(9)]
    async with running_board(tmp_path, *cards, size=(200, 50)) as board:
        drawn = drawn_lines(monkeypatch)
        await board.press(key)
        assert 0 < len(drawn) <= 2 * CARD_LINES
        assert len(set(drawn)) == len(drawn)


async def test_a_card_that_was_drawn_is_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_board(tmp_path) as board:
        drawn: list[object] = []
        draw = Brush._draw

        def counted(brush: Brush, line: Any) -> Strip:
            drawn.append(line)
            return draw(brush, line)

        monkeypatch.setattr(Brush, "_draw", counted)
        await board.press("j")
        assert drawn
        await board.press("k")
        drawn.clear()
        await board.press("j")
        assert not drawn


async def test_another_theme_draws_everything_anew(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:

        def colours() -> set[str]:
            column = board.screen.query_one("#due", Column)
            return {
                str(segment.style.color.name)
                for y in range(column.size.height)
                for segment in column.render_line(y)
                if segment.style and segment.style.color
            }

        dark = colours()
        board.app.theme = "followup-light"
        await board.settle()
        assert dark.isdisjoint(colours())


async def test_a_click_selects_and_a_second_one_opens(tmp_path: Path) -> None:
    cards = [waiting_since(name, days) for name, days in (("A", 9), ("B", 8))]
    async with running_board(tmp_path, *cards) as board:
        spot = (4, HEADING_LINES + CARD_LINES + 1)
        await board.pilot.click("#due", offset=spot)
        await board.settle()
        assert board.company == "B"
        await board.pilot.click("#due", offset=spot, times=2)
        await board.settle()
        assert type(board.app.screen).__name__ == "DetailsScreen"


async def test_a_click_on_the_folded_column_opens_it(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        await board.pilot.click("#closed", offset=(1, 4))
        await board.settle()
        assert not board.screen.query_one("#closed", Column).folded


async def test_the_wheel_scrolls_a_column_and_leaves_the_cursor(tmp_path: Path) -> None:
    cards = [waiting_since(f"Due {number}", 3 + number) for number in range(40)]
    async with running_board(tmp_path, *cards) as board:
        column = board.screen.query_one("#due", Column)
        selected = board.company
        await board.pilot._post_mouse_events([events.MouseScrollDown], widget="#due", offset=(4, 8))
        await board.settle()
        assert column.scroll_offset.y > 0
        assert board.company == selected


async def test_a_long_column_shows_where_in_it_the_screen_is(tmp_path: Path) -> None:
    cards = [waiting_since(f"Due {number}", 3 + number) for number in range(40)]
    async with running_board(tmp_path, *cards) as board:

        def thumb() -> list[int]:
            column = board.screen.query_one("#due", Column)
            edge = column.region.right - 1
            return [y for y, line in enumerate(board.lines()) if line[edge] == "▕"]

        top = thumb()
        await board.press("G")
        assert top[0] < thumb()[0]
        assert len(thumb()) < board.screen.query_one("#due").size.height // 2


async def test_a_short_column_has_no_mark(tmp_path: Path) -> None:
    async with running_board(tmp_path, waiting_since("A", 3)) as board:
        assert "▕" not in board.page


async def test_the_board_tells_apart_without_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running_board(tmp_path) as board:
        assert board.app.no_color
        assert "▌" in board.page
        assert "━─" in board.page
