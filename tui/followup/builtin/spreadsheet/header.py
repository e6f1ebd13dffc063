"""Which row of a table names its columns: titles may stand above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from followup.builtin.spreadsheet.columns import FIELDS
from followup.builtin.spreadsheet.dialect import Record, Table
from followup.builtin.spreadsheet.layouts import recognise
from followup.builtin.spreadsheet.names import FILLED, LOOSE, likeness
from followup.builtin.spreadsheet.words import words

_DEEPEST = 12  # records among which the header is looked for
_FEWEST = 2  # columns that are known by name, where it is not the first record
_LONGEST_NAME = 60  # characters


def best_named(tables: Sequence[Table]) -> Table:
    """Return the table whose columns have the most names that are known, the first of equals."""
    return max(tables, key=lambda table: max(map(_weight, _head(table)), default=0))


def find_header(records: Sequence[Record]) -> int:
    """Return the place of the record that names the columns: the first one where none does."""
    weights = [_weight(record) for record in records[:_DEEPEST]]
    if not weights or weights[0] >= _FEWEST:
        return 0
    heaviest = max(weights)
    return weights.index(heaviest) if heaviest >= _FEWEST else 0


def repeats(record: Record, header: Record) -> bool:
    """Tell whether a record is the header once more, as in sheets that were put together."""
    names = [words(cell) for cell in header.cells]
    return any(names) and [words(cell) for cell in record.cells] == names


def _head(table: Table) -> Iterator[Record]:
    return islice(table.records(), _DEEPEST)


def _weight(record: Record) -> float:
    """Return how many fields the cells of a record are known names of."""
    if recognise(record.cells):
        return len(record.cells)
    names = [cell for cell in record.cells if cell.strip() and len(cell) <= _LONGEST_NAME]
    named = {field for field in FIELDS if any(likeness(name, field) >= FILLED for name in names)}
    loosely = sum(any(likeness(name, field) >= LOOSE for field in FIELDS) for name in names)
    return min(len(named), loosely)
