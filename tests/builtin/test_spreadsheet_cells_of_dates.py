"""Cells that hold more or less than one date: several, ranges, numbers, days without a year."""

from __future__ import annotations

from datetime import date

import pytest

from followup.builtin.spreadsheet.counted import from_number
from followup.builtin.spreadsheet.datelists import read_dates
from followup.builtin.spreadsheet.dates import Written
from tables import applications, options, read, told


def days(text: str) -> list[str]:
    """The dates of a cell as day/month/year has them, else as month/day/year."""

    def shown(written: Written) -> str:
        day = written.days.get("mdy") or written.days["dmy"]
        until = f" to {shown(written.until)}" if written.until else ""
        return f"{day:%m-%d}{until}" if written.yearless else f"{day}{until}"

    return [shown(written) for written in read_dates(text).found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8/5/2019 & 8/14/2019", ["2019-08-05", "2019-08-14"]),
        ("8/3/2019 and 9/9/2019", ["2019-08-03", "2019-09-09"]),
        ("3/4/2021, 3/11/2021, 3/18/2021", ["2021-03-04", "2021-03-11", "2021-03-18"]),
        ("Oct 3, 2021; Oct 5, 2021", ["2021-10-03", "2021-10-05"]),
        ("14.11.2021 und 16.11.2021", ["2021-11-14", "2021-11-16"]),
        ("2021-11-14\n2021-11-16", ["2021-11-14", "2021-11-16"]),
        ("27-Oct & 3-Nov", ["10-27", "11-03"]),
        ("Nov 14-16, 2021", ["2021-11-14 to 2021-11-16"]),
        ("14.-16.11.2021", ["2021-11-14 to 2021-11-16"]),
        ("14–16 November 2021", ["2021-11-14 to 2021-11-16"]),
        ("Nov 14 – Dec 2, 2021", ["2021-11-14 to 2021-12-02"]),
        ("11/14/2021 - 11/16/2021", ["2021-11-14 to 2021-11-16"]),
        ("2021-11-14 bis 2021-11-16", ["2021-11-14 to 2021-11-16"]),
        ("November 20, 2024 → November 22, 2024", ["2024-11-20 to 2024-11-22"]),
        ("phone screen 11/14/2021 with Bob", ["2021-11-14"]),
        ("Applied on 3 March 2021 (mail)", ["2021-03-03"]),
        ("2021-11-14 2pm, then 2021-11-15", ["2021-11-14", "2021-11-15"]),
        ("Mar 3", ["03-03"]),
        ("3. März", ["03-03"]),
        ("9/19", ["09-19"]),
        ("Thurs 20th Feb, 10am", ["02-20"]),
    ],
)
def test_a_cell_may_hold_several(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "8/82019",
        "Jul-19",
        "November 2021",
        "next week",
        "60.000",
        "60-80",
        "2021-2022",
        "Q3",
    ],
)
def test_or_none(text: str) -> None:
    assert days(text) == []


def facts(column: str, *cells: str) -> list[list[str]]:
    rows = "".join(f'c{number},"{cell}"\n' for number, cell in enumerate(cells))
    return [told(one) for one in applications(f"Company,{column}\n{rows}")]


def test_each_date_is_an_interview() -> None:
    assert facts("Interview", "8/5/2019 & 8/14/2019") == [
        ["interview ~2019-08-05 17:00 to 18:00", "interview ~2019-08-14 17:00 to 18:00"]
    ]


def test_an_interview_of_several_days_ends_on_the_last() -> None:
    (one,) = applications('Company,Interview\nGlobex,"Nov 14-16, 2021"\n')
    (interview,) = one.events
    assert told(one) == ["interview ~2021-11-14 17:00 to 18:00"]
    assert (interview.day, interview.moment.date()) == (date(2021, 11, 14), date(2021, 11, 17))


def test_a_span_of_time_is_that_of_the_interview() -> None:
    cells = ("11/14/2021 2-3:30pm", "14.11.2021 9:00-12:00", "Nov 14, 2021 2:30 PM (EST)")
    assert facts("Interview", *cells) == [
        ["interview 2021-11-14 14:00 to 15:30"],
        ["interview 2021-11-14 09:00 to 12:00"],
        ["interview 2021-11-14 11:30 to 12:30"],
    ]


def test_words_around_a_date_are_kept() -> None:
    ((interview, note),) = facts("Interview", "with Bob on 11/14/2021 2pm, bring cake")
    assert interview == "interview 2021-11-14 14:00 to 15:00"
    assert note.endswith("(Interview: with Bob on 11/14/2021 2pm, bring cake)")


def test_the_first_of_several_days_of_applying_counts_and_is_told() -> None:
    reading = read('Company,Applied\nGlobex,"8/30/2019 and 9/9/2019"\n')
    assert told(reading.rows[0].application) == ["applied ~2019-08-30 12:00"]
    assert [problem.text for problem in reading.problems] == [
        "several dates of applying: taken as 2019-08-30"
    ]


class TestYears:
    """A date without a year has that of the dates around it."""

    def test_it_is_between_its_neighbours(self) -> None:
        reading = read("Company,Applied\na,2021-12-30\nb,Jan 3\nc,2022-01-09\n")
        assert told(reading.rows[1].application) == ["applied ~2022-01-03 12:00"]
        assert reading.about[1] == (
            "years that are not there are those of the dates around: Jan 3 on line 3 was the first"
        )

    def test_backwards_as_well(self) -> None:
        assert facts("Applied", "2022-01-09", "Dec 30", "2021-12-20")[1] == [
            "applied ~2021-12-30 12:00"
        ]

    def test_near_the_only_neighbour(self) -> None:
        assert facts("Applied", "8-Jul", "7/15/2019")[0] == ["applied ~2019-07-08 12:00"]
        assert facts("Applied", "12/20/2019", "1/5")[1] == ["applied ~2020-01-05 12:00"]

    def test_an_interview_comes_after_applying(self) -> None:
        table = "Company,Applied,Interview\nGlobex,2021-12-20,Jan 11 at 3pm\n"
        assert told(applications(table)[0])[1] == "interview 2022-01-11 15:00 to 16:00"

    @pytest.mark.parametrize(
        "cells",
        [["Mar 3"], ["2021-01-01", "Sep 1"], ["2020-02-28", "Mar 3", "2022-04-01"]],
    )
    def test_in_doubt_there_is_none_and_the_row_stays(self, cells: list[str]) -> None:
        rows = "".join(f"c{number},{cell}\n" for number, cell in enumerate(cells))
        reading = read(f"Company,Applied\n{rows}")
        (problem,) = reading.problems
        assert problem.text.endswith("has no year, and the dates around it don't tell one")
        assert len(reading.rows) == len(cells)

    def test_the_leap_day_is_only_in_leap_years(self) -> None:
        assert facts("Applied", "2024-02-20", "Feb 29", "2024-03-05")[1] == [
            "applied ~2024-02-29 12:00"
        ]


class TestNumbers:
    """Spreadsheets count days, programs seconds."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("44514", "2021-11-14"),
            ("44514.5", "2021-11-14T12:00:00"),
            ("44514,75", "2021-11-14T18:00:00"),
            ("1636848000", "2021-11-14T00:00:00+00:00"),
            ("1636848000000", "2021-11-14T00:00:00+00:00"),
            ("4451", None),
            ("99999999", None),
            ("0000000001", None),
            ("12345", None),
        ],
    )
    def test_some_are_dates(self, text: str, expected: str | None) -> None:
        assert from_number(text) == expected

    def test_in_a_column_of_dates_alone(self) -> None:
        reading = read("Company,Date Applied,Salary,Job ID\nGlobex,44514,45000,44514\n")
        (one,) = (row.application for row in reading.rows)
        assert told(one) == ["applied ~2021-11-14 12:00"]
        assert one.salary == "45000"
        assert reading.problems == ()

    def test_beside_dates_that_are_written(self) -> None:
        assert facts("Date applied", "44514", "11/15/2021") == [
            ["applied ~2021-11-14 12:00"],
            ["applied ~2021-11-15 12:00"],
        ]


class TestStatusesWithDays:
    """A status may carry its day."""

    @pytest.mark.parametrize(
        ("status", "fact"),
        [
            ("Rejected - 3/14/2024", "outcome ~2024-03-14 12:00 rejected"),
            ("Interview on 3/14/2024 2pm", "interview 2024-03-14 14:00 to 15:00"),
        ],
    )
    def test_it_is_that_of_the_fact(self, status: str, fact: str) -> None:
        (one,) = applications(f"Company,Status\nGlobex,{status}\n", options(date_order="mdy"))
        assert told(one)[0] == fact

    def test_in_doubt_it_is_but_words(self) -> None:
        reading = read("Company,Status\nGlobex,Rejected - 3/4/2024\n")
        assert "no date in the file" in told(reading.rows[0].application)[0]
        assert told(reading.rows[0].application)[1].endswith("(Status: Rejected - 3/4/2024)")


def test_a_status_may_list_several_with_their_days() -> None:
    (one,) = applications(
        'Company,Applied,Result\nGlobex,2/3/25,"Interviewed 2/10/25; rejected 2/20/25"\n'
    )
    assert told(one) == [
        "applied ~2025-02-03 12:00",
        "interview ~2025-02-10 17:00 to 18:00",
        "outcome ~2025-02-20 12:00 rejected",
    ]


class TestOrderByCustom:
    """How dates are usually written decides where no date does."""

    def about(self, header: str, *cells: str) -> list[str]:
        rows = "".join(f"c{number};{cell}\n" for number, cell in enumerate(cells))
        reading = read(f"{header}\n{rows}")
        return [line for line in reading.about if line.startswith("dates are")]

    def test_dots_are_day_month_year(self) -> None:
        assert self.about("Company;Applied", "3.4.2024") == [
            "dates are day/month/year, as those with dots are"
        ]

    def test_a_language_tells(self) -> None:
        assert self.about("Firma;Bewerbungsdatum", "3/4/2024") == [
            "dates are day/month/year, as in German"
        ]

    def test_a_long_log_in_order_tells(self) -> None:
        cells = [f"{month}/{day}/2024" for month in (1, 2, 3) for day in (2, 5, 9)]
        assert self.about("Company;Applied", *cells) == [
            "dates are month/day/year, in which they are in order"
        ]
