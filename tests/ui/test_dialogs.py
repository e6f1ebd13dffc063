"""The dialogs: filled in by keyboard, each dismisses with the value that it promises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual import events

from builders import DANA, DAY, HOUR, NOON, application, applied, outcome
from followup.domain.application import Application, Contact
from followup.domain.events import (
    Applied,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Promise,
    Reopen,
    Reply,
    Snooze,
)
from followup.tracker import Tracker
from followup.ui.screens.application_form import AddScreen, EditScreen
from followup.ui.screens.confirm import ConfirmScreen
from followup.ui.screens.fields import LineInput
from followup.ui.screens.interview import InterviewScreen
from followup.ui.screens.note import NoteScreen
from followup.ui.screens.outcome import OutcomeScreen
from followup.ui.screens.promise import PromiseScreen
from followup.ui.screens.reply import ReplyScreen
from followup.ui.screens.snooze import SnoozeScreen
from ui_host import Host, fill, page, tracker_in

BERLIN = "Europe/Berlin"
BERLIN_NOON = datetime(2026, 3, 10, 11, tzinfo=UTC)  # a Tuesday


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    return tracker_in(
        tmp_path, application(applied(BERLIN_NOON - DAY)), now=BERLIN_NOON, zone=BERLIN
    )


async def test_add_takes_everything_and_fills_in_the_rest(tracker: Tracker) -> None:
    app = Host(lambda: AddScreen(tracker))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Globex", "tab", *"SRE", "tab", *"Dana")
        fill(app, "E-mail", "dana@globex.example")
        fill(app, "LinkedIn", "linkedin.com/in/dana")
        fill(app, "Tags", "python, remote, python")
        fill(app, "Interview", "fri 14:00")
        await pilot.press("enter")
    (added,) = app.results
    assert added == Application(
        company="Globex",
        role="SRE",
        contacts=(
            Contact(
                name="Dana",
                email="dana@globex.example",
                linkedin="https://linkedin.com/in/dana",
            ),
        ),
        tags=("python", "remote"),
        events=(
            Applied(at=BERLIN_NOON, zone=BERLIN, date_only=True),
            Interview(
                at=datetime(2026, 3, 13, 13, tzinfo=UTC),
                ends=datetime(2026, 3, 13, 14, tzinfo=UTC),
                zone=BERLIN,
            ),
        ),
    )


async def test_every_field_of_add_and_its_keys_fit_80_by_24(tracker: Tracker) -> None:
    app = Host(lambda: AddScreen(tracker))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = page(app)
    for word in ("New application", "Company", "Interview", "Save", "Next field", "Cancel"):
        assert word in shown


async def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    tracker: Tracker,
) -> None:
    app = Host(lambda: AddScreen(tracker))
    async with app.run_test(size=(80, 24)) as pilot:
        fill(app, "Company", "Globex")
        fill(app, "E-mail", "dana at globex")
        fill(app, "Job page", "ftp://globex.example")
        fill(app, "Applied", "11/12/2026")
        await pilot.press("enter")
        shown = page(app)
        assert app.results == []
        # The first field that is wrong has the cursor.
        assert isinstance(app.focused, LineInput)
        assert app.focused is app.screen.query(LineInput)[1]
        assert "name the job you apply for" in shown
        assert "'dana at globex' is no e-mail address" in shown
        assert "'ftp://globex.example' is no web address" in shown
        assert "could be two days: write it as 2026-MM-DD" in shown
        assert "Globex" in shown
        fill(app, "Role", "Engineer")
        fill(app, "E-mail", "dana@globex.example")
        fill(app, "Job page", "globex.example/jobs")
        fill(app, "Applied", "")
        await pilot.press("enter")
    (added,) = app.results
    assert added is not None
    assert (added.company, added.role) == ("Globex", "Engineer")
    assert added.url == "https://globex.example/jobs"
    assert added.events == ()


async def test_escape_leaves_with_nothing(tracker: Tracker) -> None:
    app = Host(lambda: AddScreen(tracker))
    async with app.run_test() as pilot:
        await pilot.press("G", "escape")
    assert app.results == [None]


async def test_edit_keeps_the_timeline_and_further_contacts(tmp_path: Path) -> None:
    second = Contact(name="Sam", email="sam@globex.example")
    before = application(applied(NOON), contacts=(DANA, second), notes="one\ntwo", salary="50k")
    tracker = tracker_in(tmp_path, before)
    app = Host(lambda: EditScreen(tracker.card(1), tracker))
    async with app.run_test(size=(80, 24)) as pilot:
        fill(app, "Contact", "Dana Scully")
        fill(app, "Salary", "")
        await pilot.press("enter")
    (edited,) = app.results
    assert edited is not None
    assert edited.id == 1
    assert edited.events == before.events
    assert edited.contacts == (Contact(name="Dana Scully", email=DANA.email), second)
    assert (edited.notes, edited.salary) == ("one\ntwo", "")


async def test_edit_scrolls_to_its_last_field_at_80_by_24(tmp_path: Path) -> None:
    tracker = tracker_in(tmp_path, application(notes="first line\nsecond line"))
    app = Host(lambda: EditScreen(tracker.card(1), tracker))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "second line" not in page(app)
        await pilot.press("pagedown")
        await pilot.pause()
        assert "second line" in page(app)
        assert "Save" in page(app)


async def test_interview_proposes_tomorrow_morning(tracker: Tracker) -> None:
    app = Host(lambda: InterviewScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Wed 11 Mar 10:00, in 22 h" in page(app)
        await pilot.press("enter")
    starts = datetime(2026, 3, 11, 9, tzinfo=UTC)
    assert app.results == [Interview(at=starts, ends=starts + HOUR, zone=BERLIN)]


async def test_interview_on_a_day_says_that_it_is_taken_to_end_at_18(tracker: Tracker) -> None:
    app = Host(lambda: InterviewScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        fill(app, "Starts", "yesterday")
        fill(app, "Round", "screening")
        await pilot.pause()
        assert "Mon 9 Mar, yesterday; taken to end at 18:00" in page(app)
        await pilot.press("enter")
    (held,) = app.results
    assert held is not None
    assert held.date_only
    assert held.ends == datetime(2026, 3, 9, 17, tzinfo=UTC)
    assert held.text == "screening"


async def test_interview_takes_its_end_as_a_time_or_a_length(tracker: Tracker) -> None:
    app = Host(lambda: InterviewScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        fill(app, "Ends", "45 min")
        await pilot.pause()
        assert "Wed 11 Mar 10:45, after 45 min" in page(app)
        fill(app, "Ends", "11:30")
        await pilot.pause()
        assert "Wed 11 Mar 11:30, after 2 h" in page(app)
        fill(app, "Starts", "fri 11:00")
        await pilot.pause()
        assert "Fri 13 Mar 11:30, after 30 min" in page(app)
        await pilot.press("enter")
    (booked,) = app.results
    assert booked is not None
    assert booked.ends - booked.at == 0.5 * HOUR


async def test_interview_refuses_an_end_before_its_start(tracker: Tracker) -> None:
    app = Host(lambda: InterviewScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        fill(app, "Ends", "9:00")
        await pilot.press("enter")
        assert app.results == []
        assert "is not within 12 h after the start" in page(app)


async def test_promise_asks_for_the_day_and_says_what_follows(tracker: Tracker) -> None:
    app = Host(lambda: PromiseScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert "say which day" in page(app)
        await pilot.press(*"fri")
        assert "Fri 13 Mar, in 3 d; no check-in before Sat 14 Mar" in page(app)
        await pilot.press("enter")
    assert app.results == [Promise(at=BERLIN_NOON, zone=BERLIN, by=date(2026, 3, 13))]


async def test_reply_keeps_its_lines_and_when_it_came(tracker: Tracker) -> None:
    app = Host(lambda: ReplyScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.press(*"hi", "ctrl+j", *"Al")
        fill(app, "When", "today 9:30")
        await pilot.press("enter")
    came = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
    assert app.results == [Reply(at=came, zone=BERLIN, text="hi\nAl")]


async def test_what_has_happened_cannot_lie_ahead(tracker: Tracker) -> None:
    app = Host(lambda: ReplyScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        fill(app, "When", "tomorrow")
        await pilot.press("enter")
        assert app.results == []
        assert "Wed 11 Mar, tomorrow: that has not come yet" in page(app)
        fill(app, "When", "today")
        await pilot.press("enter")
    assert app.results == [Reply(at=BERLIN_NOON, zone=BERLIN, date_only=True)]


async def test_note_needs_words(tracker: Tracker) -> None:
    app = Host(lambda: NoteScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert app.results == []
        assert "write something" in page(app)
        await pilot.press(*"call", "enter")
    assert app.results == [Note(at=BERLIN_NOON, zone=BERLIN, text="call")]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("o", OutcomeKind.OFFER),
        ("a", OutcomeKind.ACCEPTED),
        ("r", OutcomeKind.REJECTED),
        ("w", OutcomeKind.WITHDRAWN),
        ("g", OutcomeKind.GHOSTED),
        ("f", OutcomeKind.FILLED),
    ],
)
async def test_outcome_is_one_key(tracker: Tracker, key: str, kind: OutcomeKind) -> None:
    app = Host(lambda: OutcomeScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        assert "Reopen" not in page(app)
        await pilot.press(key)
    assert app.results == [Outcome(at=BERLIN_NOON, zone=BERLIN, result=kind)]


async def test_outcome_can_be_dated(tracker: Tracker) -> None:
    app = Host(lambda: OutcomeScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        fill(app, "When", "yesterday")
        await pilot.press("down", "down", "enter")
    (ended,) = app.results
    assert isinstance(ended, Outcome)
    assert (ended.result, ended.day, ended.date_only) == (
        OutcomeKind.REJECTED,
        date(2026, 3, 9),
        True,
    )


async def test_what_is_closed_can_be_reopened(tmp_path: Path) -> None:
    tracker = tracker_in(tmp_path, application(applied(NOON - DAY), outcome(NOON)))
    app = Host(lambda: OutcomeScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.press("p")
    assert app.results == [Reopen(at=NOON)]


@pytest.mark.parametrize(("key", "days"), [("1", 11), ("3", 13), ("w", 17)])
async def test_snooze_is_one_key_and_ends_with_the_start_of_a_day(
    tracker: Tracker, key: str, days: int
) -> None:
    app = Host(lambda: SnoozeScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.press(key)
    until = datetime(2026, 3, days - 1, 23, tzinfo=UTC)
    assert app.results == [Snooze(at=BERLIN_NOON, zone=BERLIN, until=until)]


async def test_snooze_takes_any_date(tracker: Tracker) -> None:
    app = Host(lambda: SnoozeScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.press("tab")
        fill(app, "Or until", "mon 9:00")
        await pilot.press("enter")
    (asleep,) = app.results
    assert asleep is not None
    assert asleep.until == datetime(2026, 3, 16, 8, tzinfo=UTC)


async def test_snooze_refuses_what_is_over(tracker: Tracker) -> None:
    app = Host(lambda: SnoozeScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.press("tab")
        fill(app, "Or until", "yesterday")
        await pilot.press("enter")
        assert app.results == []
        assert "that is over already: give a later date" in page(app)


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False), ("escape", None)])
async def test_a_question_is_answered_with_one_key(key: str, answer: bool) -> None:
    app = Host(lambda: ConfirmScreen("Did you send it?"))
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.results == [answer]


async def test_arrows_go_from_field_to_field(tracker: Tracker) -> None:
    app = Host(lambda: AddScreen(tracker))
    async with app.run_test() as pilot:
        await pilot.press(*"A", "down", *"B", "up", *"C", "enter")
    (added,) = app.results
    assert added is not None
    # Coming back to a field selects what stands in it.
    assert (added.company, added.role) == ("C", "B")


async def test_what_is_typed_in_one_go_lands_in_the_fields_it_was_meant_for(
    tracker: Tracker,
) -> None:
    app = Host(lambda: AddScreen(tracker))
    async with app.run_test() as pilot:
        for key in ("A", "tab", "B", "shift+tab", "C"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.press("enter")
    (added,) = app.results
    assert added is not None
    assert (added.company, added.role) == ("C", "B")
