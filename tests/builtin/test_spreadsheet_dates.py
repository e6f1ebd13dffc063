"""What cells say of dates, and in which order a whole file writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup.builtin.spreadsheet.dates import Moment, looks_like_date, moment, read_date
from followup.domain.application import Application
from followup.domain.exchange import DateOrder, ImportReading, UnreadableFileError
from tables import applications, options, read, told

BERLIN = "Europe/Berlin"


def day(text: str, order: DateOrder = "ymd") -> date | None:
    written = read_date(text)
    when = moment(written, order, BERLIN) if written else None
    return when.day if when else None


def instant(text: str, order: DateOrder = "mdy", zone: str = BERLIN) -> datetime | None:
    written = read_date(text)
    assert written
    when = moment(written, order, zone)
    assert when
    return when.instant


@pytest.mark.parametrize("order", ["mdy", "dmy", "ymd"])
@pytest.mark.parametrize(
    "text",
    [
        "2021-11-14",
        "2021/11/14",
        "2021.11.14",
        "20211114",
        "Nov 14, 2021",
        "November 14th, 2021",
        "Sunday, November 14, 2021",
        "14 Nov 2021",
        "14-Nov-21",
        "14. November 2021",
        "14 novembre 2021",
        "dim. 14 nov. 2021",
        "14 de noviembre de 2021",
        "2021-11-14T00:00:00.000Z",
        " 2021-11-14 ",
    ],
)
def test_some_dates_mean_one_day_in_any_order(text: str, order: DateOrder) -> None:
    assert day(text, order) == date(2021, 11, 14)


@pytest.mark.parametrize(
    ("text", "mdy", "dmy"),
    [
        ("11/12/2021", date(2021, 11, 12), date(2021, 12, 11)),
        ("11-12-2021", date(2021, 11, 12), date(2021, 12, 11)),
        ("3.4.2021", date(2021, 3, 4), date(2021, 4, 3)),
        ("3/4/21", date(2021, 3, 4), date(2021, 4, 3)),
        ("3. 4. 1999", date(1999, 3, 4), date(1999, 4, 3)),
        ("11/14/2021", date(2021, 11, 14), date(2021, 11, 14)),
        ("14/11/2021", date(2021, 11, 14), date(2021, 11, 14)),
        ("02/29/2023", None, None),
    ],
)
def test_numbers_need_an_order(text: str, mdy: date | None, dmy: date | None) -> None:
    assert (day(text, "mdy"), day(text, "dmy")) == (mdy, dmy)


@pytest.mark.parametrize(
    "text",
    [
        "13/45/2021",
        "2/30/2022",
        "2022-02-30",
        "Feb 30, 2022",
        "0/0/2021",
        "1/2/1969",
        "1/2/2201",
        "1066-10-14",
        "1/2/69",
    ],
)
def test_days_that_do_not_exist_or_are_out_of_reach_are_none(text: str) -> None:
    written = read_date(text)
    assert written is not None
    assert written.days == {}


@pytest.mark.parametrize(
    "text",
    [
        "8/82019",
        "1/5/20222",
        "2021",
        "November 2021",
        "next Tuesday",
        "9:05",
        "11/14/2021 25:00",
        "11/14/2021 9:61",
        "2021-11-14 - 2021-11-15",
        "14 Nov 15 Dec 2021",
        "55,000",
        "",
        "1/2/3",
        "May 4, 202",
        "2021-11-14T09:05+99:00",
        "2021-11-14 09:05+01:75",
        "x" * 100 + " 2021-11-14",
    ],
)
def test_what_is_not_written_like_a_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_broken_dates_still_look_like_dates() -> None:
    assert looks_like_date("8/82019")
    assert not looks_like_date("Rejected")


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("11/14/2021 9:05 AM", 9, 5),
        ("11/14/2021 9:05PM", 21, 5),
        ("11/14/2021 12:30 a.m.", 0, 30),
        ("11/14/2021 12:30 p.m.", 12, 30),
        ("11/14/21, 8:15\u202fAM", 8, 15),
        ("11/14/2021 at 9am", 9, 0),
        ("2021-11-14T09:05", 9, 5),
        ("2021-11-14 18:51:27", 18, 51),
        ("14. November 2021 um 14:30 Uhr", 14, 30),
        ("14 novembre 2021 à 14h30", 14, 30),
    ],
)
def test_a_time_of_day_is_that_of_the_zone(text: str, hour: int, minute: int) -> None:
    found = instant(text)
    assert found
    assert found.astimezone(ZoneInfo(BERLIN)).replace(second=0) == datetime(
        2021, 11, 14, hour, minute, tzinfo=ZoneInfo(BERLIN)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-11-14T09:05:00Z", datetime(2021, 11, 14, 9, 5, tzinfo=UTC)),
        ("2021-11-14T09:05:00.000+0100", datetime(2021, 11, 14, 8, 5, tzinfo=UTC)),
        ("2021-11-14 09:05:00-05", datetime(2021, 11, 14, 14, 5, tzinfo=UTC)),
        ("2021-11-14 09:05 UTC", datetime(2021, 11, 14, 9, 5, tzinfo=UTC)),
        (
            "Sun Nov 14 2021 09:05:00 GMT+0100 (Central European Standard Time)",
            datetime(2021, 11, 14, 8, 5, tzinfo=UTC),
        ),
    ],
)
def test_an_offset_goes_before_the_zone(text: str, expected: datetime) -> None:
    assert instant(text) == expected


def test_midnight_is_no_time() -> None:
    written = read_date("11/14/2021 0:00:00")
    assert written
    day = date(2021, 11, 14)
    assert moment(written, "mdy", BERLIN) == Moment(day=day, last_day=day)


class TestOrder:
    """Applications of a file whose dates are given, one for each line from line 2 on."""

    @staticmethod
    def read(*dates: str, order: DateOrder | None = None) -> ImportReading:
        rows = "".join(f'c{number},"{text}"\n' for number, text in enumerate(dates))
        return read(f"Company,Date Applied\n{rows}", options(date_order=order))

    def days(self, *dates: str, order: DateOrder | None = None) -> list[str]:
        rows = self.read(*dates, order=order).rows
        return [told(row.application)[0].split()[1].strip("~") for row in rows]

    def refusal(self, *dates: str) -> str:
        with pytest.raises(UnreadableFileError) as refusal:
            self.read(*dates)
        return str(refusal.value)

    def test_one_date_decides_for_all(self) -> None:
        assert self.days("3/4/2021", "3/14/2021") == ["2021-03-04", "2021-03-14"]
        assert self.days("3/4/2021", "14/3/2021") == ["2021-04-03", "2021-03-14"]

    def test_other_forms_do_not_decide(self) -> None:
        assert "ambiguous" in self.refusal("3/4/2021", "2021-03-14", "Mar 15, 2021", "x")

    def test_all_forms_may_be_mixed(self) -> None:
        assert self.days("3/4/2021", "3/14/21", "2021-03-15", "Mar 16, 2021") == [
            "2021-03-04",
            "2021-03-14",
            "2021-03-15",
            "2021-03-16",
        ]

    def test_a_date_in_another_column_decides_as_well(self) -> None:
        (application,) = applications(
            "Company,Date Applied,Date Rejected\nGlobex,3/4/2021,3/14/2021\n"
        )
        assert told(application)[0] == "applied ~2021-03-04 12:00"

    def test_a_column_that_is_not_read_does_not(self) -> None:
        with pytest.raises(UnreadableFileError, match="ambiguous"):
            read("Company,Date Applied,Current Date\nGlobex,3/4/2021,3/14/2021\n")

    def test_doubt_is_refused_in_one_line(self) -> None:
        assert self.refusal("5/5/2021", "3/4/2021") == (
            "ambiguous dates: 3/4/2021 on line 3 could be 04 Mar 2021 or 03 Apr 2021;"
            " say --date-order mdy, dmy or ymd"
        )

    def test_doubt_without_consequence_is_not(self) -> None:
        assert self.days("5/5/2021", "4/4/2021") == ["2021-05-05", "2021-04-04"]

    def test_the_user_decides(self) -> None:
        assert self.days("3/4/2021", order="mdy") == ["2021-03-04"]
        assert self.days("3/4/2021", order="dmy") == ["2021-04-03"]
        assert self.days("03-04-05", order="ymd") == ["2003-04-05"]

    def test_a_date_that_can_be_only_one_is_taken_and_told(self) -> None:
        reading = self.read("3/4/2021", "3/14/2021", "3/15/2021", "16/3/2021")
        (problem,) = reading.problems
        assert (problem.line, problem.column) == (5, "Date Applied")
        assert problem.text == (
            "'16/3/2021' is not month/day/year like the others: taken as 2021-03-16"
        )
        assert told(reading.rows[3].application) == ["applied ~2021-03-16 12:00"]

    def test_doubt_is_refused_where_as_many_are_on_either_side(self) -> None:
        assert self.refusal("3/14/2021", "15/3/2021", "3/4/2021") == (
            "ambiguous dates: 3/4/2021 on line 4 could be 04 Mar 2021 or 03 Apr 2021;"
            " say --date-order mdy, dmy or ymd"
        )

    def test_impossible_dates_are_problems_and_decide_nothing(self) -> None:
        reading = self.read("8/82019", "13/45/2021", "3/14/2021", "2/30/2022")
        assert [(problem.line, problem.text) for problem in reading.problems] == [
            (2, "'8/82019' is no date that can be read: write it like 2021-11-14"),
            (3, "there is no such day as '13/45/2021'"),
            (5, "there is no such day as '2/30/2022'"),
        ]
        assert len(reading.rows) == 4

    def test_two_digits_may_be_a_year_in_front(self) -> None:
        assert "25 Nov 2021 or 21 Nov 2025" in self.refusal("25/11/21")
        assert self.days("25/11/21", "30/11/21") == ["2021-11-25", "2021-11-30"]

    def test_years_repeat_and_days_vary(self) -> None:
        days = ["22/11/21", "23/11/21", "24/11/21", "25/11/21"]
        assert self.days(*days)[0] == "2021-11-22"
        years = ["/".join(reversed(text.split("/"))) for text in days]
        assert self.days(*years)[0] == "2021-11-22"


def dated(zone: str, cells: Sequence[str], columns: str) -> Application:
    (application,) = applications(f"Company,{columns}\nGlobex,{','.join(cells)}\n", options(zone))
    return application


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/St_Johns", "UTC", "Asia/Kathmandu"])
def test_days_are_those_of_the_users_zone(zone: str) -> None:
    application = dated(zone, ["2021-11-14", "2021-12-06", "2021-12-05"], "Applied,Interview,Reply")
    assert told(application) == [
        "applied ~2021-11-14 12:00",
        "reply ~2021-12-05 12:00",
        "interview ~2021-12-06 17:00 to 18:00",
    ]
    assert {event.zone for event in application.events} == {zone}


def test_an_interview_with_a_time_takes_an_hour() -> None:
    application = dated(BERLIN, ["12/16/2021 9:05 AM"], "Interview")
    assert told(application) == ["interview 2021-12-16 09:05 to 10:05"]
