"""When events are, what is kept of them, and what cannot be used."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars import DANA_SAYS, calendar, event, interviews, merged, only_interview, read
from followup.api import UnreadableFileError
from strategies import zones

START = datetime(2026, 3, 12, 12, tzinfo=UTC)


def test_what_helps_on_the_day_is_kept() -> None:
    data = calendar(
        event(
            "SUMMARY:Technical interview",
            "LOCATION:Main Street 1\\, Rome",
            "STATUS:TENTATIVE",
            "DESCRIPTION:Join: https://globex.zoom.us/j/1.",
            "ATTACH:https://files.example/x",
        )
    )
    assert only_interview(data).text == (
        "Technical interview\nnot confirmed yet\nwhere: Main Street 1, Rome\n"
        "link: https://globex.zoom.us/j/1"
    )


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("DTEND:20260312T123000Z", 30),
        ("DURATION:PT1H30M", 90),
        ("X-NOTHING:1", 60),
        ("DTEND:20260312T120000Z", 60),
        ("DURATION:-PT1H", 60),
        ("DURATION:rubbish", 60),
        ("DTEND:20260312T110000Z", 60),
        ("DURATION:P99999D", 60),
    ],
)
def test_an_interview_takes_as_long_as_it_says_or_an_hour(line: str, minutes: int) -> None:
    interview = only_interview(calendar(event("SUMMARY:Interview", line)))
    assert interview.ends - interview.at == timedelta(minutes=minutes)


def test_an_end_in_another_zone_is_an_instant() -> None:
    lines = ("SUMMARY:Interview", "DTEND;TZID=America/New_York:20260312T090000")
    assert only_interview(calendar(event(*lines))).ends.hour == 13


@pytest.mark.parametrize("rest", [(), ("DTEND;VALUE=DATE:20260325",), ("DURATION:P1D",)])
def test_a_day_is_an_interview_without_a_time(rest: tuple[str, ...]) -> None:
    data = calendar(event("SUMMARY:Interview", "DTSTART;VALUE=DATE:20260324", *rest))
    interview = only_interview(data)
    assert interview.date_only
    assert interview.day == date(2026, 3, 24)
    assert interview.ends == datetime(2026, 3, 24, 17, tzinfo=UTC)  # 18:00 in Berlin


def test_several_days_end_with_the_last() -> None:
    data = calendar(
        event("SUMMARY:Interview", "DTSTART;VALUE=DATE:20260324", "DTEND;VALUE=DATE:20260327")
    )
    assert only_interview(data).ends == datetime(2026, 3, 26, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["DTSTART:tomorrow", "DTSTART:20260230T100000Z", "DTSTART:00010101T000000Z", "DTSTART:"],
)
def test_one_impossible_time_is_told_and_the_rest_read(line: str) -> None:
    data = calendar(event("SUMMARY:Second interview", line), event("SUMMARY:Interview", uid="two"))
    reading = read(data)
    assert len(reading.rows) == 1
    assert reading.problems[0].line == 5
    assert "'Second interview'" in reading.problems[0].text
    assert reading.problems[0].text.endswith(": left out")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "there is no calendar in it"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "there is no calendar in it"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "there is no event"),
        (calendar("BEGIN:VTODO\r\nSUMMARY:Task\r\nEND:VTODO"), "there is no event"),
        (calendar(event("DTSTART:never")), "line 5: 'never' is no date or time: left out"),
    ],
)
def test_what_cannot_be_used_at_all_is_one_line(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"^[^\n]+$") as fault:
        read(data)
    assert says in str(fault.value)


def test_rooms_programs_and_the_user_are_no_contact() -> None:
    data = calendar(
        event(
            "SUMMARY:Interview with Globex",
            "ORGANIZER;CN=Scheduling:mailto:no-reply@greenhouse.io",
            "ATTENDEE;CUTYPE=ROOM;CN=Blue:mailto:blue@globex.example",
            "ATTENDEE;CN=Meeting Room 4:mailto:four@globex.example",
            "ATTENDEE;CN=Sam Poe:mailto:sam@poe.example",
            "ATTENDEE;CN=Dana Lee:mailto:dana@globex.example",
        )
    )
    (row,) = read(data, own=("Sam Poe", "sam@poe.example")).rows
    assert [one.email for one in row.application.contacts] == ["dana@globex.example"]
    assert row.clues
    assert row.clues.domains == ("globex.example",)


@pytest.mark.parametrize(
    ("address", "domains"),
    [
        ("dana@mail.globex.co.uk", ("globex.co.uk",)),
        ("dana@gmail.com", ()),
        ("dana@calendly.com", ()),
        ("dana@hays.com", ()),
        ("globex@globex.greenhouse.io", ("globex.greenhouse.io",)),
    ],
)
def test_only_domains_of_companies_count(address: str, domains: tuple[str, ...]) -> None:
    (row,) = read(calendar(event("SUMMARY:Interview", f"ORGANIZER:mailto:{address}"))).rows
    assert row.clues
    assert row.clues.domains == domains


def test_the_user_can_say_with_whom_it_is() -> None:
    data = calendar(event("SUMMARY:Interview"))
    assert [problem.line for problem in merged(data).left_out] == [5]
    (row,) = merged(data, company="Globex").new
    assert row.application.company == "Globex"


def test_hostile_text_is_harmless() -> None:
    data = calendar(event("SUMMARY:Interview with Ac\x1b[31mme\u202e", DANA_SAYS))
    (row,) = read(data).rows
    assert "\x1b" not in repr(row)
    assert "\u202e" not in row.application.company


@given(
    local=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 12, 31)),
    zone=zones,
    minutes=st.integers(1, 60 * 24 * 7),
)
def test_any_time_is_read_as_it_was_meant(local: datetime, zone: str, minutes: int) -> None:
    local = local.replace(microsecond=0, fold=0)  # RFC 5545: of two, the first
    lines = (
        "SUMMARY:Interview",
        f"DTSTART;TZID={zone}:{local:%Y%m%dT%H%M%S}",
        f"DURATION:PT{minutes}M",
    )
    interview = only_interview(calendar(event(*lines)))
    assert interview.at == local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert interview.ends - interview.at == timedelta(minutes=minutes)


def test_a_bomb_of_events_is_refused() -> None:
    many = "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 50_001
    with pytest.raises(UnreadableFileError, match="more than 50,000 entries"):
        read(calendar(many))


def test_of_versions_in_one_file_the_newest_counts() -> None:
    older = event("SUMMARY:Interview", "SEQUENCE:1")
    newer = event("SUMMARY:Interview", "SEQUENCE:2", "DTSTART:20260313T120000Z")
    for parts in ((older, newer), (newer, older)):
        assert only_interview(calendar(*parts)).at == START + timedelta(days=1)


def test_interviews_at_one_company_make_one_application() -> None:
    parts = [
        event("SUMMARY:Interview with Globex", f"DTSTART:202603{day}T120000Z", uid=str(day))
        for day in (12, 13, 14)
    ]
    (row,) = merged(calendar(*parts)).new
    assert len(interviews(row.application)) == 3
