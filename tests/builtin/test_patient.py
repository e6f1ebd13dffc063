"""Section 3 of the design, sentence by sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from builders import (
    DAY,
    HOUR,
    NOON,
    applied,
    interview,
    outcome,
    promise,
    reply,
    sent,
    standing,
)
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.events import AnyEvent
from followup.domain.step import Step, StepKind
from followup.domain.timeline import Timeline

ENDED = NOON
FAR = NOON + 900 * DAY


def steps(*events: AnyEvent, settings: PatientSettings | None = None) -> list[Step]:
    """The steps that remain on a timeline, without regard to any clock."""
    timeline = Timeline.at(events, FAR)
    return list(Patient().steps(timeline, settings or PatientSettings(), "Europe/Berlin"))


def kinds(*events: AnyEvent) -> list[StepKind]:
    return [step.kind for step in steps(*events)]


def step(kind: StepKind, *events: AnyEvent) -> Step:
    return next(step for step in steps(*events) if step.kind is kind)


def test_the_first_follow_up_opens_48_hours_after_the_interview_ended() -> None:
    (first,) = steps(interview(ENDED))
    assert first.kind is StepKind.FOLLOW_UP
    assert first.opens == ENDED + 48 * HOUR
    assert first.due == ENDED + 72 * HOUR
    assert first.why == "48 h after your interview ended Tue 10 Mar 13:00"


def test_48_hours_across_a_clock_change_are_48_hours() -> None:
    new_york = ZoneInfo("America/New_York")
    for wall in (datetime(2026, 3, 7, 15), datetime(2026, 10, 31, 15)):
        ended = wall.replace(tzinfo=new_york).astimezone(UTC)
        (first,) = steps(interview(ended, zone="America/New_York"))
        assert first.opens - ended == 48 * HOUR


def test_a_later_round_starts_the_clock_anew() -> None:
    second = ENDED + 8 * DAY
    events = (interview(ENDED), sent(ENDED + 2 * DAY), interview(second))
    assert [s.kind for s in steps(*events)] == [StepKind.FOLLOW_UP]
    assert steps(*events)[0].opens == second + 48 * HOUR


def test_a_cancelled_round_does_not() -> None:
    events = (interview(ENDED), interview(ENDED + 8 * DAY, cancelled=True))
    assert steps(*events)[0].opens == ENDED + 48 * HOUR


def test_check_ins_open_a_week_after_the_last_message_and_there_are_two() -> None:
    first, second, third = (ENDED + days * DAY for days in (2, 9, 16))
    check_in = step(StepKind.CHECK_IN, interview(ENDED), sent(first))
    assert check_in.opens == first + 7 * DAY
    assert check_in.due == first + 8 * DAY
    assert (check_in.number, check_in.of) == (1, 2)
    check_in = step(StepKind.CHECK_IN, interview(ENDED), sent(first), sent(second))
    assert check_in.opens == second + 7 * DAY
    assert check_in.number == 2
    assert kinds(interview(ENDED), sent(first), sent(second), sent(third)) == [StepKind.LAST_CALL]


def test_the_last_call_opens_21_days_after_the_interview_once_something_was_sent() -> None:
    assert kinds(interview(ENDED)) == [StepKind.FOLLOW_UP]
    last_call = step(StepKind.LAST_CALL, interview(ENDED), sent(ENDED + 2 * DAY))
    assert last_call.opens == ENDED + 21 * DAY
    assert last_call.due == ENDED + 28 * DAY


def test_the_last_call_keeps_48_hours_from_the_newest_message() -> None:
    newest = ENDED + 20 * DAY
    last_call = step(StepKind.LAST_CALL, interview(ENDED), sent(newest))
    assert last_call.opens == newest + 48 * HOUR
    assert "moved to 48 h after" in last_call.why
    late = ENDED + 60 * DAY
    assert step(StepKind.LAST_CALL, interview(ENDED), sent(late)).due == late + 72 * HOUR


def test_never_nuclear_on_number_one() -> None:
    stood = standing(interview(ENDED), now=ENDED + 40 * DAY)
    assert stood.next is not None
    assert stood.next.kind is StepKind.FOLLOW_UP


def test_a_message_before_this_interview_does_not_allow_a_last_call() -> None:
    assert kinds(sent(ENDED - 3 * DAY), interview(ENDED)) == [StepKind.FOLLOW_UP]


def test_an_unsent_check_in_gives_way_when_the_last_call_opens() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY))
    before = standing(*events, now=ENDED + 21 * DAY - HOUR).next
    after = standing(*events, now=ENDED + 21 * DAY).next
    assert before is not None
    assert before.kind is StepKind.CHECK_IN
    assert after is not None
    assert after.kind is StepKind.LAST_CALL


def test_a_check_in_that_would_open_after_the_last_call_is_not_foreseen() -> None:
    assert kinds(interview(ENDED), sent(ENDED + 18 * DAY)) == [StepKind.LAST_CALL]


def test_a_check_in_that_would_open_with_the_last_call_gives_way_at_once() -> None:
    assert kinds(interview(ENDED), sent(ENDED + 14 * DAY)) == [StepKind.LAST_CALL]


def test_after_the_last_call_no_steps_remain() -> None:
    called = sent(ENDED + 22 * DAY, StepKind.LAST_CALL)
    assert steps(interview(ENDED), sent(ENDED + 2 * DAY), called) == []


def test_a_promise_moves_check_ins_to_the_day_after_it_in_the_users_zone() -> None:
    promised = promise(ENDED + DAY, date(2026, 3, 27), zone="America/New_York")
    events = (interview(ENDED), sent(ENDED + 2 * DAY), promised)
    check_in = step(StepKind.CHECK_IN, *events)
    assert check_in.opens == datetime(2026, 3, 28, 4, tzinfo=UTC)
    assert check_in.why.endswith("moved to the day after the promised Fri 27 Mar")
    last_call = step(StepKind.LAST_CALL, *events)
    assert last_call.opens == check_in.opens + 7 * DAY
    assert "7 days after the promised" in last_call.why


def test_an_early_promise_moves_nothing_and_the_first_follow_up_keeps_its_48_hours() -> None:
    soon = promise(ENDED + HOUR, (ENDED + 3 * DAY).date())
    far = promise(ENDED + HOUR, (ENDED + 30 * DAY).date())
    assert steps(interview(ENDED), far)[0].opens == ENDED + 48 * HOUR
    events = (interview(ENDED), soon, sent(ENDED + 2 * DAY))
    assert step(StepKind.CHECK_IN, *events).opens == ENDED + 9 * DAY
    assert step(StepKind.LAST_CALL, *events).opens == ENDED + 21 * DAY


def test_one_nudge_ten_days_after_applying_and_nothing_more() -> None:
    (nudge,) = steps(applied(NOON))
    assert nudge.kind is StepKind.NUDGE
    assert nudge.opens == NOON + 10 * DAY
    assert nudge.due == NOON + 11 * DAY
    assert steps(applied(NOON), sent(NOON + 10 * DAY)) == []


def test_a_nudge_that_failed_is_still_to_be_sent() -> None:
    assert kinds(applied(NOON), sent(NOON + 10 * DAY, failed=True)) == [StepKind.NUDGE]


def test_a_reply_ends_the_sequence_and_a_later_interview_starts_it_again() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY), reply(ENDED + 3 * DAY))
    assert standing(*events, now=ENDED + 40 * DAY).steps == ()
    again = ENDED + 9 * DAY
    assert steps(*events, interview(again))[0].opens == again + 48 * HOUR


def test_a_promise_after_a_reply_resumes_with_check_ins_counted_from_it() -> None:
    promised = promise(ENDED + 5 * DAY, (ENDED + 6 * DAY).date())
    events = (interview(ENDED), sent(ENDED + 2 * DAY), reply(ENDED + 3 * DAY), promised)
    check_in = step(StepKind.CHECK_IN, *events)
    assert check_in.opens == promised.at + 7 * DAY
    assert (check_in.number, check_in.of) == (1, 2)


def test_a_follow_up_after_a_reply_resumes_with_check_ins_counted_from_it() -> None:
    again = ENDED + 5 * DAY
    events = (interview(ENDED), sent(ENDED + 2 * DAY), reply(ENDED + 3 * DAY), sent(again))
    check_in = step(StepKind.CHECK_IN, *events)
    assert check_in.opens == again + 7 * DAY
    assert (check_in.number, check_in.of) == (1, 2)


def test_a_promise_after_a_reply_without_interview_is_followed_up_too() -> None:
    promised = promise(NOON + 3 * DAY, (NOON + 4 * DAY).date())
    assert kinds(applied(NOON), reply(NOON + 2 * DAY), promised) == [StepKind.CHECK_IN]


def test_no_more_than_two_check_ins_are_counted_from_a_promise_or_a_message() -> None:
    after = NOON + 3 * DAY
    promised = promise(after, after.date())
    two = [sent(after + days * DAY) for days in (7, 14)]
    assert kinds(reply(NOON), promised, two[0]) == [StepKind.CHECK_IN]
    assert kinds(reply(NOON), promised, *two) == []
    first = sent(after)
    assert kinds(reply(NOON), first, two[0]) == [StepKind.CHECK_IN]
    assert kinds(reply(NOON), first, *two) == []


def test_facts_of_one_instant_count_in_the_order_in_which_they_were_recorded() -> None:
    promised = promise(ENDED, ENDED.date())
    assert kinds(interview(ENDED), reply(ENDED)) == []
    assert kinds(interview(ENDED), reply(ENDED), promised) == [StepKind.CHECK_IN]
    assert kinds(reply(ENDED), interview(ENDED)) == [StepKind.FOLLOW_UP]
    (resumed,) = steps(reply(NOON), promised, sent(NOON))
    assert resumed.number == 2


def test_a_follow_up_that_failed_does_not_count_as_sent() -> None:
    first, failed = sent(ENDED + 2 * DAY), sent(ENDED + 9 * DAY, failed=True)
    assert kinds(interview(ENDED), failed) == [StepKind.FOLLOW_UP]
    assert step(StepKind.CHECK_IN, interview(ENDED), first, failed).opens == ENDED + 9 * DAY


def test_an_interview_without_a_time_says_how_it_was_counted() -> None:
    from msgspec.structs import replace

    (first,) = steps(replace(interview(ENDED), date_only=True))
    assert first.why == "48 h after your interview Tue 10 Mar, taken to end at 18:00"


def test_every_duration_is_configurable() -> None:
    settings = PatientSettings(
        nudge_after_days=3,
        follow_up_after_hours=24,
        check_in_after_days=2,
        check_ins=1,
        last_call_after_days=5,
        last_call_gap_hours=12,
        last_call_due_after_days=6,
        last_call_days_after_promise=1,
        due_after_hours=6,
    )
    assert steps(applied(NOON), settings=settings)[0].opens == NOON + 3 * DAY
    (first,) = steps(interview(ENDED), settings=settings)
    assert (first.opens, first.due) == (ENDED + DAY, ENDED + DAY + 6 * HOUR)
    check_in, last_call = steps(interview(ENDED), sent(ENDED + DAY), settings=settings)
    assert check_in.opens == ENDED + 3 * DAY
    assert (last_call.opens, last_call.due) == (ENDED + 5 * DAY, ENDED + 6 * DAY)
    only_last = steps(
        interview(ENDED), sent(ENDED + DAY), sent(ENDED + 4.9 * DAY), settings=settings
    )
    assert [s.kind for s in only_last] == [StepKind.LAST_CALL]
    assert only_last[0].opens == ENDED + 4.9 * DAY + 12 * HOUR
    promised = promise(ENDED, (ENDED + 9 * DAY).date())
    last_call = steps(interview(ENDED), sent(ENDED + DAY), promised, settings=settings)[-1]
    assert last_call.opens == promised.over + DAY


def test_an_outcome_leaves_no_steps() -> None:
    assert standing(interview(ENDED), outcome(ENDED + HOUR), now=ENDED + 3 * DAY).steps == ()
