"""Reading a table as a whole: from a file to applications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import BinaryIO

from followup.api import (
    DateOrder,
    ImportField,
    ImportOptions,
    ImportReading,
    ImportRow,
    OpenQuestionError,
    UnreadableFileError,
    clean,
)
from followup.builtin.formulas import restored
from followup.builtin.spreadsheet.applications import NO_ROLE, read_application, read_history
from followup.builtin.spreadsheet.changes import groups_of
from followup.builtin.spreadsheet.columns import DATED, Column, assign, listed, readings
from followup.builtin.spreadsheet.counted import from_number
from followup.builtin.spreadsheet.datelists import read_dates
from followup.builtin.spreadsheet.dates import ORDER_NAMES, Written, moment
from followup.builtin.spreadsheet.dialect import DELIMITER_NAMES, Record, Table, tables_of
from followup.builtin.spreadsheet.encoding import decode, is_text, read_text
from followup.builtin.spreadsheet.header import best_named, find_header, repeats
from followup.builtin.spreadsheet.layouts import KnownTable, recognise
from followup.builtin.spreadsheet.names import foreign_language_of
from followup.builtin.spreadsheet.order import AmbiguousDatesError, DatedCell, Decision, decide
from followup.builtin.spreadsheet.own import read_own
from followup.builtin.spreadsheet.row import Layout, Row
from followup.builtin.spreadsheet.years import Place, with_years

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
_TABLE, _LAST_RESORT = 0.5, 0.05
_ANY_ZONE = "UTC"
_SHOWN = 40  # characters of a date that are shown
_DAY_FIRST = {
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}

Dates = Mapping[Place, Sequence[Written]]


class EmptyTableError(UnreadableFileError):
    """A table in which nothing stands beneath its header."""


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
    table = best_named(tables_of(decoded.text))
    header, records = _records(table)
    columns = _columns(header, records)
    known = recognise(column.name for column in columns)
    fields = assign(columns, known, options)
    if fields.keys().isdisjoint(_of(fields, {"company", "job"})):
        raise OpenQuestionError(
            "no column looks like the company: say --map COLUMN=company;"
            f" there are: {listed(columns)}",
            asks="company",
            columns=readings(columns, fields),
        )
    dates = _dates(records, fields, {*DATED, "offer"})
    beside = _dates(records, fields, {"status"})
    try:
        decision = _decision(records, {**dates, **_certain(beside)}, header, known, options)
    except AmbiguousDatesError as doubt:
        shown = readings(columns, fields)
        raise OpenQuestionError(str(doubt), asks="date_order", columns=shown) from doubt
    completed = with_years(dates, decision.order, _of(fields, {"applied"}))
    is_exact = known is not None and known.exact
    layout = Layout(
        columns=columns,
        fields=fields,
        width=len(header.cells),
        order=decision.order,
        dates={**dates, **completed, **_settled(beside, decision.order)},
        options=options,
        saved=known is not None and known.saved,
        exact=is_exact,
    )
    rows = [Row(number, record, layout) for number, record in enumerate(records)]
    about = [f"{decoded.encoding}, {DELIMITER_NAMES[table.delimiter]} between columns"]
    if known:
        about.append(known.title)
    if decision.why:
        about.append(decision.why)
    if completed:
        about.append(_told_years(completed, records))
    if not _of(fields, {"role", "job"}):
        about.append(f"no column looks like the role: {NO_ROLE!r} stands in")
    applications, folded = _own(rows) if is_exact else _applications(rows)
    about += folded
    return ImportReading(
        rows=tuple(applications),
        problems=tuple(problem for row in rows for problem in dict.fromkeys(row.problems)),
        columns=readings(columns, fields),
        about=tuple(about),
        date_order=decision.order if decision.why else None,
        distinct=is_exact,
    )


def _records(table: Table) -> tuple[Record, list[Record]]:
    """Return the header and the records beneath it, as they were before they were neutralised."""
    found = islice(table.records(), MOST_ROWS + 2)
    records = [
        Record(record.line, [restored(text) for text in record.cells], record.flaw)
        for record in found
    ]
    place = find_header(records)
    header = records[place] if records else None
    rows = [record for record in records[place + 1 :] if header and not repeats(record, header)]
    if header is None or not rows:
        raise EmptyTableError("there is no row beneath the header: nothing to import")
    if len(records) > MOST_ROWS + 1:
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


def _of(fields: Mapping[int, ImportField], wanted: set[ImportField]) -> set[int]:
    """Return the columns of some fields."""
    return {index for index, field in fields.items() if field in wanted}


def _dates(
    records: Sequence[Record], fields: Mapping[int, ImportField], wanted: set[ImportField]
) -> Dates:
    """Return the dates of all columns that are one of these fields, by record and column."""
    dated = sorted(_of(fields, wanted))
    dates = {}
    for number, record in enumerate(records):
        for index in dated:
            text = record.cells[index] if index < len(record.cells) else ""
            found = read_dates(from_number(text) or text).found
            if found:
                dates[number, index] = found
    return dates


def _certain(dates: Dates) -> Dates:
    """Return the dates that can be but one day: those beside a status tell, and ask nothing."""
    return {
        place: [written for written in found if len(set(written.days.values())) == 1]
        for place, found in dates.items()
    }


def _settled(dates: Dates, order: DateOrder) -> Dates:
    """Return the dates that are a day in this order; the others are but words."""
    return {
        place: found
        for place, found in dates.items()
        if all(moment(written, order, _ANY_ZONE) for written in found)
    }


def _decision(
    records: Sequence[Record],
    dates: Dates,
    header: Record,
    known: KnownTable | None,
    options: ImportOptions,
) -> Decision:
    """Return the order of the dates: as the user says, as they show, or as is the custom."""
    wanted = usual = None
    if options.date_order:
        wanted = _told(options.date_order, "as you said")
    elif known and known.order and dates:
        wanted = _told(known.order, f"as in {known.title}")
    language = foreign_language_of(header.cells)
    if language:
        usual = _told("dmy", f"as in {_DAY_FIRST[language]}")
    cells = (
        DatedCell(records[number].line, index, clean(records[number].cells[index], _SHOWN), written)
        for (number, index), found in dates.items()
        for written in found
    )
    return decide(cells, options.now.year, wanted, usual)


def _told(order: DateOrder, why: str) -> Decision:
    return Decision(order, f"dates are {ORDER_NAMES[order]}, {why}")


def _told_years(completed: Mapping[Place, object], records: Sequence[Record]) -> str:
    """Return in words which dates got their year from others."""
    number, index = min(completed)
    first = f"{clean(records[number].cells[index], _SHOWN)} on line {records[number].line}"
    return f"years that are not there are those of the dates around: {first} was the first"


def _own(rows: Sequence[Row]) -> tuple[Iterator[ImportRow], list[str]]:
    """Return the applications of our own sheet, of which none has to be folded."""
    found = (read_own(row) for row in rows)
    return (one for one in found if one), []


def _applications(rows: Sequence[Row]) -> tuple[Iterator[ImportRow], list[str]]:
    """Return the applications of a table, and in words how its rows were folded, if they were."""
    groups = groups_of(rows)
    if groups is None:
        found = (read_application(row) for row in rows)
        return (one for one in found if one), []
    told = "every row is a change of a status: those of an application were put together"
    histories = (read_history(group) for group in groups)
    return (one for one in histories if one), [told]
