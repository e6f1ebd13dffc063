"""Moments of a row, and the facts that happened at them (design, section 3).

A date without a time counts so that nothing is ever too early: an interview on it ends at
18:00, any other fact is at noon.
"""

from __future__ import annotations

from typing import Any, TypeVar

from followup.api import (
    END_OF_INTERVIEW_DAY,
    NOON,
    Applied,
    ImportField,
    Interview,
    Outcome,
    Reply,
    after,
    at_time,
)
from followup.builtin.spreadsheet.cells import yes_or_no
from followup.builtin.spreadsheet.dates import ORDER_NAMES, Moment, moment, read_date
from followup.builtin.spreadsheet.row import Cell, Row

_USUAL_HOURS = 1  # of an interview whose end is not known

Fact = TypeVar("Fact", Applied, Reply, Outcome)


def moments(row: Row, field: ImportField) -> list[Moment]:
    """Return the moments that the cells of a field give; the others become problems.

    Where a cell says yes or no instead there is no date to read.
    """
    dated = (cell for cell in row.cells(field) if yes_or_no(cell.text) is None)
    return [when for cell in dated if (when := moment_of(row, cell))]


def moment_of(row: Row, cell: Cell) -> Moment | None:
    """Return the moment that a cell gives; one that can't be read becomes a problem."""
    written = read_date(cell.text)
    if written is None:
        fault = f"{cell} is no date that can be read: write it like 2021-11-14"
    elif not written.days:
        fault = f"there is no such day as {cell}"
    else:
        when = moment(written, row.order, row.options.zone)
        if when:
            return when
        fault = f"{cell} does not fit the other dates, which are {ORDER_NAMES[row.order]}"
    row.add_problem(fault, cell.column)
    return None


def says_yes(row: Row, field: ImportField) -> bool:
    """Tell whether a cell of a field says yes where a date could stand."""
    return any(yes_or_no(cell.text) for cell in row.cells(field))


def fact_at(kind: type[Fact], when: Moment, row: Row, **details: Any) -> Fact:
    """Return a fact that happened then; without a time of day it is at noon."""
    zone = row.options.zone
    at = when.instant or at_time(when.day, NOON, zone)
    return kind(at=at, zone=zone, date_only=when.instant is None, **details)


def interview_at(when: Moment, row: Row) -> Interview:
    """Return an interview of an hour; without a time of day it ends at 18:00."""
    zone = row.options.zone
    if when.instant:
        ends = after(when.instant, hours=_USUAL_HOURS)
        return Interview(at=when.instant, ends=ends, zone=zone)
    ends = at_time(when.day, END_OF_INTERVIEW_DAY, zone)
    return Interview(at=after(ends, hours=-_USUAL_HOURS), ends=ends, zone=zone, date_only=True)
