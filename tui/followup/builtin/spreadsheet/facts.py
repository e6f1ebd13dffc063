"""From the cells of a row to the facts of a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from followup.api import UNDATED, AnyEvent, Applied, Interview, Note, Reply, clean_page
from followup.builtin.spreadsheet.moments import fact_at, interview_at, moments, says_yes
from followup.builtin.spreadsheet.outcomes import read_outcomes
from followup.builtin.spreadsheet.row import Row
from followup.builtin.spreadsheet.statuses import read_status, together


def read_facts(row: Row) -> tuple[AnyEvent, ...]:
    """Return the facts that a row tells of; what it says without a date becomes a note."""
    statuses = [(cell, read_status(cell.text)) for cell in row.cells("status")]
    status = together([said for _, said in statuses])
    applied = [fact_at(Applied, when, row) for when in moments(row, "applied")[:1]]
    interviews = [interview_at(when, row) for when in dict.fromkeys(moments(row, "interview"))]
    replies = [fact_at(Reply, when, row) for when in moments(row, "replied")]
    interviewed = status.interviewed or says_yes(row, "interview")
    notes = []
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
    outcomes = read_outcomes(row, status, _answer(replies, interviews, interviewed=interviewed))
    talks: list[Interview | Reply] = sorted([*interviews, *replies], key=attrgetter("at"))
    return (*applied, *talks, *outcomes, *(_note(row, text) for text in notes))


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
