"""The rules of ``patient`` in working days, sentence by sentence, with every shift told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

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
)
from followup.testing import check_policy
from followup_business_days import BusinessDays, BusinessDaysSettings, register_policies
from followup_business_days.office import Office

NEW_YORK = "America/New_York"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(month: int, day: int, hour: int, minute: int = 0, zone: str = NEW_YORK) -> datetime:
    """A time of day in 2026, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


ENDED = at(11, 17, 16)  # a Tuesday; Thanksgiving is Thursday of the week after
FOLLOWED_UP = at(11, 19, 16)
FAR = ENDED + 900 * DAY


def interview(ends: datetime = ENDED) -> Interview:
    return Interview(at=ends - HOUR, ends=ends, zone=NEW_YORK)


def sent(at: datetime, step: StepKind | None = None, *, failed: bool = False) -> FollowUp:
    return FollowUp(at=at, zone=NEW_YORK, step=step, failed=failed)


def promise(at: datetime, by: date) -> Promise:
    return Promise(at=at, zone=NEW_YORK, by=by)


def steps(*events: AnyEvent, zone: str = NEW_YORK, **settings: Any) -> list[Step]:
    """The steps that remain on a timeline, under the holidays of the United States."""
    timeline = Timeline.at(events, FAR)
    given_settings = BusinessDaysSettings(**{"country": "US", **settings})
    return list(BusinessDays().steps(timeline, given_settings, zone))


def kinds(*events: AnyEvent) -> list[StepKind]:
    return [step.kind for step in steps(*events)]


def step(kind: StepKind, *events: AnyEvent, **settings: Any) -> Step:
    return next(step for step in steps(*events, **settings) if step.kind is kind)


def test_the_policy_keeps_its_contract() -> None:
    check_policy(BusinessDays())


def test_the_plugin_gives_the_policy() -> None:
    (policy,) = register_policies()
    assert policy.name == "business-days"
    assert policy.settings_type() == BusinessDaysSettings()


def test_the_first_follow_up_opens_two_working_days_after_the_interview_ended() -> None:
    (first,) = steps(interview())
    assert first.kind is StepKind.FOLLOW_UP
    assert (first.opens, first.due) == (at(11, 19, 16), at(11, 20, 16))
    assert first.why == "2 working days after your interview ended Tue 17 Nov 16:00"
    (first,) = steps(interview(at(11, 20, 16)))
    assert (first.opens, first.due) == (at(11, 24, 16), at(11, 25, 16))


def test_a_holiday_on_the_way_is_told() -> None:
    (first,) = steps(interview(at(11, 25, 16)))
    assert first.opens == at(11, 30, 16)
    assert first.why == (
        "2 working days after your interview ended Wed 25 Nov 16:00,"
        " moved past Thanksgiving Day Thu 26 Nov to Mon 30 Nov 16:00"
    )
    assert steps(interview(at(11, 25, 16)), country="")[0].opens == at(11, 27, 16)


def test_what_ends_outside_the_window_counts_from_the_next_one() -> None:
    (first,) = steps(interview(at(11, 20, 18)))
    assert first.opens == at(11, 25, 9)
    assert first.why.endswith("ended Fri 20 Nov 18:00, counted from Mon 23 Nov 09:00")
    late_window: dict[str, Any] = {"window_opens": time(12), "window_closes": time(20)}
    assert steps(interview(at(11, 20, 18)), **late_window)[0].opens == at(11, 24, 18)


def test_the_window_is_that_of_the_employers_zone() -> None:
    ended = at(11, 17, 16, zone="Europe/Berlin")  # 10:00 in New York
    (here,) = steps(interview(ended), zone="Europe/Berlin", country="")
    (there,) = steps(interview(ended), zone="Europe/Berlin", country="", employer_zone=NEW_YORK)
    assert here.opens == there.opens == at(11, 19, 10)
    ended = at(11, 17, 18, zone="Europe/Berlin")
    (here,) = steps(interview(ended), zone="Europe/Berlin", country="")
    (there,) = steps(interview(ended), zone="Europe/Berlin", country="", employer_zone=NEW_YORK)
    assert here.opens == at(11, 20, 9, zone="Europe/Berlin")
    assert there.opens == at(11, 19, 12)


def test_both_clocks_are_told_where_they_differ() -> None:
    ended = at(11, 17, 10, zone="Europe/Berlin")
    (first,) = steps(interview(ended), zone="Europe/Berlin", employer_zone=NEW_YORK)
    assert first.why.endswith("counted from Tue 17 Nov 15:00 (09:00 in New York)")
    (first,) = steps(interview(ended), zone="Europe/Berlin", employer_zone="Pacific/Auckland")
    assert first.why.endswith("counted from Tue 17 Nov 21:00 (Wed 18 Nov 09:00 in Auckland)")


def test_it_never_opens_before_48_hours_have_passed() -> None:
    (first,) = steps(interview(), follow_up_after_working_days=1)
    assert first.opens == ENDED + 48 * HOUR
    assert first.why == (
        "1 working day after your interview ended Tue 17 Nov 16:00,"
        " moved past the first 48 h to Thu 19 Nov 16:00"
    )
    (first,) = steps(interview(), follow_up_after_hours=120)
    assert first.opens == at(11, 23, 9)
    # Clocks go forward on a Thursday night in Egypt: the same time of day is 47 hours away.
    wednesday = at(4, 22, 12, zone="Africa/Cairo")
    (first,) = steps(interview(wednesday), zone="Africa/Cairo", country="")
    assert first.opens - wednesday == 48 * HOUR
    assert first.why.endswith(
        "ended Wed 22 Apr 12:00, moved past the first 48 h to Fri 24 Apr 13:00"
    )


def test_check_ins_open_five_working_days_after_the_last_message_and_there_are_two() -> None:
    check_in = step(StepKind.CHECK_IN, interview(), sent(FOLLOWED_UP))
    assert (check_in.number, check_in.of) == (1, 2)
    assert (check_in.opens, check_in.due) == (at(11, 27, 16), at(11, 30, 16))
    assert check_in.why == (
        "5 working days after your last message Thu 19 Nov 16:00,"
        " moved past Thanksgiving Day Thu 26 Nov to Fri 27 Nov 16:00"
    )
    messages = (interview(), sent(FOLLOWED_UP), sent(check_in.opens))
    assert step(StepKind.CHECK_IN, *messages).number == 2
    assert kinds(*messages, sent(at(12, 4, 16))) == [StepKind.LAST_CALL]


def test_the_last_call_opens_15_working_days_after_the_interview_and_is_due_after_20() -> None:
    last_call = step(StepKind.LAST_CALL, interview(), sent(FOLLOWED_UP))
    assert last_call.opens == at(12, 9, 16)
    assert last_call.due == at(12, 16, 16)
    assert kinds(interview()) == [StepKind.FOLLOW_UP]
    assert kinds(sent(ENDED - DAY), interview()) == [StepKind.FOLLOW_UP]


def test_the_last_call_keeps_two_working_days_from_the_newest_message() -> None:
    newest = sent(at(12, 8, 18))
    last_call = step(StepKind.LAST_CALL, interview(), newest)
    assert last_call.opens == at(12, 11, 9)
    assert last_call.why.endswith(
        ", moved to 2 working days after the newest message Tue 8 Dec 18:00,"
        " counted from Wed 9 Dec 09:00"
    )
    answered = (sent(FOLLOWED_UP), Reply(at=newest.at), promise(newest.at, date(2026, 12, 8)))
    without_grace = {"last_call_working_days_after_promise": 0}
    resumed = step(StepKind.LAST_CALL, interview(), *answered, **without_grace)
    assert resumed.opens == at(12, 11, 9)
    late = step(StepKind.LAST_CALL, interview(), sent(at(12, 29, 10)))
    assert (late.opens, late.due) == (at(12, 31, 10), at(12, 31, 10) + 4 * DAY)


def test_a_check_in_gives_way_to_the_last_call() -> None:
    check_in, last_call = steps(interview(), sent(FOLLOWED_UP))
    assert check_in.lapses == last_call.opens
    assert kinds(interview(), sent(at(12, 2, 16))) == [StepKind.LAST_CALL]
    called = sent(at(12, 10, 16), StepKind.LAST_CALL)
    assert steps(interview(), sent(FOLLOWED_UP), called) == []


def test_a_promise_holds_check_ins_until_after_it_and_the_last_call_longer() -> None:
    promised = promise(FOLLOWED_UP, date(2026, 12, 24))
    check_in, last_call = steps(interview(), sent(FOLLOWED_UP), promised)
    assert check_in.opens == at(12, 28, 9)
    assert check_in.why.endswith(
        ", moved past the promised Thu 24 Dec and Christmas Day Fri 25 Dec to Mon 28 Dec 09:00"
    )
    assert last_call.opens == at(12, 28, 9) + 8 * DAY
    assert steps(interview(), promised)[0].opens == FOLLOWED_UP


def test_a_reply_ends_the_sequence_and_a_later_fact_takes_it_up() -> None:
    answered = (interview(), sent(FOLLOWED_UP), Reply(at=at(11, 20, 9)))
    assert steps(*answered) == []
    promised = promise(at(11, 20, 10), date(2026, 11, 23))
    check_in = step(StepKind.CHECK_IN, *answered, promised)
    assert (check_in.number, check_in.opens) == (1, at(11, 30, 10))
    assert check_in.why.startswith("5 working days after they promised an answer Fri 20 Nov 10:00")
    again = at(12, 1, 11)
    assert steps(*answered, interview(again))[0].opens == at(12, 3, 11)


def test_a_message_that_failed_does_not_count() -> None:
    assert kinds(interview(), sent(FOLLOWED_UP, failed=True)) == [StepKind.FOLLOW_UP]


def test_one_nudge_seven_working_days_after_applying_and_nothing_more() -> None:
    (nudge,) = steps(Applied(at=ENDED, zone=NEW_YORK))
    assert (nudge.kind, nudge.opens) == (StepKind.NUDGE, at(11, 27, 16))
    assert steps(Applied(at=ENDED), sent(at(11, 27, 16))) == []
    assert steps() == []


def test_many_holidays_are_counted_and_not_all_named() -> None:
    new_year = steps(Applied(at=at(2, 13, 10)), country="CN")[0].why
    assert "Chinese New Year's Eve Mon 16 Feb" in new_year
    assert " and 3 more to " in new_year


def test_every_duration_is_configurable() -> None:
    settings: dict[str, Any] = {
        "nudge_after_working_days": 1,
        "follow_up_after_working_days": 3,
        "check_in_after_working_days": 2,
        "check_ins": 1,
        "last_call_after_working_days": 5,
        "last_call_gap_working_days": 1,
        "last_call_due_after_working_days": 6,
        "last_call_working_days_after_promise": 1,
        "due_after_working_days": 2,
        "country": "",
    }
    (nudge,) = steps(Applied(at=ENDED), **settings)
    assert (nudge.opens, nudge.due) == (at(11, 18, 16), at(11, 20, 16))
    assert steps(interview(), **settings)[0].opens == at(11, 20, 16)
    check_in, last_call = steps(interview(), sent(FOLLOWED_UP), **settings)
    assert (check_in.opens, check_in.of) == (at(11, 23, 16), 1)
    assert (last_call.opens, last_call.due) == (at(11, 24, 16), at(11, 26, 16))
    (last_call,) = steps(interview(), sent(FOLLOWED_UP), sent(at(11, 24, 15)), **settings)
    assert last_call.opens == at(11, 25, 15)
    promised = promise(FOLLOWED_UP, date(2026, 11, 25))
    last_call = steps(interview(), sent(FOLLOWED_UP), promised, **settings)[-1]
    assert last_call.opens == at(11, 27, 9)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"country": "XX"}, "country 'XX' is unknown: give its ISO 3166 code"),
        ({"country": "MON"}, "country 'MON' is unknown"),
        ({"country": "US", "region": "ZZ"}, "region 'ZZ' of US is unknown: give one of AK, AL"),
        ({"country": "JP", "region": "13"}, "region '13' of JP is unknown: leave it out"),
        ({"region": "BY"}, "region 'BY' needs a country"),
        ({"employer_zone": "Mars/Olympus"}, "employer_zone 'Mars/Olympus' is unknown"),
        ({"employer_zone": "../../etc/passwd"}, "employer_zone"),
        ({"window_opens": time(17)}, "window_opens 17:00 is not before window_closes 17:00"),
        ({"window_opens": time(9, tzinfo=UTC)}, "window_opens"),
        ({"nudge_after_working_days": 10**9}, "nudge_after_working_days"),
        ({"check_ins": -1}, "check_ins"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(table: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError) as fault:
        convert(table, BusinessDaysSettings)
    assert complaint in str(fault.value)


def test_settings_are_read_as_a_configuration_file_has_them() -> None:
    table: dict[str, Any] = {
        "country": "de",
        "region": "BY",
        "window_opens": time(8),
        "employer_zone": "UTC",
    }
    settings = convert(table, BusinessDaysSettings)
    assert settings == BusinessDaysSettings(**table)
    (first,) = steps(interview(at(5, 29, 12)), country="de", region="BY")
    assert first.opens == at(6, 2, 12)


zones = st.sampled_from(("UTC", "Europe/Berlin", NEW_YORK, "Asia/Kathmandu", "Pacific/Auckland"))
minutes = st.integers(0, 180 * 24 * 60).map(lambda count: ENDED + count * timedelta(minutes=1))
facts: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(Applied, at=minutes),
    minutes.map(interview),
    st.builds(sent, minutes, st.none() | st.sampled_from(StepKind), failed=st.booleans()),
    st.builds(Reply, at=minutes),
    minutes.map(lambda at: promise(at, (at + 9 * DAY).date())),
)
places = st.sampled_from((("", ""), ("US", "CA"), ("DE", "BY"), ("SA", ""), ("CN", "")))


def settings_of(place: tuple[str, str], employer_zone: str) -> BusinessDaysSettings:
    country, region = place
    return BusinessDaysSettings(country=country, region=region, employer_zone=employer_zone)


all_settings = st.builds(settings_of, places, zones)


@given(st.lists(facts, max_size=8), all_settings, zones)
def test_no_step_opens_outside_the_window_and_no_last_call_comes_first(
    events: list[AnyEvent], settings: BusinessDaysSettings, zone: str
) -> None:
    timeline = Timeline.at(events, FAR)
    office = Office.of(settings, zone)
    for step in BusinessDays().steps(timeline, settings, zone):
        assert office.is_open(step.opens)
        assert office.is_open(step.due)
        assert step.opens <= step.due
        if step.kind is StepKind.LAST_CALL:
            assert timeline.interview
            assert timeline.sent_since(timeline.interview.ends)
        if step.kind is StepKind.FOLLOW_UP:
            assert timeline.interview
            assert step.opens >= timeline.interview.ends + 48 * HOUR


LONG_AFTER = ENDED + 200 * DAY
ANCHORED: list[Callable[[datetime], list[AnyEvent]]] = [
    lambda moment: [Applied(at=moment)],
    lambda moment: [interview(moment)],
    lambda moment: [interview(moment), sent(LONG_AFTER)],
    lambda moment: [Reply(at=ENDED), sent(moment)],
]


@pytest.mark.parametrize("anchored", ANCHORED)
@given(one=minutes, other=minutes, settings=all_settings, zone=zones)
def test_a_later_anchor_never_brings_an_earlier_date(
    anchored: Callable[[datetime], list[AnyEvent]],
    one: datetime,
    other: datetime,
    settings: BusinessDaysSettings,
    zone: str,
) -> None:
    earlier, later = (
        BusinessDays().steps(Timeline.at(anchored(moment), FAR), settings, zone)[-1]
        for moment in sorted((one, other))
    )
    assert earlier.opens <= later.opens
    assert earlier.due <= later.due
