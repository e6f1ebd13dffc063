"""One record of a table, its cells by field, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from followup.api import (
    ONE_LINE_LIMIT,
    PAGE_LIMIT,
    DateOrder,
    ImportField,
    ImportOptions,
    Problem,
    clean,
    clean_page,
)
from followup.builtin.formats.sheet_columns import number_of
from followup.builtin.spreadsheet import cells
from followup.builtin.spreadsheet.columns import Column
from followup.builtin.spreadsheet.dates import Written
from followup.builtin.spreadsheet.dialect import Record
from followup.builtin.spreadsheet.years import Place

_LOOKED_AT = 4 * ONE_LINE_LIMIT  # characters of a cell, of which less may be left
_QUOTED = 40  # characters of a cell that are shown in a problem


class Layout(Struct, frozen=True, kw_only=True):
    """How the records of a table are read: its columns and their fields, its order of dates.

    ``dates`` are those of its cells, by record and column. Where its jobs are ``saved``
    nobody has applied for them; where it is ``exact`` every cell means what it says.
    """

    columns: Sequence[Column]
    fields: Mapping[int, ImportField]
    width: int
    order: DateOrder
    dates: Mapping[Place, Sequence[Written]]
    options: ImportOptions
    saved: bool = False
    exact: bool = False


class Cell(Struct, frozen=True):
    """What stands in a record under a column, and the dates in it if that is one of dates."""

    column: str
    text: str
    dates: Sequence[Written] = ()

    def __str__(self) -> str:
        return quoted(self.text)


class Row:
    """A record as it is read; cells that say nothing are left out of it."""

    def __init__(self, number: int, record: Record, layout: Layout) -> None:
        """Take the cells of a record; those beyond the header become a problem."""
        self.line = record.line
        self.is_unreadable = not record.cells
        self.is_saved = layout.saved
        self.is_exact = layout.exact
        self.order = layout.order
        self.options = layout.options
        self.problems: list[Problem] = []
        self._fields = frozenset(layout.fields.values())
        self._cells: dict[ImportField, list[Cell]] = {}
        for column in layout.columns:
            field = layout.fields.get(column.index)
            text = record.cells[column.index] if column.index < len(record.cells) else ""
            if field and not self._is_left_out(field, text):
                dates = layout.dates.get((number, column.index), ())
                self._cells.setdefault(field, []).append(Cell(column.name, text, dates))
        if record.flaw:
            self.add_problem(record.flaw)
        beyond = [text for text in record.cells[layout.width :] if text.strip()]
        if beyond:
            listed = ", ".join(map(quoted, beyond))
            self.add_problem(f"more cells than the header has columns: {clean(listed)}")

    def cells(self, field: ImportField) -> Sequence[Cell]:
        """Return what the record says of a field, one cell for each of its columns."""
        return self._cells.get(field, ())

    def beside(self, cell: Cell, field: ImportField) -> Cell | None:
        """Return what the record says of a field under the same number as another cell."""
        number = number_of(cell.column)
        return next((one for one in self.cells(field) if number_of(one.column) == number), None)

    def cell(self, field: ImportField) -> Cell | None:
        """Return the first thing that the record says of a field."""
        return next(iter(self.cells(field)), None)

    def has(self, field: ImportField) -> bool:
        """Tell whether the table has a column for a field."""
        return field in self._fields

    @property
    def is_alone(self) -> bool:
        """Whether there is but one thing in the record that is read."""
        return sum(map(len, self._cells.values())) == 1

    def text(self, field: ImportField) -> str:
        """Return the first thing that the record says of a field, as clean text of one line."""
        cell = self.cell(field)
        return self.line_of(cell) if cell else ""

    def joined(self, field: ImportField, between: str) -> str:
        """Return all that the record says of a field, as clean text of one line."""
        return between.join(map(self.line_of, self.cells(field)))

    def line_of(self, cell: Cell) -> str:
        """Return a cell as clean text of one line; a problem tells of what is cut off."""
        text = cell.text[:_LOOKED_AT]
        text = clean(text if self.is_exact else cells.without_links(text), ONE_LINE_LIMIT + 1)
        if len(text) > ONE_LINE_LIMIT:
            self.add_problem(f"cut to {ONE_LINE_LIMIT:,} characters", cell.column)
        return text[:ONE_LINE_LIMIT].strip()

    def page_of(self, cell: Cell) -> str:
        """Return a cell as clean text of several lines; a problem tells of what is cut off."""
        text = clean_page(cell.text, PAGE_LIMIT + 1)
        if len(text) > PAGE_LIMIT:
            self.add_problem(f"cut to {PAGE_LIMIT:,} characters", cell.column)
        return text[:PAGE_LIMIT].strip()

    def _is_left_out(self, field: ImportField, text: str) -> bool:
        return not clean(text) if self.is_exact else _says_nothing(field, text)

    def add_problem(self, text: str, column: str = "") -> None:
        """List something that could not be used."""
        self.problems.append(Problem(line=self.line, text=text, column=column))


def quoted(text: str) -> str:
    """Return a cell as it is shown in a message: clean, short and between quotes."""
    return repr(clean(text, _QUOTED))


def _says_nothing(field: ImportField, text: str) -> bool:
    # A company may be called "None", and notes may say it.
    literal = field in {"company", "notes"} and not cells.is_null(text)
    return not clean(text).strip(" -–—") if literal else cells.is_blank(text)
