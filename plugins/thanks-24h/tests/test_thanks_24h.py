"""The convention, sentence by sentence, and what holds for every timeline."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert
from msgspec.structs import replace

from followup.api import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Promise,
    Reply,
    Step,
    StepKind,
    Timeline,
    at_time,
)
from followup.testing import check_policy
from followup_thanks_24h import Thanks, ThanksSettings, register_policies

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BERLIN = "Europe/Berlin"
ENDED = datetime(2026, 11, 17, 15, tzinfo=UTC)  # a Tuesday, 16:00 in Berlin
THANKED = ENDED + HOUR
CLOCK = time(10, 30)
FAR = ENDED + 900 * DAY


def interview(ends: datetime = ENDED, *, cancelled: bool = False) -> Interview:
    return Interview(at=ends - HOUR, ends=ends, zone=BERLIN, cancelled=cancelled)


def sent(at: datetime, step: StepKind | None = None, *, failed: bool = False) -> FollowUp:
    return FollowUp(at=at, zone=BERLIN, step=step, failed=failed)


def promise(at: datetime, by: date) -> Promise:
    return Promise(at=at, zone=BERLIN, by=by)


def steps(*events: AnyEvent, settings: ThanksSettings | None = None) -> list[Step]:
    """The steps that remain on a timeline for somebody in Berlin."""
    timeline = Timeline.at(events, FAR)
    return list(Thanks().steps(timeline, settings or ThanksSettings(), BERLIN))


def kinds(*events: AnyEvent) -> list[StepKind]:
    return [step.kind for step in steps(*events)]


def test_the_policy_keeps_its_contract() -> None:
    check_policy(Thanks())


def test_the_plugin_gives_the_policy() -> None:
    (policy,) = register_policies()
    assert policy.name == "thanks-24h"
    assert policy.settings_type() == ThanksSettings()


def test_a_thank_you_opens_when_the_interview_ends_and_is_due_24_hours_later() -> None:
    (thank_you,) = steps(interview())
    assert thank_you.kind is StepKind.THANK_YOU
    assert (thank_you.opens, thank_you.due) == (ENDED, ENDED + 24 * HOUR)
    assert thank_you.why == "right after your interview ended Tue 17 Nov 16:00"


def test_24_hours_across_a_clock_change_are_24_hours() -> None:
    for eve in (date(2026, 3, 28), date(2026, 10, 24)):
        ends = datetime(eve.year, eve.month, eve.day, 16, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)
        (thank_you,) = steps(interview(ends))
        assert thank_you.due - ends == 24 * HOUR


def test_an_interview_without_a_time_says_how_it_was_counted() -> None:
    (thank_you,) = steps(replace(interview(), date_only=True))
    assert thank_you.why == "right after your interview Tue 17 Nov, taken to end at 18:00"


def test_a_check_in_opens_five_working_days_after_the_thank_you() -> None:
    (check_in,) = steps(interview(), sent(THANKED))
    assert (check_in.kind, check_in.number, check_in.of) == (StepKind.CHECK_IN, 1, 2)
    assert check_in.opens == THANKED + 7 * DAY
    assert check_in.due == check_in.opens + 24 * HOUR
    assert check_in.why == "5 working days after your last message Tue 17 Nov 17:00"


def test_working_days_keep_the_time_of_day_across_a_clock_change() -> None:
    (check_in,) = steps(
        interview(ENDED - 30 * DAY), sent(at_time(date(2026, 10, 22), CLOCK, BERLIN))
    )
    assert check_in.opens == at_time(date(2026, 10, 29), CLOCK, BERLIN)


def test_a_thank_you_on_a_weekend_counts_from_the_start_of_monday() -> None:
    for weekend_day in (21, 22):
        thanked = datetime(2026, 11, weekend_day, 9, tzinfo=UTC)
        (check_in,) = steps(interview(), sent(thanked))
        assert check_in.opens == datetime(2026, 11, 29, 23, tzinfo=UTC)
        assert check_in.why.endswith(":00, counted from Mon 23 Nov")


def test_a_second_check_in_opens_a_week_after_the_first_and_then_it_rests() -> None:
    messages: list[AnyEvent] = [interview(), sent(THANKED), sent(THANKED + 8 * DAY)]
    (check_in,) = steps(*messages)
    assert (check_in.number, check_in.of) == (2, 2)
    assert check_in.opens == THANKED + 15 * DAY
    assert check_in.why == "7 days after your last message Wed 25 Nov 17:00"
    assert steps(*messages, sent(THANKED + 15 * DAY)) == []


def test_nothing_remains_after_a_last_call_by_another_policy() -> None:
    assert steps(interview(), sent(THANKED, StepKind.LAST_CALL)) == []


def test_a_promise_moves_a_check_in_to_the_day_after_it() -> None:
    promised = promise(ENDED, date(2026, 12, 4))
    (check_in,) = steps(interview(), promised, sent(THANKED))
    assert check_in.opens == datetime(2026, 12, 4, 23, tzinfo=UTC)
    assert check_in.why.endswith(", moved to the day after the promised Fri 4 Dec")
    assert steps(interview(), promised)[0].opens == ENDED
    soon = promise(ENDED, date(2026, 11, 19))
    assert steps(interview(), soon, sent(THANKED)) == steps(interview(), sent(THANKED))


def test_a_reply_ends_the_sequence_and_a_later_round_starts_it_again() -> None:
    answered = (interview(), sent(THANKED), Reply(at=ENDED + DAY))
    assert steps(*answered) == []
    again = ENDED + 9 * DAY
    (thank_you,) = steps(*answered, interview(again))
    assert (thank_you.kind, thank_you.opens) == (StepKind.THANK_YOU, again)
    cancelled = interview(ENDED + 3 * DAY, cancelled=True)
    assert steps(interview(), cancelled) == steps(interview())


def test_a_later_promise_or_message_takes_it_up_with_check_ins_counted_from_it() -> None:
    answered = (interview(), sent(THANKED), Reply(at=ENDED + DAY))
    promised = promise(ENDED + 2 * DAY, date(2026, 11, 20))
    (check_in,) = steps(*answered, promised)
    assert (check_in.number, check_in.opens) == (1, promised.at + 7 * DAY)
    assert check_in.why == "5 working days after they promised an answer Thu 19 Nov 16:00"
    (check_in,) = steps(*answered, sent(ENDED + 3 * DAY))
    assert (check_in.number, check_in.opens) == (1, ENDED + 10 * DAY)


def test_a_message_that_failed_does_not_count() -> None:
    assert kinds(interview(), sent(THANKED, failed=True)) == [StepKind.THANK_YOU]
    kept = (interview(), sent(THANKED))
    assert steps(*kept, sent(THANKED + DAY, failed=True)) == steps(*kept)


def test_one_nudge_ten_days_after_applying_and_nothing_more() -> None:
    (nudge,) = steps(Applied(at=ENDED, zone=BERLIN))
    assert (nudge.kind, nudge.opens) == (StepKind.NUDGE, ENDED + 10 * DAY)
    assert nudge.due == ENDED + 11 * DAY
    assert nudge.why == "10 days after you applied Tue 17 Nov 16:00"
    assert steps(Applied(at=ENDED), sent(ENDED + 10 * DAY)) == []
    assert steps() == []


def test_every_duration_is_configurable() -> None:
    settings = ThanksSettings(
        nudge_after_days=3,
        thank_you_due_after_hours=12,
        check_in_after_working_days=2,
        check_in_again_after_days=4,
        check_ins=3,
        due_after_hours=6,
    )
    (nudge,) = steps(Applied(at=ENDED), settings=settings)
    assert (nudge.opens, nudge.due) == (ENDED + 3 * DAY, ENDED + 3 * DAY + 6 * HOUR)
    assert steps(interview(), settings=settings)[0].due == ENDED + 12 * HOUR
    messages: list[AnyEvent] = [interview(), sent(THANKED)]
    (first,) = steps(*messages, settings=settings)
    assert (first.opens, first.of) == (THANKED + 2 * DAY, 3)
    messages += [sent(first.opens)]
    (second,) = steps(*messages, settings=settings)
    assert second.opens == first.opens + 4 * DAY
    assert second.due == second.opens + 6 * HOUR


@pytest.mark.parametrize(
    "table", [{"check_ins": -1}, {"check_in_after_working_days": 10**9}, {"due_after_days": 1}]
)
def test_a_setting_that_makes_no_sense_is_named(table: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match=next(iter(table))):
        convert(table, ThanksSettings)


zones = st.sampled_from((BERLIN, "UTC", "America/New_York", "America/Santiago", "Pacific/Apia"))
minutes = st.integers(0, 60 * 24 * 60).map(lambda count: ENDED + count * timedelta(minutes=1))
facts: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(Applied, at=minutes),
    minutes.map(interview),
    st.builds(sent, minutes, st.none() | st.sampled_from(StepKind), failed=st.booleans()),
    st.builds(Reply, at=minutes),
    minutes.map(lambda at: promise(at, (at + 9 * DAY).date())),
)


@given(st.lists(facts, max_size=8), zones)
def test_there_is_at_most_one_step_and_never_a_last_call(events: list[AnyEvent], zone: str) -> None:
    timeline = Timeline.at(events, FAR)
    remaining = Thanks().steps(timeline, ThanksSettings(), zone)
    assert len(remaining) <= 1
    for step in remaining:
        assert step.kind is not StepKind.LAST_CALL
        assert step.opens <= step.due
        assert timeline.interview is None or step.kind is not StepKind.NUDGE


@given(minutes, minutes, zones)
def test_a_later_message_never_brings_an_earlier_check_in(
    one: datetime, other: datetime, zone: str
) -> None:
    earlier, later = (
        Thanks().steps(Timeline.at([interview(), sent(at)], FAR), ThanksSettings(), zone)[0]
        for at in sorted((one, other))
    )
    assert earlier.opens <= later.opens
    assert earlier.due <= later.due
    assert later.opens - max(one, other) >= 7 * DAY - 2 * HOUR
