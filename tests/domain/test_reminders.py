"""Quiet hours on the user's clock, and what a reminder says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup.domain.reminders import QuietHours, ReminderSettings, told_opened

BERLIN = "Europe/Berlin"
NIGHT = QuietHours(time(22), time(8))
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
MINUTE = timedelta(minutes=1)


def berlin(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(BERLIN)).astimezone(
        UTC
    )


@pytest.mark.parametrize("day", [date(2026, 3, 11), SPRING, AUTUMN])
def test_a_night_goes_from_its_evening_to_its_morning(day: date) -> None:
    evening, morning = berlin(day - timedelta(days=1), 22), berlin(day, 8)
    assert not NIGHT.cover(evening - MINUTE, BERLIN)
    assert NIGHT.cover(evening, BERLIN)
    assert NIGHT.cover(morning - MINUTE, BERLIN)
    assert not NIGHT.cover(morning, BERLIN)


def test_an_hour_that_the_clock_shows_twice_is_quiet_both_times() -> None:
    early = QuietHours(time(1), time(2, 30))
    first, second = (
        datetime(2026, 10, 25, 2, 15, tzinfo=ZoneInfo(BERLIN), fold=fold).astimezone(UTC)
        for fold in (0, 1)
    )
    assert second - first == timedelta(hours=1)
    # In between as well: quiet hours end once.
    assert all(early.cover(first + n * MINUTE, BERLIN) for n in range(60))
    assert early.cover(second, BERLIN)
    assert not early.cover(second + 15 * MINUTE, BERLIN)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
        lambda one: one.replace(tzinfo=UTC)
    ),
    st.times(),
    st.times(),
    st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
@example(datetime(2026, 3, 29, 1, 10, tzinfo=UTC), time(2, 30), time(4), BERLIN)
def test_whatever_the_clock_shows_within_them_is_quiet(
    instant: datetime, begins: time, ends: time, zone: str
) -> None:
    shown = instant.astimezone(ZoneInfo(zone)).time()
    if begins == ends:
        return
    is_within = begins <= shown < ends if begins < ends else not ends <= shown < begins
    is_quiet = QuietHours(begins, ends).cover(instant, zone)
    assert is_quiet or not is_within
    if is_quiet != is_within:  # within an hour of a change of the clock alone
        offsets = {
            (instant + timedelta(hours=hours)).astimezone(ZoneInfo(zone)).utcoffset()
            for hours in (-3, 3)
        }
        assert len(offsets) == 2


@pytest.mark.parametrize(
    "text", ["22-8", "25:00-08:00", "22:00", "night", "08:00-08:00", "1:75-2:00"]
)
def test_what_is_no_time_of_the_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="22:00-08:00"):
        ReminderSettings(quiet=text)


@pytest.mark.parametrize("text", ["22:00-08:00", " 22:00 - 8:00 ", "22:00–08:00"])
def test_quiet_hours_are_read_as_people_write_them(text: str) -> None:
    assert QuietHours.of(text) == NIGHT


def test_without_quiet_hours_no_hour_is_quiet() -> None:
    assert not ReminderSettings().is_quiet(datetime(2026, 3, 11, 2, tzinfo=UTC), BERLIN)


def test_several_are_told_in_one_line() -> None:
    assert told_opened(["Globex"], names=True) == "1 follow-up opened: Globex"
    assert told_opened(["A", "B", "C"], names=True) == "3 follow-ups opened: A, B, C"
    assert told_opened(list("ABCDE"), names=True) == "5 follow-ups opened: A, B, C and 2 more"


def test_no_name_is_told_where_none_is_wanted() -> None:
    assert told_opened(["Globex", "Initech"], names=False) == "2 follow-ups opened"


def test_a_hostile_name_is_one_harmless_line() -> None:
    told = told_opened(["Evil\x1b]0;owned\x07\n‮Corp" + "x" * 500], names=True)
    assert told.isprintable()
    assert len(told) < 80
