"""The open board notifies through its terminal, and on the desktop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from builders import DAY, HOUR, NOON, HandClock, application, interview
from followup.domain.errors import RefusedError
from followup.domain.reminders import ReminderSettings, TerminalWay
from followup.ui.terminal_notice import known_way, sequence
from ui_board import running_board

TOLD = "1 follow-up opened: Globex"


def has_grown(texts: list[str], count: int) -> bool:
    return len(texts) > count


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the terminal was to notify of."""
    texts: list[str] = []

    def notify(_app: object, _way: TerminalWay, text: str) -> None:
        texts.append(text)

    monkeypatch.setattr("followup.ui.terminal_notice.notify", notify)
    return texts


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the desktop was to show."""
    texts: list[str] = []

    def notify(_title: str, text: str) -> None:
        texts.append(text)

    monkeypatch.setattr("followup.desktop.notify", notify)
    return texts


async def test_the_board_notifies_once_when_a_step_opens(
    tmp_path: Path, rung: list[str], shown: list[str]
) -> None:
    clock = HandClock(NOON + 47 * HOUR)
    wanted = ReminderSettings(terminal="auto", desktop=True)
    cards = [application(interview(NOON))]
    async with running_board(tmp_path, *cards, clock=clock, reminders=wanted) as board:
        await board.pass_time(HOUR / 2)
        assert rung == []
        await board.pass_time(HOUR / 2)
        await board.until(lambda: rung)
        await board.until(lambda: shown)
        await board.pass_time(DAY)
        await board.pass_time(DAY)
        assert (rung, shown) == ([TOLD], [TOLD])


async def test_what_opens_in_quiet_hours_is_told_when_they_end(
    tmp_path: Path, rung: list[str]
) -> None:
    clock = HandClock(NOON + 47 * HOUR)
    wanted = ReminderSettings(terminal="bell", quiet="11:30-13:00")
    cards = [application(interview(NOON))]
    async with running_board(tmp_path, *cards, clock=clock, reminders=wanted) as board:
        await board.pass_time(HOUR * 1.9)
        await board.pass_time(HOUR * 0)
        assert rung == []
        await board.pass_time(HOUR * 0.2)
        await board.until(lambda: rung)
        assert rung == [TOLD]


async def test_neither_a_preview_nor_a_board_to_look_at_reminds(
    tmp_path: Path, rung: list[str]
) -> None:
    clock = HandClock(NOON + 47 * HOUR)
    wanted = ReminderSettings(terminal="bell")
    cards = [application(interview(NOON))]
    async with running_board(tmp_path, *cards, clock=clock, reminders=wanted) as board:
        await board.press("right_square_bracket", "right_square_bracket")
        assert board.column("due") == ["Globex"]
        await board.pass_time(HOUR / 4)
        await board.press("0")
        await board.pass_time(HOUR / 4)
        assert rung == []


async def test_a_desktop_that_cannot_notify_is_said_once(
    tmp_path: Path, rung: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fail(_title: str, text: str) -> None:
        asked.append(text)
        raise RefusedError("there is no desktop")

    monkeypatch.setattr("followup.desktop.notify", fail)
    clock = HandClock(NOON + 47 * HOUR)
    cards = [application(interview(NOON + n * HOUR), company=f"C{n}") for n in range(2)]
    wanted = ReminderSettings(desktop=True)
    async with running_board(tmp_path, *cards, clock=clock, reminders=wanted) as board:
        for _ in range(2):
            count = len(asked)
            await board.pass_time(HOUR)
            await board.until(partial(has_grown, asked, count))
        await board.until(lambda: board.said)
        assert board.said == ["there is no desktop"]


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}, "osc9"),
        ({"TERM": "xterm-kitty"}, "osc9"),
        ({"TERM": "foot"}, "osc777"),
        ({"TERM": "rxvt-unicode-256color"}, "osc777"),
        ({"TERM": "xterm-256color"}, "bell"),
        ({"TERM_PROGRAM": "tmux", "TMUX": "/tmp/tmux-0/default,1,0"}, "bell"),
        ({"TERM_PROGRAM": "WezTerm", "TMUX": "/tmp/tmux-0/default,1,0"}, "bell"),
        ({}, "bell"),
    ],
)
def test_a_terminal_is_known_by_its_environment(
    environment: dict[str, str], way: TerminalWay
) -> None:
    assert known_way(environment) == way
    assert sequence("auto", TOLD, environment) == sequence(way, TOLD, {})


def test_a_text_cannot_end_its_sequence() -> None:
    evil = "Globex\x1b\\\x07\x9c\x1b]52;c;AAAA\x07"
    assert sequence("osc9", evil, {}) == "\x1b]9;Globex\\]52;c;AAAA\x1b\\"
    assert sequence("osc777", evil, {}).startswith("\x1b]777;notify;followup;Globex")
    assert sequence("bell", evil, {}) == "\x07"
    assert sequence("off", evil, {}) == ""
