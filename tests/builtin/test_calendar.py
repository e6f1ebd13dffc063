"""The calendar that is written (RFC 5545)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from icalendar import Calendar

from builders import DAY, HOUR, application, interview, outcome, promise
from exports import NOW, board, export, lists
from followup.domain.application import Application
from followup.domain.events import Interview, Snooze
from followup.domain.stage import Stage


def events(data: bytes) -> dict[str, dict[str, object]]:
    """The events of a calendar by UID."""
    found = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        parts = {name.lower(): event.decoded(name) for name in event}
        found[str(event["UID"])] = parts
    return found


def test_interviews_and_steps_are_in_it() -> None:
    ends = NOW - 3 * DAY
    found = events(export("ics", application(interview(ends), location="Rome")))
    assert list(found) == [
        "application-1-interview-1@followup",
        "application-1-follow_up-1@followup",
    ]
    booked, step = found.values()
    assert (booked["dtstart"], booked["dtend"]) == (ends - HOUR, ends)
    assert booked["summary"] == "Interview: Globex, Backend Engineer"
    assert (booked["location"], booked["status"]) == ("Rome", "CONFIRMED")
    assert (step["dtstart"], step["dtstamp"]) == (ends + 48 * HOUR, NOW)
    assert step["transp"] == "TRANSPARENT"
    assert step["description"] == "48 h after your interview ended Sat 7 Mar 13:00"


def test_a_day_without_a_time_is_a_whole_day() -> None:
    on = Interview(at=NOW, ends=NOW + HOUR, zone="Pacific/Auckland", date_only=True)
    found = events(export("ics", application(on)))
    booked = found["application-1-interview-1@followup"]
    assert (booked["dtstart"], booked["dtend"]) == (date(2026, 3, 11), date(2026, 3, 12))


def test_a_cancelled_interview_says_so() -> None:
    found = events(export("ics", application(interview(NOW, cancelled=True))))
    assert found["application-1-interview-1@followup"]["status"] == "CANCELLED"


def test_a_snoozed_step_waits() -> None:
    until = NOW + 5 * DAY
    one = application(interview(NOW - 3 * DAY), Snooze(at=NOW - HOUR, until=until))
    step = events(export("ics", one))["application-1-follow_up-1@followup"]
    assert step["dtstart"] == until


def test_uids_stay_when_dates_move() -> None:
    before, after = (application(interview(NOW + shift)) for shift in (DAY, 2 * DAY))
    assert events(export("ics", before)).keys() == events(export("ics", after)).keys()


@given(lists)
def test_any_board_is_a_calendar(applications: list[Application]) -> None:
    data = export("ics", *applications)
    cards = board(*applications).cards()
    steps = sum(len(card.standing.steps) for card in cards)
    booked = sum(isinstance(e, Interview) for one in applications for e in one.events)
    promised = [c for c in cards if c.standing.timeline.promise and c.stage is not Stage.CLOSED]
    assert len(events(data)) == booked + steps + len(promised)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"BEGIN:VEVENT") == len(events(data))


def test_a_promise_is_a_day_until_it_is_over() -> None:
    by = (NOW + 3 * DAY).date()
    promised = application(interview(NOW - DAY), promise(NOW, by))
    found = events(export("ics", promised))["application-1-promise@followup"]
    assert (found["dtstart"], found["transp"]) == (by, "TRANSPARENT")
    closed = application(interview(NOW - DAY), promise(NOW, by), outcome(NOW))
    assert "application-1-promise@followup" not in events(export("ics", closed))


def test_what_is_written_later_is_newer() -> None:
    one = application(interview(NOW + DAY))
    (old, *_), (new, *_) = (
        list(events(export("ics", one, now=at)).values()) for at in (NOW, NOW + HOUR)
    )
    for name in ("sequence", "dtstamp", "last-modified"):
        assert new[name] > old[name]  # type: ignore[operator]


def test_at_one_moment_it_is_always_the_same() -> None:
    one = application(interview(NOW + DAY))
    assert export("ics", one) == export("ics", one)


def test_what_lies_ahead_reminds() -> None:
    data = export("ics", application(interview(NOW + DAY)))
    alarms = Calendar.from_ical(data).walk("VALARM")
    assert [alarm.decoded("trigger") for alarm in alarms] == [-HOUR, 0 * HOUR]
