"""A log as somebody keeps it in a spreadsheet, read as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup.domain.application import Application
from followup.domain.exchange import ImportReading
from followup.domain.merging import merge
from tables import read, told

LOG = (Path(__file__).parent / "data" / "log.csv").read_bytes()
UNDATED = "2026-03-10 05:00"  # the moment at which tests read files, on the Pacific coast


@pytest.fixture(scope="module")
def reading() -> ImportReading:
    return read(LOG)


def of(reading: ImportReading, line: int) -> Application:
    return next(row.application for row in reading.rows if row.line == line)


def test_every_line_becomes_an_application(reading: ImportReading) -> None:
    assert [row.line for row in reading.rows] == list(range(2, 13))
    assert reading.problems == ()


def test_columns_are_taken_for_what_they_are(reading: ImportReading) -> None:
    assert {column.name: column.field for column in reading.columns} == {
        "Company": "company",
        "Position": "role",
        "Website": "url",
        "Application site": "source",
        "Location": "location",
        "Remote": None,
        "Date sent": "applied",
        "Easy Application?": None,
        "Days Since": None,
        "Response?": "status",
        "Date Interview": "interview",
        "Date of 1st Response": "replied",
        "Time to First Response": None,
        "Time to Rejection": None,
        "Wage.Amount": "salary",
        "Paid?": None,
        "Salary.Amount": "salary",
        "Wage/Salary/Contract": None,
        "Job Offer": "offer",
        "Job Level": None,
        "Job Type": None,
        "Company Type": None,
        "Current Date": None,
    }
    assert reading.columns[0].sample == "Sirius Cybernetics"


def test_it_says_how_the_file_was_read(reading: ImportReading) -> None:
    assert reading.about == (
        "UTF-8, comma between columns",
        "dates are month/day/year, as 11/14/2021 on line 2 shows",
    )


def test_a_rejection_came_with_the_first_answer(reading: ImportReading) -> None:
    assert told(of(reading, 2)) == [
        "applied ~2021-11-14 12:00",
        "reply ~2021-11-30 12:00",
        "outcome ~2021-11-30 12:00 rejected",
    ]


def test_so_did_the_news_that_the_position_is_gone(reading: ImportReading) -> None:
    assert told(of(reading, 4))[-1] == "outcome ~2021-11-22 12:00 filled"


def test_a_rejection_after_an_interview_has_no_date(reading: ImportReading) -> None:
    assert told(of(reading, 7)) == [
        "applied ~2022-07-14 12:00",
        "reply ~2022-07-15 12:00",
        "interview ~2022-07-21 17:00 to 18:00",
        f"outcome {UNDATED} rejected (no date in the file)",
    ]


def test_being_ghosted_has_no_date(reading: ImportReading) -> None:
    assert told(of(reading, 3)) == [
        "applied ~2021-11-13 12:00",
        f"outcome {UNDATED} ghosted (no date in the file)",
    ]


def test_an_interview_leaves_the_application_open(reading: ImportReading) -> None:
    assert told(of(reading, 5)) == [
        "applied ~2021-12-01 12:00",
        "reply ~2021-12-02 12:00",
        "interview ~2021-12-06 17:00 to 18:00",
    ]


def test_an_interview_without_a_date_is_a_note(reading: ImportReading) -> None:
    assert told(of(reading, 9))[2:] == [f"note {UNDATED} (Interview: no date in the file)"]


def test_an_offer_in_its_own_column_is_an_outcome(reading: ImportReading) -> None:
    assert told(of(reading, 6))[-1] == f"outcome {UNDATED} offer (no date in the file)"


def test_an_offer_that_two_columns_tell_of_is_one(reading: ImportReading) -> None:
    offers = [fact for fact in told(of(reading, 8)) if fact.startswith("outcome")]
    assert offers == [f"outcome {UNDATED} offer (no date in the file)"]


def test_what_surrounds_the_dates_is_kept(reading: ImportReading) -> None:
    sirius, wonka, cyberdyne = (of(reading, line) for line in (2, 5, 8))
    assert (sirius.company, sirius.salary) == ("Sirius Cybernetics", "55,000")
    assert sirius.source == "Company Site"
    assert sirius.notes == "Website: Careers | Sirius (sirius.example)"
    assert (wonka.company, wonka.role) == ("Wonka Industries, Inc.", "Sr. Taster, Sweets, Research")
    assert (wonka.source, wonka.notes, wonka.url) == ("LinkedIn", "", "")
    assert (cyberdyne.location, cyberdyne.salary) == ("", "30 / 60,000")


def test_a_repeated_line_counts_once_and_another_day_is_another_application(
    reading: ImportReading,
) -> None:
    first = merge([], reading)
    assert [row.line for row in first.new] == [*range(2, 12)]
    (repeated,) = first.duplicates
    assert (repeated.line, repeated.text) == (
        12,
        "the same application as on line 10: counted once",
    )


def test_the_same_file_again_adds_nothing(reading: ImportReading) -> None:
    stored = [row.application for row in merge([], reading).new]
    again = merge(stored, reading)
    assert (again.new, again.updated) == ((), ())
    assert len(again.unchanged) == len(stored)
