"""Reading a table as a whole: from a file to applications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import BinaryIO

from followup.api import ImportField, ImportOptions, ImportReading, UnreadableFileError, clean
from followup.builtin.formulas import restored
from followup.builtin.spreadsheet.applications import NO_ROLE, read_application
from followup.builtin.spreadsheet.columns import DATED, Column, assign, listed, readings
from followup.builtin.spreadsheet.dates import read_date
from followup.builtin.spreadsheet.dialect import DELIMITER_NAMES, Record, Table, read_table
from followup.builtin.spreadsheet.encoding import decode, is_text, read_text
from followup.builtin.spreadsheet.layouts import recognise
from followup.builtin.spreadsheet.order import DatedCell, decide
from followup.builtin.spreadsheet.row import Layout, Row

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
_TABLE, _LAST_RESORT = 0.5, 0.05
_SHOWN = 40  # characters of a date that are shown


def sniff(head: bytes) -> float:
    """Return how sure it is that a file starting so is a table.

    What nobody else reads is worth a try: the reader says best why it is no table.
    """
    try:
        text = decode(head).text
    except UnreadableFileError:
        return _LAST_RESORT
    first_line = text.lstrip().partition("\n")[0]
    is_table = is_text(text) and any(mark in first_line for mark in DELIMITER_NAMES)
    return _TABLE if is_table else _LAST_RESORT


def read(stream: BinaryIO, options: ImportOptions) -> ImportReading:
    """Read all applications of a table.

    Raises ``UnreadableFileError`` for what is no table, has no rows or no company, or whose
    dates are ambiguous.
    """
    decoded = read_text(stream)
    table = read_table(decoded.text)
    header, rows = _records(table)
    columns = _columns(header, rows)
    known = recognise({column.name for column in columns})
    fields = assign(columns, known.columns if known else {}, options)
    if "company" not in fields.values():
        raise UnreadableFileError(
            "no column looks like the company: say --map COLUMN=company;"
            f" there are: {listed(columns)}"
        )
    decision = decide(_dates(rows, fields), options.date_order, options.now.year)
    layout = Layout(
        columns=columns,
        fields=fields,
        width=len(header.cells),
        order=decision.order,
        options=options,
    )
    read_rows = [Row(record, layout) for record in rows]
    applications = [read_application(row) for row in read_rows]
    about = [f"{decoded.encoding}, {DELIMITER_NAMES[table.delimiter]} between columns"]
    if known:
        about.append(known.title)
    if decision.why:
        about.append(decision.why)
    if "role" not in fields.values():
        about.append(f"no column looks like the role: {NO_ROLE!r} stands in")
    return ImportReading(
        rows=tuple(application for application in applications if application),
        problems=tuple(problem for row in read_rows for problem in row.problems),
        columns=readings(columns, fields),
        about=tuple(about),
    )


def _records(table: Table) -> tuple[Record, list[Record]]:
    """Return the header and the records beneath it, as they were before they were neutralised."""
    records = (
        Record(record.line, [restored(text) for text in record.cells], record.flaw)
        for record in table.records()
    )
    header = next(records, None)
    rows = list(islice(records, MOST_ROWS + 1))
    if header is None or not rows:
        raise UnreadableFileError("there is no row beneath the header: nothing to import")
    if len(rows) > MOST_ROWS:
        raise UnreadableFileError(f"more than {MOST_ROWS:,} rows: split the file into parts")
    if len(header.cells) > MOST_COLUMNS:
        raise UnreadableFileError(f"more than {MOST_COLUMNS:,} columns: this is no such table")
    return header, rows


def _columns(header: Record, rows: Sequence[Record]) -> list[Column]:
    """Return the columns that have a name or anything in them."""
    columns = (
        Column(index, name, [row.cells[index] for row in rows if index < len(row.cells)])
        for index, name in enumerate(header.cells)
    )
    return [column for column in columns if column.sample or clean(header.cells[column.index])]


def _dates(rows: Sequence[Record], fields: Mapping[int, ImportField]) -> Iterator[DatedCell]:
    """Yield the dates of all columns that hold some."""
    dated = [index for index, field in fields.items() if field in DATED or field == "offer"]
    for row in rows:
        for index in dated:
            text = row.cells[index] if index < len(row.cells) else ""
            written = read_date(text)
            if written:
                yield DatedCell(row.line, clean(text, _SHOWN), written)
