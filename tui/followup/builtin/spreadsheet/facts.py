"""From the cells of a row to the facts of a timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from msgspec import Struct

from followup.api import (
    UNDATED,
    AnyEvent,
    Applied,
    ImportField,
    Interview,
    Note,
    Reply,
    clean_page,
)
from followup.builtin.spreadsheet.cells import yes_or_no
from followup.builtin.spreadsheet.columns import DATED
from followup.builtin.spreadsheet.datelists import read_dates
from followup.builtin.spreadsheet.dates import Moment
from followup.builtin.spreadsheet.moments import (
    fact_at,
    interview_at,
    interviews_of,
    moments,
    moments_of,
    says_yes,
)
from followup.builtin.spreadsheet.names import FILLED, likeness
from followup.builtin.spreadsheet.outcomes import read_outcomes
from followup.builtin.spreadsheet.pursuing import follow_ups, promises, snoozes
from followup.builtin.spreadsheet.row import Cell, Row
from followup.builtin.spreadsheet.stations import facts_of, once_applied, stations_of
from followup.builtin.spreadsheet.statuses import Status, read_status, together

_TOLD_ELSEWHERE: tuple[ImportField, ...] = ("interview", "replied", "rejected", "decided")


class Facts(Struct, frozen=True):
    """The facts of a row; ``saved`` is a job that nobody has applied for yet."""

    events: tuple[AnyEvent, ...]
    saved: bool = False


def read_facts(row: Row) -> Facts:
    """Return the facts that a row tells of; what it says without a date becomes a note."""
    history = _history(row)
    if history:
        return Facts((*history, *(_note(row, text) for text in _dates_amid_words(row))))
    statuses = [(cell, read_status(cell.text)) for cell in row.cells("status")]
    status = together([said for _, said in statuses])
    saved = _is_saved(row, status)
    sent = _applied(row)
    applied = [] if saved else sent
    interviews = list(dict.fromkeys(interviews_of(row))) or [
        interview_at(when, row) for when in dict.fromkeys(_days_of(statuses, row, of_outcome=False))
    ]
    replies = [fact_at(Reply, when, row) for when in moments(row, "replied")]
    interviewed = status.interviewed or says_yes(row, "interview")
    notes = list(_dates_amid_words(row))
    if interviewed and not interviews:
        notes.append(f"Interview: {UNDATED}")
    if says_yes(row, "replied") and not replies:
        notes.append(f"Answered: {UNDATED}")
    for cell, said in statuses:
        if said.telling or not status.known:
            notes.append(f"{cell.column}: {cell.text}")
        if not said.known:
            row.add_problem(f"unknown status {cell}: kept as a note", cell.column)
    if not status.known:
        told = " and ".join(str(cell) for cell, said in statuses if said.outcome)
        row.add_problem(f"outcomes that contradict, {told}: kept as notes")
    answer = _answer(replies, interviews, interviewed=interviewed)
    outcomes = read_outcomes(row, status, answer, _days_of(statuses, row, of_outcome=True))
    talks: list[Interview | Reply] = sorted([*interviews, *replies], key=attrgetter("at"))
    pursued: tuple[AnyEvent, ...] = (*follow_ups(row), *promises(row), *snoozes(row))
    kept = (_note(row, text) for text in dict.fromkeys(notes))
    return Facts((*applied, *talks, *pursued, *outcomes, *kept), saved)


def _history(row: Row) -> tuple[AnyEvent, ...]:
    """Return the facts of a cell that lists the stations of an application, none without it.

    A status may be such a list, where nothing else tells of interviews and answers.
    """
    lists = [*row.cells("history")]
    if not any(row.cell(field) for field in _TOLD_ELSEWHERE):
        lists += [cell for cell in row.cells("status") if len(cell.dates) > 1]
    for cell in lists:
        stations = stations_of(row, cell)
        facts = [fact for one in stations for fact in facts_of(row, cell.column, one)]
        if facts:
            is_begun = any(isinstance(fact, Applied) for fact in facts)
            return once_applied(facts if is_begun else [*_applied(row), *facts])
    return ()


def _is_saved(row: Row, status: Status) -> bool:
    """Tell whether a row is a job that is not applied for yet.

    A date in a column that is about applying goes before what the status says; one in a
    column that is called just "Date" may be that of the entry.
    """
    cells = row.cells("applied")
    if any(cell.dates and likeness(cell.column, "applied") >= FILLED for cell in cells):
        return False
    denied = any(yes_or_no(cell.text) is False for cell in cells)
    return row.is_saved or status.saved or (denied and not row.cell("status"))


def _applied(row: Row) -> list[Applied]:
    """Return the day of applying, the first where there are several."""
    found = moments(row, "applied")
    if len(found) > 1:
        row.add_problem(f"several dates of applying: taken as {found[0].day}")
    return [fact_at(Applied, when, row) for when in found[:1]]


def _days_of(
    statuses: Sequence[tuple[Cell, Status]], row: Row, *, of_outcome: bool
) -> list[Moment]:
    """Return the days that statuses give of an outcome or of an interview: "Rejected 3/4/24"."""
    return [
        when
        for cell, status in statuses
        if len(cell.dates) == 1
        and (status.outcome is not None) is of_outcome
        and (of_outcome or status.interviewed)
        for when in moments_of(row, cell)
    ]


def _dates_amid_words(row: Row) -> Iterator[str]:
    """Yield the cells that say more than their dates."""
    for field in sorted(DATED):
        for cell in row.cells(field):
            if cell.dates and read_dates(cell.text).amid:
                yield f"{cell.column}: {cell.text}"


def _answer(
    replies: Sequence[Reply], interviews: Sequence[Interview], *, interviewed: bool
) -> Reply | None:
    """Return the first answer, unless it may be the one that led to an interview."""
    if not replies or (interviewed and not interviews):
        return None
    first = min(replies, key=attrgetter("at"))
    return first if all(first.at > interview.ends for interview in interviews) else None


def _note(row: Row, text: str) -> Note:
    return Note(at=row.options.now, zone=row.options.zone, text=clean_page(text))
