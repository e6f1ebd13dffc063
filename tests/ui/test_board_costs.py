"""What a board costs, counted and not timed, so that a regression fails on any machine."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import DAY, HOUR, NOON, application, applied, interview, outcome
from followup.builtin.patient import Patient
from ui_board import drawn_lines, running_board

MINUTE = timedelta(minutes=1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often the policy is asked."""
    counted: Counter[str] = Counter()
    steps = Patient.steps

    def ask(policy: Patient, *given: Any, **settings: Any) -> Any:
        counted["steps"] += 1
        return steps(policy, *given, **settings)

    monkeypatch.setattr(Patient, "steps", ask)
    return counted


async def test_a_beat_asks_no_policy_and_draws_nothing(
    tmp_path: Path, asked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_board(tmp_path) as board:
        assert asked["steps"]  # it is counted
        drawn = drawn_lines(monkeypatch)
        asked.clear()
        for _ in range(3):
            board.screen.beat()
            await board.settle()
        assert (asked.total(), drawn) == (0, [])


async def test_a_minute_asks_no_policy_where_no_card_changes(
    tmp_path: Path, asked: Counter[str]
) -> None:
    cards = [application(applied(NOON - DAY), company=f"C{n}") for n in range(20)]
    async with running_board(tmp_path, *cards) as board:
        asked.clear()
        await board.pass_time(MINUTE)
        assert asked.total() == 0


async def test_the_clock_asks_only_for_the_cards_that_it_changes(
    tmp_path: Path, asked: Counter[str]
) -> None:
    soon = application(interview(NOON - 47 * HOUR), company="Soon")
    others = [application(applied(NOON), company=f"C{n}") for n in range(20)]
    async with running_board(tmp_path, soon, *others) as board:
        asked.clear()
        await board.pass_time(3 * HOUR)
        assert board.column("due") == ["Soon"]
        assert asked.total() <= 2  # for the board, and for what plugins are told


async def test_a_change_asks_only_for_the_card_that_it_changes(
    tmp_path: Path, asked: Counter[str]
) -> None:
    cards = [application(applied(NOON - 20 * DAY), company=f"C{n}") for n in range(20)]
    async with running_board(tmp_path, *cards) as board:
        asked.clear()
        board.screen.desk.log_all([1], outcome(NOON))
        await board.settle()
        assert board.column("closed") == ["C0"]
        assert asked.total() <= 2


async def test_a_folded_column_is_not_drawn_again_by_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = [application(outcome(NOON - n * DAY), company=f"C{n}") for n in range(9)]
    async with running_board(tmp_path, application(applied(NOON)), *closed) as board:
        drawn = drawn_lines(monkeypatch)
        await board.pass_time(MINUTE)
        assert [line for line in drawn if line[0] == "closed"] == []
