"""Tables with a row for every change of a status instead of one for every application.

Such a table names the same company and role again and again, each time with another status
and the day on which it came to be. Its rows are folded into applications with their history.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup.api import AnyEvent, ImportField, Note, clean_page
from followup.builtin.spreadsheet.dates import Moment
from followup.builtin.spreadsheet.facts import Facts
from followup.builtin.spreadsheet.moments import moments
from followup.builtin.spreadsheet.names import FILLED, likeness
from followup.builtin.spreadsheet.row import Row
from followup.builtin.spreadsheet.stations import Station, facts_of, once_applied
from followup.builtin.spreadsheet.statuses import Status, read_status
from followup.builtin.spreadsheet.words import Words, words

# What a change of a status has no room for.
_TELLING_MORE: tuple[ImportField, ...] = (
    "interview",
    "replied",
    "rejected",
    "offer",
    "decided",
)
_MOST_EXCEPTIONS = 0.2  # of the applications with several rows

Group = list[Row]


def groups_of(rows: Sequence[Row]) -> list[Group] | None:
    """Return the rows of each application, none where the table is no list of changes.

    It is one where nearly all that stands there several times goes on from being applied
    for, each time with another status and on a day that says no more than "date".
    """
    if not all(_is_change(row) for row in rows):
        return None
    groups: dict[tuple[Words, Words, str], Group] = {}
    for row in rows:
        name = (words(row.text("company")), words(row.text("role")), row.text("job").casefold())
        groups.setdefault(name, []).append(row)
    several = [group for group in groups.values() if len(group) > 1]
    going_on = [group for group in several if _goes_on(group)]
    exceptions = len(several) - len(going_on)
    if not going_on or exceptions > _MOST_EXCEPTIONS * len(several):
        return None
    return list(groups.values())


def read_changes(group: Group) -> Facts:
    """Return the facts that the rows of one application tell of, in the order of their days."""
    events: list[AnyEvent] = []
    for row, day in _in_order(group):
        cell = row.cell("status")
        if cell and day:
            events += facts_of(row, cell.column, Station(cell.text, day))
        elif cell:
            events.append(_note(row, f"{cell.column}: {cell.text}"))
    return Facts(once_applied(events), saved=all(_status(row).saved for row in group))


def _is_change(row: Row) -> bool:
    """Tell whether a row has a status and one date, which says nothing else."""
    if not row.has("status"):
        return False
    if any(row.cell(field) for field in _TELLING_MORE):
        return False
    if row.has("changed"):
        return not row.has("applied")
    return all(likeness(cell.column, "applied") < FILLED for cell in row.cells("applied"))


def _goes_on(group: Group) -> bool:
    """Tell whether rows are a history: other statuses each time, applied for at its start."""
    ordered = _in_order(group)
    statuses = [_status(row) for row, day in ordered if day and row.cell("status")]
    said = {words(row.text("status")) for row in group}
    if len(statuses) < len(group) or len(said) < len(group):
        return False
    goes_on = [status.outcome is not None or status.interviewed for status in statuses]
    return goes_on[-1] and goes_on == sorted(goes_on)


def _in_order(group: Group) -> list[tuple[Row, Moment | None]]:
    """Return rows with the days of their changes, those without one last."""
    dated = [(row, _day(row)) for row in group]
    return sorted(dated, key=lambda pair: pair[1].day if pair[1] else date.max)


def _day(row: Row) -> Moment | None:
    return next(iter((*moments(row, "changed"), *moments(row, "applied"))), None)


def _status(row: Row) -> Status:
    return read_status(row.text("status"))


def _note(row: Row, text: str) -> Note:
    return Note(at=row.options.now, zone=row.options.zone, text=clean_page(text))
