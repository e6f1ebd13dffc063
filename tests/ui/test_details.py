"""The details: everything that is known of an application, and why its dates are what they are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import (
    DANA,
    DAY,
    HOUR,
    NOON,
    application,
    applied,
    interview,
    outcome,
    promise,
    reply,
)
from followup.domain.events import Event, FollowUp, Note
from followup.domain.step import StepKind
from followup.domain.telling import told
from followup.ui.screens.application_form import EditScreen
from followup.ui.screens.compose import ComposeScreen
from followup.ui.screens.details import DetailsScreen
from followup.ui.screens.help import HelpScreen
from followup.ui.screens.interview import InterviewScreen
from followup.ui.screens.note import NoteScreen
from followup.ui.screens.outcome import OutcomeScreen
from followup.ui.screens.promise import PromiseScreen
from followup.ui.screens.reply import ReplyScreen
from followup.ui.screens.snooze import SnoozeScreen
from ui_board import Board, running_board, running_details

SENT = FollowUp(
    at=NOON - 6 * DAY,
    step=StepKind.FOLLOW_UP,
    channel="email",
    subject="Following up",
    text="Hi Dana,\n\nIs there any news?",
    override="they asked me to",
)
EVENTS = (
    applied(NOON - 20 * DAY),
    interview(NOON - 9 * DAY),
    SENT,
    promise(NOON - 5 * DAY, (NOON + 3 * DAY).date()),
    Note(at=NOON - DAY, text="Dana likes tea"),
)


def words(board: Board) -> str:
    return " ".join(board.page.split())


async def test_details_show_every_event_and_its_text(tmp_path: Path) -> None:
    async with running_details(tmp_path, application(*EVENTS)) as board:
        shown = board.page
    for event in EVENTS:
        assert told(event, "UTC")[:30] in shown
    for text in ("Wed 18 Feb 2026", "20 d ago", "Following up", "Is there any news?", "likes tea"):
        assert text in shown
    days = [shown.index(told(event, "UTC")[:30]) for event in EVENTS]
    assert days == sorted(days)


async def test_details_say_which_anchor_shift_and_policy_made_a_date(tmp_path: Path) -> None:
    async with running_details(tmp_path, application(*EVENTS), size=(80, 60)) as board:
        shown = words(board)
    assert "Check-in 1 of 2 opens Sat 14 Mar 00:00, in 4 d" in shown
    assert "why 7 days after your last message Wed 4 Mar 12:00" in shown
    assert "moved to the day after the promised Fri 13 Mar" in shown
    assert "due Sun 15 Mar 00:00 gives way Sun 22 Mar 12:00" in shown
    assert "Last call opens Sun 22 Mar 12:00" in shown
    assert "21 days after your interview ended Sun 1 Mar 12:00" in shown
    assert "Policy Patient: 48 h, then weekly, a last call after 3 weeks" in shown


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((interview(NOON - 9 * DAY),), "due Wed 4 Mar 12:00 6 d overdue"),
        ((applied(NOON - DAY), outcome(NOON)), "Nothing it is closed"),
        ((interview(NOON - 9 * DAY), reply(NOON)), "they answered: the ball is with you"),
        ((), "log when you applied or were interviewed"),
        ((), "Nothing yet log what happened, then the dates follow"),
        ((interview(NOON + DAY),), "interview until 12:00 in 23 h"),
    ],
)
async def test_details_say_what_comes_next_or_why_nothing_does(
    tmp_path: Path, events: tuple[Event, ...], expected: str
) -> None:
    card = application(*events)  # type: ignore[arg-type]
    async with running_details(tmp_path, card, size=(100, 50)) as board:
        assert expected in words(board)


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("f", ComposeScreen),
        ("i", InterviewScreen),
        ("p", PromiseScreen),
        ("r", ReplyScreen),
        ("o", OutcomeScreen),
        ("s", SnoozeScreen),
        ("n", NoteScreen),
        ("e", EditScreen),
        ("question_mark", HelpScreen),
    ],
)
async def test_keys_of_the_board_open_above_the_details(
    tmp_path: Path, key: str, screen: type[object]
) -> None:
    async with running_details(tmp_path, application(*EVENTS)) as board:
        await board.press(key)
        assert isinstance(board.app.screen, screen)
        await board.press("escape")
        assert isinstance(board.app.screen, DetailsScreen)


async def test_what_is_logged_stands_on_the_timeline_and_can_be_undone(tmp_path: Path) -> None:
    async with running_details(tmp_path, application(*EVENTS)) as board:
        await board.press("n", *"A call", "enter")
        assert "A call" in board.page
        await board.press("u")
        assert isinstance(board.app.screen, DetailsScreen)
        assert "A call" not in board.page
        await board.press("ctrl+r")
        assert "A call" in board.page


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_details_are_left_for_the_board(tmp_path: Path, key: str) -> None:
    async with running_details(tmp_path, application(*EVENTS)) as board:
        await board.press(key)
        assert board.app.screen is board.screen


async def test_the_page_is_seen_to_its_end_and_back_at_80_by_24(tmp_path: Path) -> None:
    long = application(*EVENTS, notes="\n\n".join(f"Line {n}" for n in range(40)))
    async with running_details(tmp_path, long, size=(80, 24)) as board:
        assert "Globex" in board.page
        assert "People" in board.page
        assert "Dana likes tea" not in board.page
        await board.press("G")
        assert "Line 39" in board.page
        assert "People" not in board.page
        await board.press("g")
        assert "People" in board.page
        await board.press("pagedown")
        assert "People" not in board.page
        await board.press("pageup")
        assert "People" in board.page


async def test_arrows_go_from_row_to_row_and_not_round(tmp_path: Path) -> None:
    async with running_details(
        tmp_path, application(*EVENTS, url="https://globex.example")
    ) as board:
        screen = board.app.screen

        def held() -> str:
            return type(screen.focused).__name__

        assert held() == "ContactRow"
        await board.press("j", "j")
        assert held() == "LinkRow"
        await board.press("g")
        assert held() == "FactRow"
        await board.press("k")
        assert screen.focused is screen.focus_chain[0]
        await board.press("down", "up", "l")
        assert held() == "ContactRow"
        await board.press("left")
        assert screen.focused is screen.focus_chain[0]


async def test_the_cursor_stays_as_the_page_changes_its_shape(tmp_path: Path) -> None:
    async with running_details(tmp_path, application(*EVENTS)) as board:
        await board.press("g", "j", "j")
        assert board.app.screen.focused
        held = board.app.screen.focused.event  # type: ignore[attr-defined]
        await board.pilot.resize_terminal(80, 24)
        await board.settle()
        assert board.app.screen.focused.event == held  # type: ignore[attr-defined]
        await board.press("u")
        assert board.app.screen.focused


@pytest.mark.parametrize("width", [60, 80, 119, 120, 200])
async def test_nothing_is_lost_at_any_width(tmp_path: Path, width: int) -> None:
    card = application(*EVENTS, location="Springfield", notes="Ask *why*")
    async with running_details(tmp_path, card, size=(width, 70)) as board:
        shown = board.page
    for text in ("Dana Lee", "Springfield", "Follow", "Dana likes tea", "Ask why", "Keys"):
        assert text in shown


async def test_the_countdown_follows_the_clock(tmp_path: Path) -> None:
    async with running_details(tmp_path, application(interview(NOON))) as board:
        assert "in 48 h" in board.page
        board.clock.advance(40 * HOUR)
        assert isinstance(board.app.screen, DetailsScreen)
        await board.app.screen.show()
        await board.settle()
        assert "in 8 h" in board.page
        assert "in 48 h" not in board.page


async def test_an_application_that_is_gone_is_left(tmp_path: Path) -> None:
    async with running_details(tmp_path, application(contacts=(DANA,))) as board:
        board.tracker.remove(1)
        board.screen.beat()
        await board.settle()
        assert board.app.screen is board.screen


async def test_a_preview_is_told_and_changes_nothing(tmp_path: Path) -> None:
    async with running_board(tmp_path, application(*EVENTS), size=(120, 50)) as board:
        await board.press("right_curly_bracket", "enter")
        assert "preview: 7 days ahead" in board.page
        assert "opened Sat 14 Mar 00:00" in board.page
        shown = set(board.page.splitlines()[-1].split())
        assert not shown & {"Correct", "Remove", "Reply", "Editor", "Edit"}
        await board.press("r", "e", "ctrl+e")
        assert isinstance(board.app.screen, DetailsScreen)
        await board.press("g", "e", "x")
        assert isinstance(board.app.screen, DetailsScreen)
        assert board.tracker.application(1).events == EVENTS


async def test_keys_can_be_rebound_on_both_screens_at_once(tmp_path: Path) -> None:
    keys = {"board.compose": "w", "details.write": "f6"}
    async with running_board(tmp_path, application(*EVENTS), size=(80, 60), keys=keys) as board:
        await board.press("enter", "question_mark")
        lines = [line.split() for line in board.page.splitlines()]
        assert ["w", "Follow", "up"] in lines
        assert ["f", "Follow", "up"] not in lines
        assert ["i", "Interview"] in lines
        await board.press("escape", "w")
        assert isinstance(board.app.screen, ComposeScreen)


async def test_help_lists_the_keys_of_the_row_in_hand(tmp_path: Path) -> None:
    async with running_details(tmp_path, application(*EVENTS)) as board:
        await board.press("question_mark")
        assert "Copy the address" in board.page
        assert "Correct the fact" not in board.page
        await board.press("escape", "g", "question_mark")
        assert "Correct the fact" in board.page


async def test_dates_that_have_no_time_are_told_in_days(tmp_path: Path) -> None:
    card = application(
        replace(applied(NOON), date_only=True), Note(at=NOON - timedelta(days=1), text="x")
    )
    async with running_details(tmp_path, card) as board:
        assert "applied today" in words(board)
        assert "note 24 h ago" in words(board)
