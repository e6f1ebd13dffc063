"""Series of events: the next one counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars import calendar, event, interviews, only_interview, read, taken
from exports import NOW

MONDAY = "DTSTART;TZID=Europe/Berlin:20260202T100000"


def next_of(*lines: str) -> datetime:
    """When the next event of a series is, on the clocks of UTC."""
    return only_interview(calendar(event("SUMMARY:Interview", *lines))).at.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("FREQ=WEEKLY", (3, 16)),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", (3, 16)),
        ("FREQ=WEEKLY;BYDAY=MO,TH", (3, 12)),
        ("FREQ=DAILY", (3, 11)),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", (3, 11)),
        ("FREQ=MONTHLY", (4, 2)),
        ("FREQ=MONTHLY;BYDAY=3WE", (3, 18)),
        ("FREQ=MONTHLY;BYMONTHDAY=20,10", (3, 20)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=2", (2, 2)),
        ("FREQ=WEEKLY;COUNT=3", (2, 16)),  # all over: the last
        ("FREQ=WEEKLY;UNTIL=20260216T090000Z", (2, 16)),
        ("FREQ=WEEKLY;UNTIL=20260216", (2, 16)),
    ],
)
def test_the_next_one_by_a_rule(rule: str, day: tuple[int, int]) -> None:
    found = next_of(MONDAY, f"RRULE:{rule}")
    assert (found.month, found.day) == day


def test_a_series_keeps_its_hour_over_a_clock_change() -> None:
    assert next_of(MONDAY, "RRULE:FREQ=MONTHLY") == datetime(2026, 4, 2, 8)


@pytest.mark.parametrize(
    "exception",
    [
        "EXDATE;TZID=Europe/Berlin:20260316T100000",
        "EXDATE:20260316T090000Z",
        "EXDATE;VALUE=DATE:20260316",
        "EXDATE:rubbish,20260316T090000Z",
    ],
)
def test_dates_that_are_left_out(exception: str) -> None:
    assert next_of(MONDAY, "RRULE:FREQ=WEEKLY", exception) == datetime(2026, 3, 23, 9)


def test_dates_that_are_added() -> None:
    assert next_of(MONDAY, "RDATE:20260311T130000Z,20260401T130000Z") == datetime(2026, 3, 11, 13)


def test_days_can_be_a_series() -> None:
    data = calendar(
        event("SUMMARY:Interview", "DTSTART;VALUE=DATE:20260305", "RRULE:FREQ=WEEKLY;COUNT=4")
    )
    assert only_interview(data).day == date(2026, 3, 12)


def test_a_date_that_was_moved_or_called_off() -> None:
    series = event("SUMMARY:Interview", MONDAY, "RRULE:FREQ=WEEKLY")
    moved = event("SUMMARY:Interview", "RECURRENCE-ID:20260316T090000Z", "DTSTART:20260317T150000Z")
    off = moved.replace("DTSTART", "STATUS:CANCELLED\r\nDTSTART")
    assert only_interview(calendar(series, moved)).at.day == 17
    assert only_interview(calendar(series, off)).at.day == 23


def test_a_change_of_one_date_finds_it_again() -> None:
    series = event("SUMMARY:Interview with Globex", MONDAY, "RRULE:FREQ=WEEKLY")
    moved = event(
        "SUMMARY:Interview with Globex",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260316T100000",
        "DTSTART:20260318T150000Z",
        "SEQUENCE:1",
    )
    (one,) = taken([calendar(series), calendar(moved)])
    assert [interview.at.day for interview in interviews(one)] == [18]


def test_a_series_can_be_called_off_as_a_whole() -> None:
    series = event("SUMMARY:Interview with Globex", MONDAY, "RRULE:FREQ=WEEKLY")
    off = event("SUMMARY:Interview with Globex", MONDAY, "SEQUENCE:1")
    (one,) = taken([calendar(series), calendar(off, method="CANCEL")])
    assert [interview.cancelled for interview in interviews(one)] == [True]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=999999999",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=",
        "COUNT=3",
        "rubbish",
    ],
)
def test_a_rule_that_no_interview_has_is_said(rule: str) -> None:
    data = calendar(event("SUMMARY:Interview", MONDAY, f"RRULE:{rule}"))
    assert "only its first date counts" in read(data).problems[0].text
    assert only_interview(data).at.day == 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
        "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2;BYSECOND=0,1,2",
    ],
)
def test_a_rule_that_is_a_bomb_ends(rule: str) -> None:
    assert next_of(MONDAY, f"RRULE:{rule}") >= datetime(2026, 2, 2)


rules = st.builds(
    "FREQ={};INTERVAL={};COUNT={}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 40),
    st.integers(1, 60),
)


@given(rule=rules, days=st.integers(-400, 40))
def test_the_next_one_is_not_over_where_any_is_left(rule: str, days: int) -> None:
    start = NOW + timedelta(days=days)
    interview = only_interview(
        calendar(event("SUMMARY:Interview", f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"RRULE:{rule}"))
    )
    assert interview.at >= start
    if days >= 0:
        assert interview.at == start
