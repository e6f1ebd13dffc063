"""Zones by the names that programs give them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from calendars import calendar, event, only_interview, read

SUMMER, NOON = "20260701T120000", datetime(2026, 7, 1, 12, tzinfo=UTC)


def hour_of(tzid: str, *definitions: str) -> int:
    """The hour in UTC at which it is noon in summer, in a zone of this name."""
    data = calendar(*definitions, event("SUMMARY:Interview", f"DTSTART;TZID={tzid}:{SUMMER}"))
    return only_interview(data).at.hour


def definition(name: str, *lines: str) -> str:
    """The definition of a zone."""
    return "\r\n".join(("BEGIN:VTIMEZONE", f"TZID:{name}", *lines, "END:VTIMEZONE"))


def part(kind: str, before: str, after: str, *rest: str) -> tuple[str, ...]:
    offsets = (f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}")
    return (f"BEGIN:{kind}", "DTSTART:16010101T020000", *offsets, *rest, f"END:{kind}")


PACIFIC = (
    *part("STANDARD", "-0700", "-0800", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
    *part("DAYLIGHT", "-0800", "-0700", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
)


@pytest.mark.parametrize(
    ("tzid", "hour"),
    [
        ("Europe/Berlin", 10),
        ("europe/berlin", 10),
        ("US/Pacific", 19),
        ("W. Europe Standard Time", 10),
        ("W. Europe Standard Time 1", 10),
        ("Eastern Daylight Time", 16),
        ("Eastern", 16),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 10),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', 10),
        ("(UTC-05:00) Eastern Time (US & Canada)", 16),
        ("(GMT-08:00) Pacific Time (US & Canada); Tijuana", 19),
        ("(UTC+05:30) Chennai\\, Kolkata\\, Mumbai\\, New Delhi", 6),
        ("/freeassociation.sourceforge.net/Europe/London", 11),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", 15),
        ("tzone://Microsoft/Utc", 12),
        ("GMT+0200", 10),
        ("(UTC+13:00) Nowhere Island", 23),
    ],
)
def test_a_name_is_known(tzid: str, hour: int) -> None:
    assert hour_of(tzid) == hour


def test_a_definition_counts_where_nobody_knows_the_name() -> None:
    assert hour_of("Customized Time Zone", definition("Customized Time Zone", *PACIFIC)) == 19


def test_a_known_name_goes_before_its_definition() -> None:
    assert hour_of("Europe/Berlin", definition("Europe/Berlin", *PACIFIC)) == 10


@pytest.mark.parametrize(
    "lines",
    [
        (),
        part("STANDARD", "+01", "+0200"),
        part("STANDARD", "+9900", "+0900"),
        part("STANDARD", "+0900", "+0900", "RRULE:FREQ=SECONDLY"),
        part("STANDARD", "+0900", "+0900", "RRULE:FREQ=YEARLY;BYMONTH=13"),
        ("BEGIN:STANDARD", "END:STANDARD"),
    ],
)
def test_a_broken_definition_is_passed_over_and_said(lines: tuple[str, ...]) -> None:
    data = calendar(
        definition("Mine", *lines), event("SUMMARY:Interview", f"DTSTART;TZID=Mine:{SUMMER}")
    )
    (problem,) = read(data).problems
    assert "the time zone 'Mine' is unknown" in problem.text
    assert only_interview(data).at.hour == 10


def test_a_time_without_a_zone_is_the_users() -> None:
    data = calendar(event("SUMMARY:Interview", f"DTSTART:{SUMMER}"))
    assert only_interview(data, zone="Asia/Tokyo").at.hour == 3


def test_a_time_without_a_zone_is_the_calendars_where_it_has_one() -> None:
    data = calendar("X-WR-TIMEZONE:America/New_York", event("SUMMARY:Hm", f"DTSTART:{SUMMER}"))
    assert only_interview(data).at.hour == 16


@pytest.mark.parametrize(
    ("local", "hour"),
    [
        ("20260329T023000", 1),  # skipped: by the offset before
        ("20261025T023000", 0),  # twice: the first
    ],
)
def test_clock_changes_are_read_as_the_standard_says(local: str, hour: int) -> None:
    data = calendar(event("SUMMARY:Interview", f"DTSTART;TZID=Europe/Berlin:{local}"))
    assert only_interview(data).at.hour == hour
