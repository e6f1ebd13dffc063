"""The screen of statistics: figures with their cases, bars, the chart of the weeks."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from builders import DAY, NOON, application, applied, interview, outcome, reply, sent
from followup.domain.application import Application
from followup.domain.events import AnyEvent, OutcomeKind
from followup.ui.screens.help import HelpScreen
from followup.ui.screens.statistics import StatisticsScreen
from followup.ui.widgets.weeks import WeeksChart
from ui_board import Board, running_board
from ui_host import HOSTILE, page

OLD = NOON - 40 * DAY
SIZES = [(60, 24), (80, 24), (120, 40), (200, 50)]


def written(channel: str, answered: int | None = None, count: int = 1) -> Iterator[Application]:
    """Applications that were followed up over a channel, and answered so many days later."""
    events: list[AnyEvent] = [
        applied(OLD - 10 * DAY),
        interview(OLD - 2 * DAY),
        replace(sent(OLD), channel=channel),
    ]
    if answered is not None:
        events.append(reply(OLD + answered * DAY))
    for _ in range(count):
        yield application(*events)


STORY = (
    *written("email", 3, count=5),
    *written("email", count=3),
    *written("linkedin", count=2),
    application(applied(NOON - DAY)),
    application(applied(NOON - DAY), outcome(NOON, OutcomeKind.REJECTED)),
)


def rows(board: Board) -> list[str]:
    return [" ".join(line.split()) for line in page(board.app).splitlines()]


def screen(board: Board) -> StatisticsScreen:
    assert isinstance(board.app.screen, StatisticsScreen)
    return board.app.screen


async def opened(board: Board) -> None:
    await board.pilot.press("S")
    assert screen(board)
    await board.pilot.pause()


async def test_figures_stand_beside_their_cases(tmp_path: Path) -> None:
    async with running_board(tmp_path, *STORY, size=(80, 60)) as board:
        await opened(board)
        shown = rows(board)
        assert "Statistics 12 applications, 11 open Tue 10 Mar 2026 12:00" in shown
        assert "email 8 0 62 % of 8 3.0 d of 5" in shown
        assert "linkedin 2 0 too few of 2 too few of 0" in shown
        assert "all messages 10 0 50 % of 10 3.0 d of 5" in shown
        assert "1st message 10 0 50 % of 10 3.0 d of 5" in shown
        assert "Rejected 1 too few of 1" in shown
        funnel = {row.split()[0]: row for row in shown if "█" in row and "of" in row.split()}
        assert funnel["Applied"].endswith("12 100 % of 12")
        assert funnel["Answered"].endswith("5 42 % of 12 50 % of 10")
        blocks = [funnel[name].count("█") for name in ("Applied", "Interviewed", "Answered")]
        assert blocks == sorted(blocks, reverse=True)
        assert blocks[2] == round(5 / 12 * blocks[0])
        assert "No figure is made of fewer than 5 cases." in " ".join(shown)


@pytest.mark.parametrize("key", ["S", "q", "escape"])
async def test_keys_lead_back_to_the_board(tmp_path: Path, key: str) -> None:
    async with running_board(tmp_path, *STORY) as board:
        await opened(board)
        await board.pilot.press(key)
        assert board.app.screen is board.screen


@pytest.mark.parametrize("size", SIZES)
async def test_everything_can_be_seen_in_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running_board(tmp_path, *STORY, size=size) as board:
        await opened(board)
        assert "Replies by channel" in page(board.app)
        first = board.lines()
        assert first[-1].split()[:2] == ["esc", "Back"]
        await board.pilot.press("G")
        await board.pilot.pause()
        last = page(board.app)
        assert "the reply rate yet." in " ".join(last.split())
        assert "▒▒ replies" in last
        await board.pilot.press("g")
        await board.pilot.pause()
        assert board.lines() == first


async def test_lines_scroll_one_by_one(tmp_path: Path) -> None:
    async with running_board(tmp_path, *STORY, size=(80, 24)) as board:
        await opened(board)
        for key, line in (("j", 1), ("down", 2), ("k", 1), ("up", 0)):
            await board.pilot.press(key)
            await board.pilot.pause()
            assert screen(board).query_one("#statistics").scroll_target_y == line


async def test_tables_stand_beside_each_other_where_there_is_room(tmp_path: Path) -> None:
    async with running_board(tmp_path, *STORY, size=(120, 40)) as board:
        await opened(board)
        (line,) = (line for line in board.lines() if "Replies by channel" in line)
        assert "How far they came" in line
        assert "23 Feb" in page(board.app)
        await board.pilot.resize_terminal(80, 60)
        await board.until(lambda: "How far they came" not in board.lines()[3])
        assert "How far they came" in page(board.app)


async def test_the_chart_draws_weeks_in_whole_cells(tmp_path: Path) -> None:
    async with running_board(tmp_path, *STORY, size=(80, 60)) as board:
        await opened(board)
        top = next(number for number, line in enumerate(board.lines()) if "▒▒ replies" in line)
        *bars, axis, days = board.lines()[top + 2 : top + 12]
        assert bars[0].split()[0] == "10"
        assert "".join(bars).count("█") == 2 * (8 + 2)
        # Five replies of at most ten in a week reach half as high.
        assert "".join(bars).count("▒") == 2 * 4
        assert axis.count("┬") == 6
        assert days.split()[-2:] == ["2", "Mar"]


async def test_the_chart_takes_the_colours_of_the_theme(tmp_path: Path) -> None:
    def colours() -> set[str]:
        chart = board.app.screen.query_one(WeeksChart)
        drawn = chart.render()
        return {str(span.style) for span in drawn.spans}

    async with running_board(tmp_path, *STORY) as board:
        await opened(board)
        for theme in ("followup-light", "textual-dark", "ansi-dark", "followup-dark"):
            board.app.theme = theme
            await board.pilot.pause()
            assert len(colours()) == 2
        assert colours() == {"#6cb6ff", "#6fd08c"}


async def test_a_chart_without_room_is_left_out(tmp_path: Path) -> None:
    async with running_board(tmp_path, *STORY, size=(30, 24)) as board:
        await opened(board)
        assert not board.app.screen.query_one(WeeksChart).render().plain


async def test_an_empty_board_says_what_is_needed(tmp_path: Path) -> None:
    # What is only planned is no application yet.
    async with running_board(tmp_path, application(applied(NOON + DAY))) as board:
        await opened(board)
        assert "Nothing to count yet" in page(board.app)
        assert "5 messages" in page(board.app)
        assert not board.app.screen.query(WeeksChart)
        await board.pilot.press("j", "G", "g", "q")
        assert board.app.screen is board.screen


async def test_without_messages_the_rest_is_there(tmp_path: Path) -> None:
    async with running_board(tmp_path, application(applied(OLD)), size=(120, 40)) as board:
        await opened(board)
        assert "No message has gone out yet" in page(board.app)
        assert "1 application, 1 open" in page(board.app)
        assert "too few of 1" in page(board.app)
        assert "How they ended" not in page(board.app)


async def test_figures_are_those_of_the_time_that_is_previewed(tmp_path: Path) -> None:
    recent = application(applied(NOON - 20 * DAY), sent(NOON - 8 * DAY))
    async with running_board(tmp_path, recent) as board:
        await opened(board)
        assert "all messages 1 1 too few of 0" in "\n".join(rows(board))
        await board.pilot.press("q")
        await board.press("right_curly_bracket")
        await opened(board)
        shown = "\n".join(rows(board))
        assert "Statistics PREVIEW Tue 17 Mar 2026 12:00, 7 days ahead 1 application" in shown
        assert "all messages 1 0 too few of 1" in shown
        assert screen(board).query_one("#statistics-heading", Static).has_class("-preview")


async def test_figures_are_those_of_now_where_no_card_has_changed_for_long(tmp_path: Path) -> None:
    closed = application(sent(NOON - 13 * DAY), outcome(NOON - DAY))
    async with running_board(tmp_path, closed) as board:
        await board.pass_time(2 * DAY)
        assert board.screen.board.now == NOON
        await opened(board)
        shown = "\n".join(rows(board))
        assert "Thu 12 Mar 2026 12:00" in shown
        assert "all messages 1 0 too few of 1" in shown


async def test_channels_are_shown_literally(tmp_path: Path) -> None:
    hostile = [one for name in (*HOSTILE, "漢字" * 30) for one in written(name)]
    async with running_board(tmp_path, *hostile, *written(""), size=(80, 60)) as board:
        await opened(board)
        shown = page(board.app)
        assert "[red]ACME" in shown
        assert "ACME [/foo]" in shown
        assert "[@click=app.quit]x" in shown
        assert "not said" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
        (long,) = (line for line in board.lines() if "漢字" in line)
        (short,) = (line for line in board.lines() if "not said" in line)
        assert long.rstrip().endswith("too few of 0")
        assert long[long.index("…") :].lstrip("… ") == short.partition("not said")[2].lstrip()


async def test_help_shows_the_keys_of_the_screen(tmp_path: Path) -> None:
    async with running_board(tmp_path, *STORY, size=(80, 40)) as board:
        await opened(board)
        await board.pilot.press("question_mark")
        assert isinstance(board.app.screen, HelpScreen)
        await board.pilot.pause()
        assert any(row.split() == ["esc", "q", "S", "Back"] for row in rows(board))


async def test_the_screen_opens_over_ten_thousand_applications(tmp_path: Path) -> None:
    many = [*written("email", 3, count=5_000), *written("sms", count=5_000)]
    async with running_board(tmp_path, *many) as board, asyncio.timeout(60):
        await opened(board)
        assert "all messages 10000 0 50 % of 10000 3.0 d of 5000" in "\n".join(rows(board))


def test_the_board_starts_without_the_chart() -> None:
    code = "import followup.ui.app, followup.cli.board, sys; print('\\n'.join(sys.modules))"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert "followup.ui.screens.board" in loaded
    assert not {"plotext", "textual_plotext", "followup.domain.statistics"} & set(loaded)
