"""How an application ended, and when, as far as a row tells.

A date of its own goes first. A rejection without one came with the first answer, unless an
interview came before it. What is left gets the moment at which the file was read, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followup.api import UNDATED, ImportField, Outcome, OutcomeKind, Reply
from followup.builtin.spreadsheet.cells import yes_or_no
from followup.builtin.spreadsheet.dates import Moment, looks_like_date
from followup.builtin.spreadsheet.moments import fact_at, moments, moments_of
from followup.builtin.spreadsheet.row import Cell, Row
from followup.builtin.spreadsheet.statuses import Status, read_status

_COLUMNS: Mapping[ImportField, OutcomeKind] = {
    "rejected": OutcomeKind.REJECTED,
    "offer": OutcomeKind.OFFER,
}
# Outcomes that the first answer may bring.
_ANSWERS = frozenset({OutcomeKind.REJECTED, OutcomeKind.FILLED})


def read_outcomes(
    row: Row, status: Status, answer: Reply | None, days: Sequence[Moment]
) -> list[Outcome]:
    """Return the outcomes of a row, what its status says last.

    ``answer`` is the reply that would have brought a rejection, if there is one; ``days``
    stand beside the status.
    """
    found: dict[OutcomeKind, Moment | None] = {}
    for field, kind in _COLUMNS.items():
        for cell in row.cells(field):
            found |= _outcome_of(row, field, kind, cell)
    if status.outcome:
        decisions = moments(row, "decided") or moments(row, "changed") or days
        dated = decisions[-1] if decisions else found.get(status.outcome)
        found.pop(status.outcome, None)
        found[status.outcome] = dated
    elif row.cell("decided"):
        row.add_problem("the date of an outcome, but no outcome: left out")
    return [_outcome(row, kind, when, answer) for kind, when in found.items()]


def _outcome_of(
    row: Row, field: ImportField, kind: OutcomeKind, cell: Cell
) -> dict[OutcomeKind, Moment | None]:
    """Return what a column says that stands for one outcome: a date, yes or no, or a status."""
    said = yes_or_no(cell.text)
    if said is not None:
        return {kind: None} if said else {}
    if cell.dates or looks_like_date(cell.text):
        return {kind: next(iter(moments_of(row, cell)), None)}
    if yes_or_no(cell.text.split()[0]) is False:  # "no, not yet"
        return {}
    status = read_status(cell.text)
    if field == "offer" and status.outcome:
        status = read_status(f"offer {cell.text}")  # to decline an offer is no rejection
    if not status.known:
        row.add_problem(f"{cell} is neither a date nor yes or no", cell.column)
    return {status.outcome: None} if status.outcome else {}


def _outcome(row: Row, kind: OutcomeKind, when: Moment | None, answer: Reply | None) -> Outcome:
    if when:
        return fact_at(Outcome, when, row, result=kind)
    zone = row.options.zone
    if answer and kind in _ANSWERS:
        return Outcome(at=answer.at, zone=zone, date_only=answer.date_only, result=kind)
    return Outcome(at=row.options.now, zone=zone, result=kind, text=UNDATED)
