"""The details: everything that is known of an application, and why its dates are what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import (
    DANA,
    DAY,
    HOUR,
    NOON,
    HandClock,
    application,
    applied,
    interview,
    outcome,
    promise,
    reply,
)
from followup.domain.application import Application
from followup.domain.events import Event, FollowUp, Note
from followup.domain.step import StepKind
from followup.domain.telling import told
from followup.ui.screens.details import DetailsScreen
from followup.ui.screens.help import HelpScreen
from ui_host import Host, page, tracker_in

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


def host(directory: Path, *applications: Application) -> Host[str | None]:
    tracker = tracker_in(directory, *applications)
    return Host(lambda: DetailsScreen(1, tracker))


async def test_details_show_every_event_and_its_text(tmp_path: Path) -> None:
    app = host(tmp_path, application(*EVENTS))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        shown = page(app)
    for event in EVENTS:
        assert told(event, "UTC") in shown
    for words in ("Wed 18 Feb 2026", "Following up", "Is there any news?", "Dana likes tea"):
        assert words in shown
    assert "although it was advised against: they asked me to" in shown
    days = [shown.index(told(event, "UTC")) for event in EVENTS]
    assert days == sorted(days)


async def test_details_say_which_anchor_shift_and_policy_made_a_date(tmp_path: Path) -> None:
    app = host(tmp_path, application(*EVENTS))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        shown = " ".join(page(app).split())
    assert "Check-in 1 of 2 opens Sat 14 Mar 00:00, in 4 d" in shown
    assert "7 days after your last message Wed 4 Mar 12:00" in shown
    assert "moved to the day after the promised Fri 13 Mar" in shown
    assert "due Sun 15 Mar 00:00 gives way Sun 22 Mar 12:00" in shown
    assert "Last call opens Sun 22 Mar 12:00" in shown
    assert "21 days after your interview ended Sun 1 Mar 12:00" in shown
    assert "Policy Patient: 48 h, then weekly, a last call after 3 weeks" in shown


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((interview(NOON - 9 * DAY),), "due Wed 4 Mar 12:00 6 d overdue"),
        ((applied(NOON - DAY), outcome(NOON)), "Nothing it is closed"),
        ((interview(NOON - 9 * DAY), reply(NOON)), "they answered: the ball is with you"),
        ((), "log when you applied or were interviewed"),
    ],
)
async def test_details_say_what_comes_next_or_why_nothing_does(
    tmp_path: Path, events: tuple[Event, ...], words: str
) -> None:
    app = host(tmp_path, application(*events))  # type: ignore[arg-type]
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert words in " ".join(page(app).split())


@pytest.mark.parametrize(
    ("key", "action"),
    [
        ("f", "compose"),
        ("i", "interview"),
        ("p", "promise"),
        ("r", "reply"),
        ("o", "outcome"),
        ("s", "snooze"),
        ("n", "note"),
        ("e", "edit"),
        ("escape", None),
        ("q", None),
    ],
)
async def test_keys_of_the_board_leave_with_the_action_to_run(
    tmp_path: Path, key: str, action: str | None
) -> None:
    app = host(tmp_path, application(*EVENTS))
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.results == [action]


async def test_details_scroll_at_80_by_24(tmp_path: Path) -> None:
    app = host(tmp_path, application(*EVENTS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Dana likes tea" not in page(app)
        await pilot.press("G")
        await pilot.pause()
        assert "Dana likes tea" in page(app)
        await pilot.press("g")
        await pilot.pause()
        assert "Globex" in page(app)


async def test_the_countdown_follows_the_clock(tmp_path: Path) -> None:
    tracker = tracker_in(tmp_path, application(interview(NOON)))
    screen: list[DetailsScreen] = []

    def make() -> DetailsScreen:
        screen.append(DetailsScreen(1, tracker))
        return screen[0]

    app = Host(make)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "in 48 h" in page(app)
        assert isinstance(tracker.clock, HandClock)
        tracker.clock.advance(40 * HOUR)
        await screen[0].show()
        await pilot.pause()
        assert "in 8 h" in page(app)
        assert "in 48 h" not in page(app)


async def test_an_application_that_is_gone_is_left(tmp_path: Path) -> None:
    tracker = tracker_in(tmp_path, application(contacts=(DANA,)))
    screen: list[DetailsScreen] = []

    def make() -> DetailsScreen:
        screen.append(DetailsScreen(1, tracker))
        return screen[0]

    app = Host(make)
    async with app.run_test() as pilot:
        await pilot.pause()
        tracker.remove(1)
        await screen[0].show()
        await pilot.pause()
    assert app.results == [None]


async def test_help_lists_the_keys_that_are_in_force(tmp_path: Path) -> None:
    app = host(tmp_path, application())
    async with app.run_test(size=(80, 50)) as pilot:
        app.set_keymap({"board.compose": "w"})
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        lines = [line.split() for line in page(app).splitlines()]
        assert ["w", "Follow", "up"] in lines
        assert ["f", "Follow", "up"] not in lines
        assert ["i", "Interview"] in lines
        await pilot.press("escape")
        assert isinstance(app.screen, DetailsScreen)
