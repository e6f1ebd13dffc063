"""The use cases, over a real store and with what ships in the box."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import (
    DANA,
    DAY,
    HOUR,
    NOON,
    HandClock,
    application,
    applied,
    interview,
    reply,
    sent,
)
from followup.config import Config
from followup.domain.application import Contact
from followup.domain.errors import InputError, RefusedError, UnknownApplicationError
from followup.domain.events import FollowUp
from followup.domain.message import Message
from followup.domain.stage import Stage
from followup.domain.step import StepKind
from followup.tracker import Tracker

FINE = Message(subject="Hello", body="Thank you for the talk. Is there any news?")


def test_what_is_added_is_cleaned_and_gets_an_id(tracker: Tracker) -> None:
    added = tracker.add(application(applied(NOON), company="Glo\x1bbex"))
    assert added.id == 1
    assert added.company == "Globex"
    assert tracker.application(1) == added


def test_what_cannot_be_used_is_refused_and_changes_nothing(tracker: Tracker) -> None:
    with pytest.raises(InputError):
        tracker.add(application(company=""))
    assert tracker.board().cards() == ()
    assert tracker.history() == ()


def test_the_board_moves_with_the_clock_alone(tracker: Tracker, clock: HandClock) -> None:
    tracker.add(application(interview(NOON - HOUR)))
    assert tracker.board().cards()[0].stage is Stage.COOLING
    assert tracker.board(NOON + 3 * DAY).cards()[0].stage is Stage.DUE
    clock.instant = NOON + 47 * HOUR
    assert tracker.board().cards()[0].stage is Stage.DUE


def test_a_logged_follow_up_counts_as_the_next_step(tracker: Tracker, clock: HandClock) -> None:
    tracker.add(application(interview(NOON)))
    clock.instant = NOON + 2 * DAY
    logged = tracker.log(1, FollowUp(at=clock.instant)).events[-1]
    assert isinstance(logged, FollowUp)
    assert logged.step is StepKind.FOLLOW_UP
    late = tracker.log(1, FollowUp(at=NOON + 30 * DAY)).events[-1]
    assert isinstance(late, FollowUp)
    assert late.step is StepKind.LAST_CALL
    named = tracker.log(1, sent(NOON + 31 * DAY, StepKind.CHECK_IN)).events[-1]
    assert isinstance(named, FollowUp)
    assert named.step is StepKind.CHECK_IN


def test_a_message_before_the_last_call_opens_is_none(tracker: Tracker) -> None:
    tracker.add(application(interview(NOON)))
    for day in (2, 9, 16):
        tracker.log(1, FollowUp(at=NOON + day * DAY))
    for day, step in ((18, None), (21, StepKind.LAST_CALL)):
        logged = tracker.log(1, FollowUp(at=NOON + day * DAY)).events[-1]
        assert isinstance(logged, FollowUp)
        assert logged.step is step
    assert tracker.card(1, NOON + 22 * DAY).standing.steps == ()


def test_what_is_not_there_is_refused_by_its_id(tracker: Tracker) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: tracker.application(999),
        lambda: tracker.log(999, reply(NOON)),
        lambda: tracker.edit(replace(application(), id=999)),
        lambda: tracker.remove(999),
        lambda: tracker.cancel_interview(999),
    ]
    for attempt in attempts:
        with pytest.raises(UnknownApplicationError, match="no application 999"):
            attempt()


def test_every_change_can_be_undone_and_redone(tracker: Tracker) -> None:
    tracker.add(application(applied(NOON)))
    tracker.log(1, reply(NOON))
    tracker.edit(replace(tracker.application(1), role="SRE"))
    tracker.remove(1)
    whats = [entry.what for entry in tracker.history()]
    assert whats == [
        "remove Globex",
        "edit Globex",
        "log reply for Globex",
        "add Globex, Backend Engineer",
    ]
    tracker.undo()
    assert tracker.application(1).role == "SRE"
    tracker.undo()
    assert tracker.application(1).role == "Backend Engineer"
    tracker.undo()
    assert tracker.card(1).stage is Stage.APPLIED
    tracker.redo()
    assert tracker.card(1).stage is Stage.REPLIED
    with pytest.raises(RefusedError, match="nothing to undo"):
        [tracker.undo() for _ in range(3)]


def test_a_cancelled_interview_leaves_the_board_as_if_it_had_not_been_booked(
    tracker: Tracker,
) -> None:
    tracker.add(application(applied(NOON), interview(NOON + DAY)))
    tracker.cancel_interview(1)
    assert tracker.card(1).stage is Stage.APPLIED
    with pytest.raises(RefusedError, match="no interview"):
        tracker.cancel_interview(1)


def test_an_application_may_have_a_policy_of_its_own_and_an_unknown_one_falls_back(
    tracker: Tracker,
) -> None:
    added = tracker.add(application(policy="long-gone"))
    assert tracker.policy_of(added).name == "patient"
    with pytest.raises(RefusedError, match="no policy 'long-gone'"):
        tracker.policy("long-gone")


def test_the_policy_takes_its_settings_from_the_configuration(tracker: Tracker) -> None:
    config = Config(policy={"patient": {"follow_up_after_hours": 24}})
    hasty = Tracker(tracker.repository, tracker.host, config, tracker.clock)
    added = hasty.add(application(interview(NOON)))
    step = hasty.card_of(added).standing.next
    assert step is not None
    assert step.opens == NOON + 24 * HOUR
    wrong = Config(policy={"patient": {"follow_up_after_days": 1}})
    with pytest.raises(InputError, match=r"\[policy.patient\].*follow_up_after_days"):
        Tracker(tracker.repository, tracker.host, wrong, tracker.clock).board()


def test_a_draft_is_for_the_next_step_and_says_only_what_is_known(
    tracker: Tracker, clock: HandClock
) -> None:
    tracker.add(application(interview(NOON)))
    clock.instant = NOON + 2 * DAY
    draft = tracker.draft(1)
    assert draft.step is StepKind.FOLLOW_UP
    assert draft.channel == "email"
    assert "Dana" in draft.message.body
    assert "Alex" in draft.message.body
    assert tracker.check(1, draft.message, channel=draft.channel) == ()
    other = tracker.draft(1, variant=1)
    assert other.template != draft.template
    tracker.edit(replace(tracker.application(1), contacts=()))
    assert "Dana" not in tracker.draft(1).message.body
    assert tracker.draft(1).channel == "clipboard"


def test_naming_the_last_call_does_not_make_it_one(tracker: Tracker, clock: HandClock) -> None:
    tracker.add(application(interview(NOON)))
    clock.instant = NOON + HOUR
    (early,) = tracker.check(1, FINE, channel="email", step=StepKind.LAST_CALL)
    assert early.code == "too-early"
    assert early.until == NOON + 48 * HOUR


def test_a_message_is_handed_over_only_to_somebody_who_can_be_reached(tracker: Tracker) -> None:
    tracker.add(application(interview(NOON - 3 * DAY), contacts=(Contact(name="Dana"),)))
    with pytest.raises(RefusedError, match="no contact with an e-mail address"):
        tracker.sending.send(1, FINE, channel="email")
    tracker.edit(replace(tracker.application(1), contacts=(DANA,)))
    receipt = tracker.sending.send(1, FINE, channel="email").receipt
    assert receipt.open_url.startswith("mailto:dana@globex.example?")
    assert tracker.application(1).events[-1].name == "interview"


def test_what_was_sent_stands_on_the_timeline_with_the_reason_for_an_override(
    tracker: Tracker, clock: HandClock
) -> None:
    tracker.add(application(interview(NOON)))
    clock.instant = NOON + HOUR
    logged = tracker.sending.log(1, FINE, channel="email", override="they asked me to write today")
    event = logged.events[-1]
    assert isinstance(event, FollowUp)
    assert event.override == "they asked me to write today"
    assert (event.subject, event.text, event.channel) == (FINE.subject, FINE.body, "email")
    assert event.at == clock.instant
    assert tracker.card(1).stage is Stage.WAITING


def test_a_clock_before_the_newest_fact_is_noticed(tracker: Tracker, clock: HandClock) -> None:
    tracker.add(application(applied(NOON + 99 * DAY), interview(NOON + 5 * DAY)))
    assert tracker.newest_fact_ahead() is None
    tracker.log(1, reply(NOON + 2 * DAY))
    assert tracker.newest_fact_ahead() == NOON + 2 * DAY
    clock.instant = NOON + 2 * DAY
    assert tracker.newest_fact_ahead() is None


def test_a_change_from_outside_is_caught_up_with(tracker: Tracker, tmp_path: Path) -> None:
    from followup.store.repository import Repository

    other = Repository(tmp_path / "followup.json")
    with other.change("add", datetime(2026, 1, 1, tzinfo=UTC)) as changes:
        changes.add(application())
    assert tracker.board().cards() == ()
    assert tracker.refresh()
    assert len(tracker.board().cards()) == 1
    assert not tracker.refresh()


def test_a_check_knows_the_other_applications_at_the_company(tracker: Tracker) -> None:
    tracker.add(application(interview(NOON - 3 * DAY)))
    other = tracker.add(application(company="GLOBEX", role="Data Engineer"))
    assert tracker.check(1, FINE, channel="email") == ()
    tracker.sending.log(other.id, FINE, channel="email")
    (verdict,) = tracker.check(1, FINE, channel="email")
    assert verdict.code == "same-company"
    tracker.undo()
    assert tracker.check(1, FINE, channel="email") == ()


def test_several_are_removed_as_one_step_or_none_is(tracker: Tracker) -> None:
    before = [tracker.add(application(company=name)) for name in "ABC"]
    with pytest.raises(UnknownApplicationError):
        tracker.remove_all((1, 999))
    assert tracker.repository.applications() == tuple(before)
    assert tracker.remove_all((1, 3)) == (before[0], before[2])
    assert tracker.repository.applications() == (before[1],)
    assert tracker.undo().what == "remove 2 applications"
    assert tracker.repository.applications() == tuple(before)
