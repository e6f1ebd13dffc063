"""Moments of a row, and the facts that happened at them (design, section 3).

A date without a time counts so that nothing is ever too early: an interview on it ends at
18:00, any other fact is at noon.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from msgspec.structs import replace

from followup.api import (
    END_OF_INTERVIEW_DAY,
    NOON,
    Applied,
    FollowUp,
    ImportField,
    Interview,
    Note,
    Outcome,
    Promise,
    Reply,
    Snooze,
    after,
    at_time,
)
from followup.builtin.formats.sheet_columns import read_moment
from followup.builtin.spreadsheet.cells import is_yes_or_no, yes_or_no
from followup.builtin.spreadsheet.dates import ORDER_NAMES, Moment, Written, moment
from followup.builtin.spreadsheet.row import Cell, Row

_USUAL_HOURS = 1  # of an interview whose end is not known

Fact = TypeVar("Fact", Applied, FollowUp, Note, Outcome, Promise, Reply, Snooze)


def moments(row: Row, field: ImportField) -> list[Moment]:
    """Return the moments that the cells of a field give; the others become problems.

    Where a cell says yes or no instead there is no date to read.
    """
    dated = (cell for cell in row.cells(field) if yes_or_no(cell.text) is None)
    return [when for cell in dated for when in moments_of(row, cell)]


def moments_of(row: Row, cell: Cell) -> list[Moment]:
    """Return the moments that a cell gives; one that can't be read becomes a problem."""
    exact = read_moment(cell.text, row.options.zone) if row.is_exact else None
    if exact:
        day, instant = exact
        return [Moment(day=day, instant=instant, last_day=day)]
    if not cell.dates:
        row.add_problem(
            f"{cell} is no date that can be read: write it like 2021-11-14", cell.column
        )
    found = (_moment_of(row, cell, written) for written in cell.dates)
    return [when for when in found if when]


def _moment_of(row: Row, cell: Cell, written: Written) -> Moment | None:
    when = moment(written, row.order, row.options.zone)
    if when is None and written.yearless:
        fault = f"{cell} has no year, and the dates around it don't tell one"
    elif when is None:
        fault = f"there is no such day as {cell}"
    elif row.order in written.days:
        return when
    else:
        fault = f"{cell} is not {ORDER_NAMES[row.order]} like the others: taken as {when.day}"
    row.add_problem(fault, cell.column)
    return when


def says_yes(row: Row, field: ImportField) -> bool:
    """Tell whether a cell of a field says yes where a date could stand."""
    return any(yes_or_no(cell.text) for cell in row.cells(field))


def fact_at(kind: type[Fact], when: Moment, row: Row, **details: Any) -> Fact:
    """Return a fact that happened then; without a time of day it is at noon."""
    zone = row.options.zone
    at = when.instant or at_time(when.day, NOON, zone)
    return kind(at=at, zone=zone, date_only=when.instant is None, **details)


def interview_at(when: Moment, row: Row) -> Interview:
    """Return an interview of an hour, where its end is not known.

    Without a time of day it ends at 18:00; one of several days does so on the last.
    """
    zone = row.options.zone
    if when.instant:
        ends = when.ends or after(when.instant, hours=_USUAL_HOURS)
        return Interview(at=when.instant, ends=ends, zone=zone)
    starts = after(at_time(when.day, END_OF_INTERVIEW_DAY, zone), hours=-_USUAL_HOURS)
    ends = at_time(when.last_day, END_OF_INTERVIEW_DAY, zone)
    return Interview(at=starts, ends=ends, zone=zone, date_only=True)


def interviews_of(row: Row) -> Iterator[Interview]:
    """Yield the interviews of a row; those without an end of their own take an hour.

    Where a cell says yes or no instead there is no date to read.
    """
    for cell in row.cells("interview"):
        ends = row.beside(cell, "interview_ends")
        for when in () if is_yes_or_no(cell.text) else moments_of(row, cell):
            yield _until(interview_at(when, row), ends, row)


def _until(interview: Interview, cell: Cell | None, row: Row) -> Interview:
    """Return an interview with the end that a cell gives, on a day without a time at 18:00."""
    if cell is None:
        return interview
    for when in moments_of(row, cell):
        ends = when.instant or at_time(when.day, END_OF_INTERVIEW_DAY, row.options.zone)
        if ends > interview.at:
            return replace(interview, ends=ends)
        row.add_problem("the interview would end before it begins: left out", cell.column)
    return interview
