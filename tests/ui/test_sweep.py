"""Sweep: what has gone quiet is listed with why, and closed as one step after a look."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import DAY, NOON, application, interview, sent
from followup.domain.application import Application
from followup.domain.step import StepKind
from ui_board import running_board
from ui_host import HOSTILE


def quiet(company: str, days: int) -> Application:
    """An application whose last call was so many days ago."""
    events = (
        interview(NOON - (days + 30) * DAY),
        sent(NOON - (days + 25) * DAY),
        sent(NOON - days * DAY, StepKind.LAST_CALL),
    )
    return application(*events, company=company)


CARDS = (quiet("Late", 9), quiet("Later", 20), quiet("Not yet", 6), application(company="Fresh"))


def ended(board_applications: tuple[Application, ...]) -> list[str]:
    return [one.company for one in board_applications if one.events[-1:] and _is_over(one)]


def _is_over(one: Application) -> bool:
    return one.events[-1].name == "outcome"


async def test_what_has_gone_quiet_is_listed_the_longest_first(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("w")
        assert "2 gone quiet, 2 to close as ghosted" in board.page
        lines = [line for line in board.lines() if "gone quiet 9 d" in line or "20 d" in line]
        assert [line.split()[1] for line in lines[:2]] == ["Later", "Late"]
        assert "Not yet" not in board.page
        assert "foresees nothing more" in board.page
        assert board.lines()[-1].strip().startswith("⏎ Close as ghosted")


async def test_the_rest_is_closed_as_one_step(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        before = board.tracker.repository.applications()
        await board.press("w", "j", "space")
        assert "2 gone quiet, 1 to close as ghosted" in board.page
        await board.press("space", "k", "space", "enter")
        assert ended(board.tracker.repository.applications()) == ["Late"]
        assert board.column("closed") == ["Late"]
        await board.press("w", "enter")
        assert ended(board.tracker.repository.applications()) == ["Late", "Later"]
        await board.press("u", "u")
        assert board.tracker.repository.applications() == before


async def test_all_are_one_step(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("w", "enter")
        assert ended(board.tracker.repository.applications()) == ["Late", "Later"]
        await board.press("u")
        assert ended(board.tracker.repository.applications()) == []
        assert "2 applications" in board.said[-1]


async def test_with_everything_left_out_there_is_nothing_to_close(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("w", "space", "j", "space")
        assert "Close" not in board.lines()[-1]
        await board.press("enter")
        assert type(board.app.screen).__name__ == "SweepScreen"
        await board.press("escape")
        assert ended(board.tracker.repository.applications()) == []


async def test_nothing_quiet_is_good_news(tmp_path: Path) -> None:
    async with running_board(tmp_path, application(company="Fresh")) as board:
        await board.press("w")
        assert "Nothing has gone quiet" in board.page
        assert board.lines()[-1].strip() == "esc Back"
        await board.press("enter", "space", "j", "k")
        await board.press("w")
        assert board.app.screen is board.screen


async def test_nothing_is_closed_from_a_preview(tmp_path: Path) -> None:
    async with running_board(tmp_path, *CARDS) as board:
        await board.press("}", "w")
        assert "3 gone quiet" in board.page
        await board.press("enter")
        assert board.said == ["This is a preview: 0 goes back to now"]
        assert ended(board.tracker.repository.applications()) == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_it_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running_board(tmp_path, *CARDS, size=size) as board:
        await board.press("w")
        assert "gone quiet 20 d" in board.page
        await board.pilot.resize_terminal(70, 24)
        await board.settle()
        assert "gone quiet 20 d" in board.page


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_texts_are_shown_literally(tmp_path: Path, text: str) -> None:
    async with running_board(tmp_path, quiet(text, 9)) as board:
        await board.press("w", "space")
        assert "ACME" in board.page or "app.quit" in board.page or "a[/]b" in board.page
        assert "\x1b" not in board.page
