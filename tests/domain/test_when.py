"""Dates as people type them (design, section 7)."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.errors import InputError
from followup.domain.when import Preference, When, parse_when

BERLIN = "Europe/Berlin"
WEDNESDAY = datetime(2026, 3, 11, 14, tzinfo=UTC)  # 15:00 in Berlin


def local(text: str, prefer: Preference = "past", now: datetime = WEDNESDAY) -> str:
    """The moment as Berlin's clocks show it; a date alone without a time."""
    when = parse_when(text, now, BERLIN, prefer)
    if when.date_only:
        return when.day.isoformat()
    return f"{when.instant.astimezone(ZoneInfo(BERLIN)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-12T15:59:00Z", datetime(2026, 3, 12, 15, 59, tzinfo=UTC)),
        ("2026-03-12 15:59+02:00", datetime(2026, 3, 12, 13, 59, tzinfo=UTC)),
        ("2026-03-12T15:59:07.25-05:30", datetime(2026, 3, 12, 21, 29, 7, 250000, tzinfo=UTC)),
        ("2026-03-12T15:59", datetime(2026, 3, 12, 14, 59, tzinfo=UTC)),
        ("2026-03-12 15:59:30", datetime(2026, 3, 12, 14, 59, 30, tzinfo=UTC)),
        ("20260312T1559", datetime(2026, 3, 12, 14, 59, tzinfo=UTC)),
        ("2026-07-12 15:00", datetime(2026, 7, 12, 13, tzinfo=UTC)),
        ("2026-3-12 9:00", datetime(2026, 3, 12, 8, tzinfo=UTC)),
    ],
)
def test_iso_moments(text: str, instant: datetime) -> None:
    when = parse_when(text, WEDNESDAY, BERLIN)
    assert (when.instant, when.date_only) == (instant, False)


@pytest.mark.parametrize("text", ["2026-03-12", "20260312", "2026-3-12", "2026/03/12", "tomorrow"])
def test_a_day_alone_is_noon_in_the_users_zone(text: str) -> None:
    assert parse_when(text, WEDNESDAY, BERLIN) == When(
        instant=datetime(2026, 3, 12, 11, tzinfo=UTC), date_only=True, day=date(2026, 3, 12)
    )


def test_the_day_is_that_of_the_users_zone() -> None:
    assert parse_when("2026-03-12T23:30Z", WEDNESDAY, BERLIN).day == date(2026, 3, 13)


def test_now_is_now_to_the_microsecond() -> None:
    now = WEDNESDAY.replace(microsecond=123456)
    assert parse_when("now", now, BERLIN).instant == now


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("today", "2026-03-11", "2026-03-11"),
        ("Yesterday", "2026-03-10", "2026-03-10"),
        ("the day after tomorrow", "2026-03-13", "2026-03-13"),
        ("yesterday 3pm", "2026-03-10 15:00", "2026-03-10 15:00"),
        ("tomorrow at 9", "2026-03-12 09:00", "2026-03-12 09:00"),
        ("at 9 tomorrow", "2026-03-12 09:00", "2026-03-12 09:00"),
        ("tomorrow at noon", "2026-03-12 12:00", "2026-03-12 12:00"),
        ("9.30 a.m. tomorrow", "2026-03-12 09:30", "2026-03-12 09:30"),
        ("2 days ago", "2026-03-09", "2026-03-09"),
        ("two days ago at 3pm", "2026-03-09 15:00", "2026-03-09 15:00"),
        ("a week ago", "2026-03-04", "2026-03-04"),
        ("1 month ago", "2026-02-11", "2026-02-11"),
        ("in 3 days", "2026-03-14", "2026-03-14"),
        ("in 2 hours", "2026-03-11 17:00", "2026-03-11 17:00"),
        ("10 minutes ago", "2026-03-11 14:50", "2026-03-11 14:50"),
        ("fri", "2026-03-06", "2026-03-13"),
        ("fri 14:00", "2026-03-06 14:00", "2026-03-13 14:00"),
        ("Friday, 2pm", "2026-03-06 14:00", "2026-03-13 14:00"),
        ("next tuesday 10:30", "2026-03-17 10:30", "2026-03-17 10:30"),
        ("last monday", "2026-03-09", "2026-03-09"),
        ("last wed", "2026-03-04", "2026-03-04"),
        ("last thu 17:00", "2026-03-05 17:00", "2026-03-05 17:00"),
        ("next wed", "2026-03-18", "2026-03-18"),
        ("next tue", "2026-03-17", "2026-03-17"),
        ("1 year ago", "2025-03-11", "2025-03-11"),
        ("2026.03.04", "2026-03-04", "2026-03-04"),
        ("2026.03.04 15.30", "2026-03-04 15:30", "2026-03-04 15:30"),
        ("nov 5", "2025-11-05", "2026-11-05"),
        ("11 march", "2026-03-11", "2026-03-11"),
        ("5 dec 2026 14:00", "2026-12-05 14:00", "2026-12-05 14:00"),
        ("Dec 5th, 2026 at 14:00", "2026-12-05 14:00", "2026-12-05 14:00"),
        ("13/04/2026", "2026-04-13", "2026-04-13"),
        ("04/13/2026", "2026-04-13", "2026-04-13"),
        # Said on a Wednesday at 15:00:
        ("wed", "2026-03-11", "2026-03-11"),
        ("wed 9:00", "2026-03-11 09:00", "2026-03-18 09:00"),
        ("wed 16:00", "2026-03-04 16:00", "2026-03-11 16:00"),
        ("14:00", "2026-03-11 14:00", "2026-03-12 14:00"),
        ("16:00", "2026-03-10 16:00", "2026-03-11 16:00"),
    ],
)
def test_phrases_lean_to_the_preferred_side(text: str, past: str, future: str) -> None:
    assert (local(text, "past"), local(text, "future")) == (past, future)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterdayish",
        "13/45/2020",
        "2026-13-05",
        "2026-02-30",
        "feb 30",
        "12",
        "48",
        "1h",
        "1d",
        "2w",
        "2026",
        "1700000000",
        "march",
        "next month",
        "today 25:00",
        "yesterday 9:99",
        "tomorrow 9",
        "tomorrow at nine",
        "fri 9",
        "fri 14h",
        "yesterday and today",
        "2 hours ago at 9",
        "tue 14:00 CET",
        "5 dec 2026 14:00 +0200",
        "2 days ago CET",
        "tuesday 5 dec 2026",
        "in 99999999999999 days",
        "x" * 5000,
        "\x1b]0;x\x07",
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_with_examples(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_when(text, WEDNESDAY, BERLIN)
    told = str(refused.value)
    assert "yesterday 3pm" in told
    assert told.isprintable()
    assert len(told) < 250


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "12-11-2026"])
def test_a_date_that_could_be_two_days_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="could be two days: write it as 2026-MM-DD"):
        parse_when(text, WEDNESDAY, BERLIN)


@pytest.mark.parametrize(
    "text", ["1969-12-31", "2201-01-01T00:00Z", "0001-01-01T00:00+14:00", "5 dec 1926"]
)
def test_years_out_of_reach_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="1970 to 2200"):
        parse_when(text, WEDNESDAY, BERLIN)


def test_hours_are_counted_across_a_clock_change() -> None:
    night = datetime(2026, 3, 28, 12, tzinfo=UTC)  # Berlin's clocks go forward that night
    assert parse_when("in 24 hours", night, BERLIN).instant == night + timedelta(hours=24)
    assert parse_when("24 hours ago", night, BERLIN).instant == night - timedelta(hours=24)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        # Skipped at 2:00 in the morning: the reading that shows 3:30 is the later one.
        ("2026-03-29 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # Occurs twice: the second time counts.
        ("25 oct 2026 2:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_time_that_a_clock_change_blurs_counts_as_the_later_one(
    text: str, instant: datetime
) -> None:
    assert parse_when(text, WEDNESDAY, BERLIN).instant == instant


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2200, 12, 30), timezones=st.just(UTC)),
    st.sampled_from([BERLIN, "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC"]),
)
def test_iso_instants_come_back_as_they_were(instant: datetime, zone: str) -> None:
    assert parse_when(instant.isoformat(), WEDNESDAY, zone).instant == instant
    spoken_locally = instant.astimezone(ZoneInfo(zone)).isoformat()
    assert parse_when(spoken_locally, WEDNESDAY, zone).instant == instant


@given(st.text(max_size=30), st.sampled_from(["past", "future"]))
def test_any_text_is_a_moment_or_refused(text: str, prefer: Preference) -> None:
    try:
        when = parse_when(text, WEDNESDAY, BERLIN, prefer)
    except InputError:
        return
    assert when.instant.tzinfo is UTC


def test_dateparser_is_loaded_for_phrases_alone() -> None:
    program = (
        "import sys; from datetime import UTC, datetime;"
        "from followup.domain.when import parse_when;"
        "now = datetime(2026, 3, 11, tzinfo=UTC);"
        "[parse_when(text, now, 'UTC') for text in ('2026-03-12', 'yesterday 3pm', 'fri', 'now')];"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
