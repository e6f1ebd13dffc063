"""From the text of a table to its records: the delimiter is found out, quotes are mended."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
DELIMITERS = tuple(DELIMITER_NAMES)
_SAMPLE = 200  # records by which a delimiter is judged
_OPEN_QUOTE = "a quotation mark is left open on this line: it was read as if it were not there"
_TOO_LONG = f"a cell has more than {csv.field_size_limit():,} characters: the line was left out"


class Record(Struct, frozen=True):
    """The cells of one record and the physical line on which it starts; line 1 is the first.

    ``flaw`` says what was wrong with how it is written.
    """

    line: int
    cells: list[str]
    flaw: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in any cell, or but a line that is drawn with dashes."""
        return not any(cell.strip(" \t\r\n\u3000-–—_=:|") for cell in self.cells)


class Table(Struct, frozen=True):
    """The lines of a table and the delimiter between its cells; records start at ``first``."""

    lines: list[str]
    delimiter: str
    first: int = 0

    def records(self) -> Iterator[Record]:
        """Yield the records that are not blank, in order."""
        return _filled(_records(self.lines, self.delimiter, self.first))


def tables_of(text: str) -> list[Table]:
    """Return what a text that is not empty may be, the likeliest first, whatever lines end in.

    A first line ``sep=;``, which spreadsheets write for one another, names the delimiter.
    """
    lines = list(io.StringIO(text, newline=""))
    head = lines[0].rstrip("\r\n").lower()
    if head.startswith("sep=") and head[4:] in DELIMITERS:
        return [Table(lines, head[4:], first=1)]
    ranked = sorted(DELIMITERS, key=lambda delimiter: -_aligned(lines, delimiter))
    return [Table(lines, delimiter) for delimiter in ranked]


def _aligned(lines: Sequence[str], delimiter: str) -> float:
    """Return how many cells a delimiter brings into line with those of most records."""
    sample = list(islice(_filled(_records(lines, delimiter, 0)), _SAMPLE))
    if not sample:
        return 0
    width, fitting = Counter(len(record.cells) for record in sample).most_common(1)[0]
    return (width - 1) * fitting / len(sample)


def _filled(records: Iterator[Record]) -> Iterator[Record]:
    return (record for record in records if record.flaw or not record.is_blank)


def _records(lines: Sequence[str], delimiter: str, first: int) -> Iterator[Record]:
    """Yield all records; a misplaced quotation mark spoils its own line and no other."""
    start = first
    while start < len(lines):
        rest = (lines[index] for index in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        origin = start
        try:
            for cells in reader:
                yield Record(start + 1, cells)
                start = origin + reader.line_num
        except csv.Error:
            yield _mended(lines[start], start + 1, delimiter)
            start += 1


def _mended(line: str, number: int, delimiter: str) -> Record:
    """Read a single line whose quotation marks do not match, as well as can be."""
    is_open = line.count('"') % 2 == 1
    try:
        if is_open:
            (cells,) = csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE)
        else:
            (cells,) = csv.reader([line], delimiter=delimiter)
    except csv.Error:
        return Record(number, [], _TOO_LONG)
    if not is_open:
        return Record(number, cells)
    return Record(number, [cell.strip().strip('"') for cell in cells], _OPEN_QUOTE)
