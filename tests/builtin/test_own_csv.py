"""Our own CSV: a table for spreadsheets, harmless there, and read back."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import DAY, HOUR, application, applied, interview
from exports import BERLIN, NOW, export, take_in
from followup.domain.application import Application, Contact
from followup.domain.events import Applied, Interview, Outcome, OutcomeKind, Reply
from followup.domain.exchange import UNDATED
from followup.domain.hygiene import checked_application
from strategies import zones


def carried(one: Application) -> Application:
    """What of an application our CSV carries."""
    first = one.contacts[:1]
    return replace(one, contacts=first, policy="", events=())


plain = st.text(alphabet="ab ;,|=+-@'\"\n", max_size=6).map("x".__add__) | st.just("=1+1")
simple = st.builds(
    Application,
    company=plain,
    role=plain,
    contacts=st.lists(
        st.builds(
            Contact, name=plain, email=st.just("dana@globex.example"), phone=st.just("+49 1")
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
    tags=st.lists(st.sampled_from(["hot", "=cold", "a b"]), unique=True).map(tuple),
    url=st.sampled_from(["", "https://globex.example/1"]),
    location=plain,
    salary=plain,
    source=plain,
    notes=plain,
).map(checked_application)


@given(st.lists(simple, min_size=1, max_size=4))
def test_what_is_read_back_is_equal_in_all_that_it_carries(applications: list[Application]) -> None:
    reading = take_in("csv", export("csv", *applications))
    assert reading.problems == ()
    assert [row.application for row in reading.rows] == [carried(one) for one in applications]


def test_facts_are_read_back_as_they_were() -> None:
    at = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    facts = (
        Applied(at=at - 9 * DAY, zone=BERLIN),
        Reply(at=at - DAY, zone=BERLIN),
        Interview(at=at, ends=at + HOUR, zone=BERLIN),
        Interview(at=at + 7 * DAY, ends=at + 7 * DAY + HOUR, zone=BERLIN),
        Outcome(at=at + 9 * DAY, zone=BERLIN, result=OutcomeKind.WITHDRAWN),
    )
    ghosted = Outcome(at=NOW, zone=BERLIN, result=OutcomeKind.GHOSTED, text=UNDATED)
    day = Applied(at=datetime(2026, 1, 5, 11, tzinfo=UTC), zone=BERLIN, date_only=True)
    data = export("csv", application(*facts), application(day, ghosted))
    first, second = (row.application for row in take_in("csv", data).rows)
    assert first.events == facts
    assert second.events == (day, ghosted)


def test_it_is_a_table_that_spreadsheets_open() -> None:
    data = export("csv", application(interview(NOW - 3 * DAY), applied(NOW - 9 * DAY)))
    assert data.startswith(b"\xef\xbb\xbfCompany,Role,Stage,")
    assert data.count(b"\r\n") == 2
    (row,) = csv.DictReader(StringIO(data.decode("utf-8-sig")))
    assert row["Stage"] == "Follow up"
    assert (row["Applied"], row["Interview"]) == ("2026-03-01 13:00", "2026-03-07 12:00")
    assert (row["Next step"], row["Opens"], row["Due"]) == (
        "Follow-up",
        "2026-03-09 13:00",
        "2026-03-10 13:00",
    )
    assert (row["Contact"], row["Email"]) == ("Dana Lee", "dana@globex.example")


def test_formulas_are_neutralised() -> None:
    hostile = application(company="=HYPERLINK(1)", contacts=(Contact(phone="+49 30"),))
    (row,) = csv.DictReader(StringIO(export("csv", hostile).decode("utf-8-sig")))
    assert (row["Company"], row["Phone"]) == ("'=HYPERLINK(1)", "'+49 30")


def test_cancelled_interviews_are_left_out() -> None:
    data = export("csv", application(interview(NOW, cancelled=True)))
    (row,) = csv.DictReader(StringIO(data.decode("utf-8-sig")))
    assert row["Interview"] == ""


def test_an_empty_board_is_a_header() -> None:
    assert len(export("csv").splitlines()) == 1


def test_days_are_those_of_the_zone() -> None:
    late = Applied(at=datetime(2026, 1, 5, 23, 30, tzinfo=UTC))
    data = export("csv", application(late), zone="Pacific/Auckland")
    (row,) = csv.DictReader(StringIO(data.decode("utf-8-sig")))
    assert row["Applied"] == "2026-01-06 12:30"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)), zones)
def test_times_are_read_back_as_the_clocks_of_the_zone_show_them(
    moment: datetime, zone: str
) -> None:
    fact = Applied(at=moment.replace(microsecond=0, tzinfo=UTC), zone=zone)
    reading = take_in("csv", export("csv", application(fact), zone=zone), zone)
    (event,) = reading.rows[0].application.events
    # Of two hours that look alike the later one is read; midnight is no time of day.
    assert event.date_only or event.at - fact.at in {timedelta(0), HOUR, HOUR / 2}
    assert event.day == fact.day
