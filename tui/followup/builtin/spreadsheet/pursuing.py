"""What was done to hear from them: follow-ups, and what puts the next one off.

No guess leads here: the columns are those of our own sheet, or the user says what they are.
Cells belong together where the names of their columns end in the same number.
"""

from __future__ import annotations

from collections.abc import Iterator

from followup.api import FollowUp, Promise, Snooze, StepKind, start_of_day
from followup.builtin.spreadsheet.dates import Moment
from followup.builtin.spreadsheet.moments import fact_at, moments_of
from followup.builtin.spreadsheet.row import Cell, Row

_STEPS = {kind.label.casefold(): kind for kind in StepKind}


def follow_ups(row: Row) -> Iterator[FollowUp]:
    """Yield the messages that were sent, as what a column beside them says."""
    for cell in row.cells("follow_up"):
        step = _step(row, row.beside(cell, "step"))
        for when in moments_of(row, cell):
            yield fact_at(FollowUp, when, row, step=step)


def promises(row: Row) -> Iterator[Promise]:
    """Yield the days by which they said that they would decide, with when they said so."""
    for cell in row.cells("promise"):
        until, said = _moment(row, cell), _moment(row, row.beside(cell, "promised"))
        if until and said:
            yield fact_at(Promise, said, row, by=until.day)
        elif until:
            row.add_problem("nothing says when this was promised: left out", cell.column)


def snoozes(row: Row) -> Iterator[Snooze]:
    """Yield until when it was put off; a day counts from its start."""
    for cell in row.cells("snooze"):
        until, when = _moment(row, cell), _moment(row, row.beside(cell, "snoozed"))
        if not until or not when:
            row.add_problem("nothing says when this was put off: left out", cell.column)
            continue
        end = until.instant or start_of_day(until.day, row.options.zone)
        snooze = fact_at(Snooze, when, row, until=end)
        if end > snooze.at:
            yield snooze
        else:
            row.add_problem(f"{cell} is before it was put off: left out", cell.column)


def _moment(row: Row, cell: Cell | None) -> Moment | None:
    return next(iter(moments_of(row, cell)), None) if cell else None


def _step(row: Row, cell: Cell | None) -> StepKind | None:
    """Return the kind of step that a cell names, none where it names none."""
    if cell is None:
        return None
    step = _STEPS.get(row.line_of(cell).casefold())
    if step is None:
        row.add_problem(f"{cell} is no kind of follow-up: there are {', '.join(_STEPS)}")
    return step
