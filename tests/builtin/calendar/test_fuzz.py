"""Files that are no calendars, and calendars that were damaged: one clear line, or problems."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import merged, read
from followup.api import UnreadableFileError
from followup.builtin.calendar import reader
from followup.domain.hygiene import checked_application

_FILES = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("invitations/*.ics"))]
_PIECES = [
    *(b"BEGIN:VEVENT", b"END:VEVENT", b"BEGIN:VTIMEZONE", b"END:VCALENDAR", b"BEGIN:VCALENDAR"),
    *(b"DTSTART:20260312T120000Z", b"DTSTART;TZID=Europe/Berlin:20260312T120000", b"DTEND:x"),
    *(b"RRULE:FREQ=DAILY", b"RRULE:;;=", b"EXDATE:20260312", b"DURATION:PT", b"SUMMARY:Interview"),
    *(b"UID:1", b"RECURRENCE-ID:20260312T120000Z", b'ORGANIZER;CN="x:mailto:a@b.example', b" y"),
    *(b"ATTENDEE:mailto:a@b", b"\xff\xfe", b"\0", b"SEQUENCE:99999999999999999999", b"\t", b";:"),
    *(b"TZID:X", b"TZOFFSETTO:+0100", b"STATUS:CANCELLED", b"METHOD:CANCEL", b"X-WR-TIMEZONE:/"),
]


def check(data: bytes) -> None:
    """Whatever it is, reading it raises nothing else, and what comes of it can be stored."""
    assert 0 <= reader.sniff(data) <= 1
    with suppress(UnreadableFileError):
        change = merged(data)
        for row in change.new:
            checked_application(row.application)
        assert all("\n" not in problem.text for problem in change.left_out)
        assert all("\n" not in problem.text for problem in read(data).problems)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check(data)
    check(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data)


@given(st.lists(st.sampled_from(_PIECES), max_size=20), st.sampled_from([b"\r\n", b"\n", b"\r"]))
def test_any_lines(lines: list[bytes], ending: bytes) -> None:
    check(ending.join((b"BEGIN:VCALENDAR", *lines)))


@settings(max_examples=300)
@given(
    st.sampled_from(_FILES),
    st.integers(0, 5_000),
    st.integers(0, 60),
    st.binary(max_size=12) | st.sampled_from(_PIECES),
)
def test_any_damage(data: bytes, place: int, length: int, put: bytes) -> None:
    place %= len(data)
    check(data[:place] + put + data[place + length :])


@pytest.mark.parametrize("data", _FILES)
def test_a_file_that_is_cut_anywhere(data: bytes) -> None:
    for end in range(0, len(data), 41):
        check(data[:end])
