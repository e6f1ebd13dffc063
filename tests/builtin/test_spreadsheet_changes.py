"""Tables with a row for every change of a status are folded; others are not."""

from __future__ import annotations

from tables import applications, read, told

FOLDED = "every row is a change of a status: those of an application were put together"
LOG = (
    "Date,Company,Position,Status\n"
    "2025-01-01,Globex,SRE,Applied\n"
    "2025-01-02,Initech,Baker,Applied\n"
    "2025-01-09,Globex,SRE,Phone screen\n"
    "2025-01-15,Initech,Baker,Rejected\n"
    "2025-01-20,Globex,SRE,Interview scheduled\n"
    "2025-02-01,Globex,SRE,Offer\n"
    "2025-02-03,Hooli,Cook,Applied\n"
)


def test_rows_of_one_application_become_its_history() -> None:
    reading = read(LOG)
    assert FOLDED in reading.about
    assert reading.problems == ()
    assert {row.application.company: told(row.application) for row in reading.rows} == {
        "Globex": [
            "applied ~2025-01-01 12:00",
            "interview ~2025-01-09 17:00 to 18:00",
            "reply ~2025-01-20 12:00",
            "note ~2025-01-20 12:00 (Status: Interview scheduled)",
            "outcome ~2025-02-01 12:00 offer",
        ],
        "Initech": ["applied ~2025-01-02 12:00", "outcome ~2025-01-15 12:00 rejected"],
        "Hooli": ["applied ~2025-02-03 12:00"],
    }


def test_the_newest_row_may_stand_first() -> None:
    header, *rows = LOG.splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    assert sorted(map(told, applications(turned))) == sorted(map(told, applications(LOG)))


def test_a_column_may_say_that_it_dates_the_change() -> None:
    (one,) = applications(
        "Company,Role,Status,Status Date\nGlobex,SRE,Applied,2025-01-01\n"
        "Globex,SRE,Rejected,2025-01-09\n"
    )
    assert told(one) == ["applied ~2025-01-01 12:00", "outcome ~2025-01-09 12:00 rejected"]


def test_a_change_of_unknown_meaning_is_a_problem_and_a_note() -> None:
    reading = read(f"{LOG}2025-03-01,Initech,Baker,blue\n")
    assert FOLDED not in reading.about  # the history of Initech does not end with what is known
    reading = read(LOG.replace("Phone screen", "blue"))
    assert [problem.line for problem in reading.problems] == [4]


def test_every_day_of_applying_is_an_application_of_its_own() -> None:
    """A column that is about applying says so: two days are two applications."""
    reading = read(
        "Company,Role,Status,Date Applied\nGlobex,SRE,Applied,2025-01-01\n"
        "Globex,SRE,Rejected,2025-06-09\n"
    )
    assert len(reading.rows) == 2
    assert FOLDED not in reading.about


def test_a_status_that_goes_back_is_no_history() -> None:
    reading = read(
        "Company,Role,Status,Date\nGlobex,SRE,Rejected,2025-01-01\nGlobex,SRE,Applied,2025-06-09\n"
    )
    assert len(reading.rows) == 2


def test_changes_without_days_are_added_up() -> None:
    reading = read(
        "Company,Source,Target\nGlobex,Applied,HR Interview\nGlobex,HR Interview,Rejected\n"
    )
    assert "a list of changes from stage to stage" in reading.about
    assert all("Source" not in row.application.source for row in reading.rows)
