"""Rows of our own sheet: every cell means what it says, and nothing is guessed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from operator import attrgetter

from followup.api import (
    UNDATED,
    AnyEvent,
    Application,
    Applied,
    Contact,
    ImportField,
    ImportRow,
    InputError,
    Outcome,
    Reply,
    checked_application,
)
from followup.builtin.formats.sheet_columns import number_of
from followup.builtin.spreadsheet.applications import NO_ROLE, notes_of
from followup.builtin.spreadsheet.moments import fact_at, interviews_of, moments
from followup.builtin.spreadsheet.pursuing import follow_ups, promises, snoozes
from followup.builtin.spreadsheet.row import Row
from followup.builtin.spreadsheet.statuses import read_status

_CONTACT: tuple[ImportField, ...] = ("contact", "email", "phone", "linkedin")


def read_own(row: Row) -> ImportRow | None:
    """Return the application of a row, none where it can't be one; problems tell why."""
    if row.is_unreadable:
        return None
    if not row.text("role"):
        row.add_problem(f"no role: taken as {NO_ROLE!r}")
    url = row.cell("url")
    application = Application(
        company=row.text("company"),
        role=row.text("role") or NO_ROLE,
        contacts=tuple(_contacts(row)),
        tags=tuple(_tags(row)),
        url=url.text if url else "",
        location=row.text("location"),
        salary=row.text("salary"),
        source=row.text("source"),
        policy=row.text("policy"),
        notes="\n".join(notes_of(row)),
        # Of facts of one moment an answer comes after a message.
        events=tuple(sorted(_facts(row), key=attrgetter("moment"))),
    )
    try:
        return ImportRow(line=row.line, application=checked_application(application))
    except InputError as fault:
        row.add_problem(f"{fault}: the line was left out")
        return None


def _tags(row: Row) -> list[str]:
    return next(csv.reader([row.text("tags")], skipinitialspace=True), [])


def _contacts(row: Row) -> Iterator[Contact]:
    """Yield the people to write to, each from the columns of one number."""
    cells = {
        (field, number_of(cell.column)): cell.text
        for field in _CONTACT
        for cell in row.cells(field)
    }
    for number in sorted({number for _, number in cells}):
        name, email, phone, linkedin = (cells.get((field, number), "") for field in _CONTACT)
        yield Contact(name=name, email=email, phone=phone, linkedin=linkedin)


def _facts(row: Row) -> Iterator[AnyEvent]:
    yield from (fact_at(Applied, when, row) for when in moments(row, "applied"))
    yield from interviews_of(row)
    yield from follow_ups(row)
    yield from promises(row)
    yield from (fact_at(Reply, when, row) for when in moments(row, "replied"))
    yield from snoozes(row)
    yield from _outcomes(row)


def _outcomes(row: Row) -> Iterator[Outcome]:
    """Yield how it ended; without a date that is when the file was read, which it says."""
    cell = row.cell("status")
    result = read_status(cell.text).outcome if cell else None
    if cell and result is None:
        row.add_problem(f"unknown outcome {cell}: left out", cell.column)
    if result is None:
        return
    decided = moments(row, "decided")
    if decided:
        yield fact_at(Outcome, decided[0], row, result=result)
    else:
        zone = row.options.zone
        yield Outcome(at=row.options.now, zone=zone, result=result, text=UNDATED)
