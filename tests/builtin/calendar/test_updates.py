"""Invitations that come again: moved, called off, in any order, and to which application."""

from __future__ import annotations

from itertools import permutations

import pytest
from msgspec.structs import replace

from builders import DAY, HOUR, NOON, application, interview, outcome
from calendars import DANA_SAYS, calendar, event, interviews, merged, taken
from exports import NOW, export
from followup.api import Contact, Interview

TITLE = "SUMMARY:Technical interview"


def invitation(start: str, sequence: int, stamp: str, method: str = "REQUEST") -> bytes:
    lines = (TITLE, DANA_SAYS, f"DTSTART:{start}", f"SEQUENCE:{sequence}")
    return calendar(event(*lines, stamp=stamp), method=method)


FIRST = invitation("20260312T120000Z", 0, "20260301T120000Z")
MOVED = invitation("20260316T150000Z", 1, "20260302T120000Z")
MOVED_AGAIN = invitation("20260317T150000Z", 1, "20260303T120000Z")
OFF = invitation("20260317T150000Z", 1, "20260303T120000Z", method="CANCEL")


def test_in_whatever_order_they_come_the_newest_counts() -> None:
    for files in permutations((FIRST, MOVED, MOVED_AGAIN)):
        (one,) = taken(files)
        assert [booked.at.day for booked in interviews(one)] == [17]


def test_in_whatever_order_they_come_it_stays_called_off() -> None:
    for files in permutations((FIRST, MOVED_AGAIN, OFF)):
        (one,) = taken(files)
        assert [booked.cancelled for booked in interviews(one)] == [True]


def test_the_same_again_changes_nothing() -> None:
    (one,) = taken([FIRST])
    change = merged(FIRST, one)
    assert (change.new, change.updated) == ((), ())
    assert change.unchanged[0].application is one


def test_what_the_user_moved_stays_until_they_move_it() -> None:
    (one,) = taken([FIRST])
    (booked,) = interviews(one)
    by_hand = replace(one, events=(replace(booked, at=NOW, ends=NOW + HOUR),))
    assert taken([FIRST], by_hand) == [by_hand]
    assert interviews(taken([MOVED], by_hand)[0])[0].at.day == 16


def test_an_interview_that_was_recorded_by_hand_is_the_same() -> None:
    at = NOW.replace(day=12)
    by_hand = Interview(at=at, ends=at + HOUR, text="Bring the laptop.")
    (one,) = taken([FIRST], application(by_hand, id=1))
    assert [booked.text for booked in interviews(one)] == ["Bring the laptop."]
    (moved,) = taken([MOVED], one)
    assert [booked.at.day for booked in interviews(moved)] == [16]


def test_a_day_that_was_recorded_by_hand_gets_its_time() -> None:
    at = NOW.replace(day=12, hour=16)
    (one,) = taken([FIRST], application(Interview(at=at, ends=at + HOUR, date_only=True), id=1))
    assert [(booked.date_only, booked.at.hour) for booked in interviews(one)] == [(False, 12)]


def test_two_uids_for_one_time_are_one_interview() -> None:
    other = calendar(event(TITLE, DANA_SAYS, uid="two"))
    (one,) = taken([FIRST, other])
    assert len(interviews(one)) == 1


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        # Somebody who is a contact already.
        ((TITLE, DANA_SAYS), application(company="Megacorp", id=1)),
        # Somebody else of the domain of a contact.
        ((TITLE, "ORGANIZER:mailto:kim@globex.example"), application(company="Megacorp", id=1)),
        # The domain of the company.
        ((TITLE, "ORGANIZER:mailto:kim@globex-group.example"), application(contacts=(), id=1)),
        # The title names it, in other words.
        (("SUMMARY:Call with Kim (GLOBEX inc.)",), application(contacts=(), id=1)),
        (("SUMMARY:Interview with globex",), application(contacts=(), id=1)),
    ],
)
def test_a_known_application_is_found(lines: tuple[str, ...], known: object) -> None:
    change = merged(calendar(event(*lines)), known)  # type: ignore[arg-type]
    assert [row.application.id for row in change.updated] == [1]
    assert not change.new


def test_a_recruiter_who_writes_for_another_company() -> None:
    rick = Contact(name="Rick", email="rick@rekruter.example")
    known = application(company="Globex", contacts=(rick,), id=1)
    lines = ("SUMMARY:Interview with Hooli", "ORGANIZER;CN=Rick:mailto:rick@rekruter.example")
    change = merged(calendar(event(*lines)), known)
    assert [row.application.company for row in change.new] == ["Hooli"]
    unnamed = (TITLE, "ORGANIZER;CN=Rick:mailto:rick@rekruter.example")
    assert merged(calendar(event(*unnamed)), known).updated


def test_of_two_applications_the_title_tells_which() -> None:
    backend = application(id=1)
    data = application(role="Data Engineer", id=2)
    named = calendar(event("SUMMARY:Interview: Data Engineer", DANA_SAYS))
    assert [row.application.id for row in merged(named, backend, data).updated] == [2]
    (problem,) = merged(FIRST, backend, data).left_out
    assert problem.text.endswith("you have 2 applications: say which by --for 1 or 2")
    chosen = merged(FIRST, backend, data, application_id=1)
    assert [row.application.id for row in chosen.updated] == [1]


def test_an_invitation_after_the_end_is_another_application() -> None:
    closed = application(outcome(NOON - 30 * DAY), id=1)
    (row,) = merged(FIRST, closed).new
    assert (row.application.company, row.application.id) == ("Globex", 0)
    (first, second) = taken([FIRST], closed)
    assert first == closed
    assert interviews(taken([MOVED], first, second)[1])[0].at.day == 16


def test_only_what_looks_like_an_interview_makes_an_application() -> None:
    others = [event("SUMMARY:Dentist", uid="1"), event("SUMMARY:Coffee with Kim", uid="2")]
    change = merged(calendar(*others, method="PUBLISH"))
    assert not change.new
    assert "2 events look like no interview, such as 'Dentist'" in change.left_out[0].text
    known = merged(calendar(event("SUMMARY:Coffee", DANA_SAYS), *others), application(id=1))
    assert len(known.updated) == 1


def test_our_own_calendar_changes_nothing() -> None:
    known = [
        application(interview(NOW + DAY), interview(NOW + 9 * DAY), id=1),
        application(interview(NOW - 3 * DAY), company="Initech", id=2),
    ]
    data = export("ics", *known)
    change = merged(data, *known)
    assert (change.new, change.updated, change.left_out) == ((), (), ())
    moved = replace(known[0], events=(interview(NOW + 2 * DAY), interview(NOW + 9 * DAY)))
    assert not merged(data, moved, known[1]).updated


def test_our_own_calendar_can_be_taken_to_another_store() -> None:
    known = application(interview(NOW + DAY), id=1)
    data = export("ics", known)
    (one,) = taken([data])
    assert (one.company, one.role) == (known.company, known.role)
    assert [booked.ends for booked in interviews(one)] == [NOW + DAY]
    assert taken([data], one) == [one]
