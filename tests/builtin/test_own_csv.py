"""Our own CSV: a table for spreadsheets, harmless there, and read back."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import DAY, HOUR, application, applied, interview, reply, sent
from exports import BERLIN, NOW, board, export, take_in
from flat_rows import sheets
from followup.api import NOON, at_time
from followup.domain.application import Application, Contact
from followup.domain.board import Card
from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Promise,
    Reopen,
    Reply,
    Snooze,
)
from followup.domain.exchange import UNDATED
from followup.domain.step import StepKind
from strategies import zones

ENTERED = datetime(2026, 3, 4, 12, tzinfo=UTC)


def read_back(*applications: Application, zone: str = BERLIN) -> list[Application]:
    """What comes of applications that went out and in again, without a problem."""
    reading = take_in("csv", export("csv", *applications, zone=zone), zone)
    assert reading.problems == ()
    return [row.application for row in reading.rows]


def table(*applications: Application, zone: str = BERLIN) -> list[dict[str, str]]:
    """The rows of the sheet."""
    text = export("csv", *applications, zone=zone).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def standing(card: Card) -> tuple[object, ...]:
    """Where a card stands and what is to be done next."""
    one = card.standing
    return (card.stage, one.steps, one.overdue, one.quiet, one.snoozed_until)


@settings(deadline=None)  # the first one loads what reads and writes
@given(st.data(), zones)
def test_what_is_read_back_stands_where_it_stood(data: st.DataObject, zone: str) -> None:
    applications = data.draw(sheets(zone))
    written = export("csv", *applications, zone=zone)
    again = read_back(*applications, zone=zone)
    assert export("csv", *again, zone=zone) == written
    before, after = (board(*ones, zone=zone).cards() for ones in (applications, again))
    by_id = {card.id: standing(card) for card in after}
    assert {card.id: standing(card) for card in before} == by_id


@settings(deadline=None)  # the first one loads what reads and writes
@given(st.data(), zones)
def test_all_but_the_timeline_is_read_back_as_it_was(data: st.DataObject, zone: str) -> None:
    applications = data.draw(sheets(zone))
    described = [replace(one, events=()) for one in read_back(*applications, zone=zone)]
    assert described == [replace(one, events=()) for one in applications]


def test_facts_are_read_back_as_they_were() -> None:
    at = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    day = at_time(datetime(2026, 1, 20), NOON, BERLIN)
    facts = (
        Applied(at=at - 9 * DAY, zone=BERLIN),
        Reply(at=at - DAY, zone=BERLIN),
        Interview(at=at, ends=at + HOUR, zone=BERLIN),
        FollowUp(at=at + 2 * DAY, zone=BERLIN, step=StepKind.THANK_YOU),
        Interview(at=at + 7 * DAY, ends=at + 7 * DAY + 3 * HOUR, zone=BERLIN),
        FollowUp(at=at + 9 * DAY, zone=BERLIN),
        Promise(at=day, zone=BERLIN, date_only=True, by=datetime(2026, 2, 27).date()),
        FollowUp(at=day + 9 * DAY, zone=BERLIN, date_only=True, step=StepKind.LAST_CALL),
        Snooze(at=NOW - DAY, zone=BERLIN, until=NOW + 9 * DAY),
    )
    assert read_back(application(*facts))[0].events == facts


@pytest.mark.parametrize("text", ["", UNDATED])
def test_how_it_ended_is_read_back(text: str) -> None:
    ended = Outcome(at=NOW, zone=BERLIN, result=OutcomeKind.GHOSTED, text=text)
    assert read_back(application(ended))[0].events == (ended,)


def test_an_outcome_without_a_date_is_not_dated_by_an_answer() -> None:
    ended = Outcome(at=NOW, zone=BERLIN, result=OutcomeKind.REJECTED, text=UNDATED)
    (again,) = read_back(application(reply(NOW - 9 * DAY), ended))
    assert ended in again.events


def test_it_is_a_table_that_spreadsheets_open() -> None:
    one = application(interview(NOW - 3 * DAY), applied(NOW - 9 * DAY))
    data = export("csv", one)
    assert data.startswith(b"\xef\xbb\xbfCompany,Role,Stage,Next step,Opens,Due,Applied,")
    assert data.count(b"\r\n") == 2
    (row,) = table(one)
    assert row["Stage"] == "Follow up"
    assert (row["Applied"], row["Interview"]) == ("2026-03-01 13:00", "2026-03-07 12:00")
    assert (row["Next step"], row["Opens"], row["Due"]) == (
        "Follow-up",
        "2026-03-09 13:00",
        "2026-03-10 13:00",
    )
    assert (row["Contact"], row["Email"]) == ("Dana Lee", "dana@globex.example")


def test_of_what_there_is_more_than_one_of_there_are_further_columns() -> None:
    messages = [sent(NOW - days * DAY, StepKind.CHECK_IN) for days in (9, 2)]
    people = (Contact(name="Dana"), Contact(name="Kim", phone="1"))
    one = application(*messages, contacts=people)
    (row, other) = table(one, application())
    assert (row["Follow-up"], row["Follow-up 2"]) == ("2026-03-01 13:00", "2026-03-08 13:00")
    assert row["Follow-up step 2"] == "Check-in"
    assert (row["Contact"], row["Contact 2"], row["Phone 2"]) == ("Dana", "Kim", "1")
    assert not {"Email 2", "Interview 2", "Follow-up 3"} & row.keys()
    assert other["Follow-up 2"] == ""


def test_of_the_very_many_the_newest_are_there() -> None:
    (again,) = read_back(application(*(sent(NOW - days * DAY) for days in range(60))))
    assert [event.at for event in again.events] == [NOW - days * DAY for days in range(49, -1, -1)]


def test_formulas_are_neutralised() -> None:
    hostile = application(company="=HYPERLINK(1)", contacts=(Contact(phone="+49 30"),))
    (row,) = table(hostile)
    assert (row["Company"], row["Phone"]) == ("'=HYPERLINK(1)", "'+49 30")


@pytest.mark.parametrize(
    "left_out",
    [
        interview(NOW - DAY, cancelled=True),
        replace(sent(NOW - DAY), failed=True),
        Snooze(at=NOW - 9 * DAY, until=NOW - DAY),
        reply(NOW + DAY),
        Note(at=NOW - DAY, text="remember"),
    ],
)
def test_what_does_not_count_now_is_left_out(left_out: AnyEvent) -> None:
    assert table(application(left_out)) == table(application())


def test_what_was_reopened_has_no_outcome() -> None:
    ended = Outcome(at=NOW - 2 * DAY, result=OutcomeKind.REJECTED)
    (row,) = table(application(ended, Reopen(at=NOW - DAY)))
    assert (row["Outcome"], row["Outcome date"]) == ("", "")


def test_an_empty_board_is_a_header() -> None:
    assert len(export("csv").splitlines()) == 1


def test_days_are_those_of_the_zone() -> None:
    late = Applied(at=datetime(2026, 1, 5, 23, 30, tzinfo=UTC))
    (row,) = table(application(late), zone="Pacific/Auckland")
    assert row["Applied"] == "2026-01-06 12:30"


def test_of_two_hours_that_look_alike_the_earlier_one_says_which_it_is() -> None:
    early = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    first, second = table(application(applied(early)), application(applied(early + HOUR)))
    assert first["Applied"] == "2025-10-26 02:30:00+02:00"
    assert second["Applied"] == "2025-10-26 02:30"


@settings(deadline=None)  # the first one loads what reads and writes
@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)), zones)
def test_every_moment_is_read_back_to_the_second(moment: datetime, zone: str) -> None:
    fact = Applied(at=moment.replace(tzinfo=UTC), zone=zone)
    (again,) = read_back(application(fact), zone=zone)
    assert again.events == (replace(fact, at=fact.at.replace(microsecond=0)),)


class TestWhatSomebodyChangedInASpreadsheet:
    HEADER = "Company;Role;Stage;Next step;Opens;Due;Applied;Interview;Follow-up;Outcome"

    def test_dates_that_it_wrote_anew_are_read(self) -> None:
        line = "Globex;SRE;Waiting;;;;23/02/2026;01/03/2026 12:00;04/03/2026 13:00;"
        (row,) = take_in("csv", f"{self.HEADER}\r\n{line}\r\n".encode()).rows
        assert row.application.events == (
            Applied(at=ENTERED - 9 * DAY - HOUR, zone=BERLIN, date_only=True),
            Interview(at=ENTERED - 3 * DAY - HOUR, ends=ENTERED - 3 * DAY, zone=BERLIN),
            FollowUp(at=ENTERED, zone=BERLIN),
        )

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (";SRE;;;;;;;;", "an application needs a company and a role"),
            ("Globex;;;;;;;;;", "no role: taken as 'role not given'"),
            ("Globex;SRE;;;;;soon;;;", "'soon' is no date that can be read"),
            ("Globex;SRE;;;;;;;;purple", "unknown outcome 'purple': left out"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, line: str, told: str) -> None:
        data = f"{self.HEADER}\nInitech;SRE;;;;;;;;\n{line}\n".encode()
        (problem, *_) = take_in("csv", data).problems
        assert problem.line == 3
        assert told in problem.text

    @pytest.mark.parametrize(
        ("columns", "cells", "told"),
        [
            ("Decision by", "2026-03-04", "nothing says when this was promised"),
            ("Snoozed until", "2026-03-04", "nothing says when this was put off"),
            ("Snoozed;Snoozed until", "2026-03-04;2026-03-04", "is before it was put off"),
            ("Interview;Interview ends", "2026-03-04 9:00;2026-03-03", "end before it begins"),
            ("Follow-up;Follow-up step", "2026-03-04;fax", "'fax' is no kind of follow-up"),
        ],
    )
    def test_what_does_not_fit_together_is_told(self, columns: str, cells: str, told: str) -> None:
        head = "Company;Role;Stage;Next step;Opens;Due"
        (problem,) = take_in("csv", f"{head};{columns}\nGlobex;SRE;;;;;{cells}\n".encode()).problems
        assert told in problem.text
        assert problem.line == 2

    def test_two_rows_that_say_the_same_are_two(self) -> None:
        data = export("csv", application(), application())
        assert len(take_in("csv", data).rows) == 2
        assert take_in("csv", data).distinct
