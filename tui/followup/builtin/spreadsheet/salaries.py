"""Salaries as they are written, in one cell or in several: they stay text."""

from __future__ import annotations

import re

from followup.builtin.spreadsheet.cells import has_digit
from followup.builtin.spreadsheet.row import Row
from followup.builtin.spreadsheet.words import words

_ENDS = frozenset(
    {"min", "minimum", "low", "from", "von"} | {"max", "maximum", "high", "to", "bis"}
)
_NOUGHT = re.compile(r"[\s0.,]*0[\s0.,]*")


def salary_of(row: Row) -> str:
    """Return the salary: ``50k–60k`` from two columns for its ends, ``USD`` behind it."""
    ends: list[str] = []
    amounts: list[str] = []
    units: list[str] = []
    for cell in row.cells("salary"):
        text = row.line_of(cell)
        if _NOUGHT.fullmatch(text):
            continue  # how programs write that none is known
        if not _ENDS.isdisjoint(words(cell.column)):
            ends.append(text)
        elif has_digit(text):
            amounts.append(text)
        else:
            units.append(text)
    span = "–".join(dict.fromkeys(ends))
    return " ".join((*filter(None, (span, " / ".join(amounts))), *units))
