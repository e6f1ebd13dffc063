"""What the import screen lists: what to do, how the dates are, each column, each invitation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from followup.domain.exchange import (
    FIELD_TITLES,
    ColumnReading,
    ImportRow,
    Problem,
)
from followup.domain.telling import told_day
from followup.importing import ImportPreview
from followup.ui.fitting import cut, fit, legible
from followup.ui.screens import plain
from followup.ui.screens.import_choices import DATE_ORDERS, told_samples
from followup.ui.screens.import_whose import Whose
from followup.ui.stage_style import colour, glyph

MOST_PROBLEMS = 1_000  # that are listed; the command line lists all
_KNOWN = "known already"
_MOST_FOUND = 200  # applications of a file without columns that are listed
_NAME, _VALUE = 24, 24  # cells of a name and of what it stands for, at most
_SCROLLBAR = 1  # cells that are kept for it
_SHARE = 3  # that part of a row, where it is narrow
_BETWEEN = "  "
# What to say on the command line; here there are keys for it.
_OPTION = re.compile(r"[:;] (?:say|name)\b[^:;]* --.*")

Act = Literal["import", "order", "whose", "column", "look"]


class Row(Struct, frozen=True):
    """One row: what enter does on it, a name, what it stands for, and more about it.

    Of a column, which one it is. What ``is_taken`` stands out.
    """

    act: Act
    name: str
    value: str = ""
    about: str = ""
    column: ColumnReading | None = None
    is_taken: bool = True

    def look(self, width: int) -> Content:
        """Return the row in so many cells."""
        name = max(1, min(_NAME, width // _SHARE))
        value = max(1, min(_VALUE, width // _SHARE))
        if not self.value:
            return plain.line(cut(legible(self.name), width), "bold")
        words = Content.styled(
            f"{fit(legible(self.name), name)}{_BETWEEN}{fit(legible(self.value), value)}",
            "" if self.is_taken else plain.QUIET,
        )
        room = width - name - value - 2 * len(_BETWEEN)
        about = Content.styled(cut(legible(self.about), max(0, room)), plain.QUIET)
        return plain.row(words, about, between=_BETWEEN)


class RowList(OptionList):
    """Lists rows, as wide as there is room for."""

    def __init__(self) -> None:
        """Begin with no rows."""
        super().__init__(compact=True, markup=False)
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """List other rows, the cursor where it was."""
        self.rows = rows
        self.display = bool(rows)
        self.on_resize()

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        place = self.highlighted or 0
        width = max(1, self.content_size.width - _SCROLLBAR)
        self.set_options(Option(row.look(width)) for row in self.rows)
        self.highlighted = min(place, len(self.rows) - 1) if self.rows else None

    @property
    def row(self) -> Row | None:
        """The row at the cursor."""
        return self.rows[self.highlighted] if self.highlighted is not None else None


def is_calendar(preview: ImportPreview) -> bool:
    """Tell whether invitations were read, which may be somebody's."""
    return any(row.clues for row in preview.reading.rows)


def changes(preview: ImportPreview) -> int:
    """Return how many applications an import would add or change."""
    return len(preview.merge.new) + len(preview.merge.updated)


def rows_of(preview: ImportPreview, whose: Whose) -> Iterator[Row]:
    """Yield the rows of a file that was read."""
    count = changes(preview)
    what = "1 application" if count == 1 else f"{count:,} applications"
    yield Row("import", f"Import {what}" if count else "Nothing to import")
    if is_calendar(preview):
        yield Row("whose", "Whose", str(whose))
    if preview.reading.columns:
        order = preview.reading.date_order
        yield order_row(DATE_ORDERS[order] if order else "need no order")
        yield from column_rows(preview.reading.columns)
    else:
        yield from _found_rows(preview)


def order_row(told: str) -> Row:
    """Return the row that says in which order dates are read."""
    return Row("order", "Dates", told)


def column_rows(columns: Sequence[ColumnReading]) -> Iterator[Row]:
    """Yield a row for each column: its name, what it is taken for, and samples."""
    for column in columns:
        field = FIELD_TITLES[column.field] if column.field else "left out"
        yield Row(
            "column", column.name, field, told_samples(column), column, column.field is not None
        )


def summary(preview: ImportPreview) -> Content:
    """Return how a file was read, where its applications would stand, and how many are new."""
    reading, merge = preview.reading, preview.merge
    how = " · ".join(map(legible, (preview.format, *reading.about)))
    stages = [
        plain.row(
            plain.line(glyph(stage), colour(stage)),
            plain.line(f"{count:,} {stage.label}"),
            between=" ",
        )
        for stage, count in preview.stages.items()
    ]
    counts = (
        (merge.new, "new"),
        (merge.updated, "with new facts"),
        (merge.unchanged, _KNOWN),
        (merge.duplicates, "repeated"),
        (merge.left_out, "left out"),
        (reading.problems, "with a problem"),
    )
    told = [plain.line(f"{len(found):,} {word}") for found, word in counts if found]
    return plain.lines(
        plain.line(how, plain.QUIET),
        plain.row(*told, between=" · "),
        plain.row(*stages, between="   "),
    )


def problem_lines(problems: Sequence[Problem]) -> Content:
    """Return problems with their lines, one below the other."""
    lines = [
        plain.row(plain.line(_place(problem), "$warning"), plain.line(without_option(problem.text)))
        for problem in problems[:MOST_PROBLEMS]
    ]
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        text = f"and {more:,} more, which `followup import FILE --dry-run` lists"
        lines.append(plain.line(text, plain.QUIET))
    return plain.lines(*lines)


def without_option(text: str) -> str:
    """Return what was found without the option of the command line that would answer it."""
    return _OPTION.sub("", text)


def _place(problem: Problem) -> str:
    where = f"{problem.file} line {problem.line}" if problem.file else f"line {problem.line}"
    return f"{where}, {problem.column}" if problem.column else where


def _found_rows(preview: ImportPreview) -> Iterator[Row]:
    """Yield the applications of a file that has no columns, those with invitations with when."""
    brought = {(row.file, row.line): row for row in preview.reading.rows}
    merge = preview.merge
    found = [
        *((row, "new") for row in merge.new),
        *((row, "new facts") for row in merge.updated),
        *((row, _KNOWN) for row in merge.unchanged),
    ]
    for row, what in found[:_MOST_FOUND]:
        application = row.application
        name = ", ".join(filter(None, (application.company, application.role)))
        about = _invitation(brought.get((row.file, row.line), row))
        act: Act = "whose" if row.clues else "look"
        yield Row(act, name, what, about, is_taken=what != _KNOWN)
    if len(found) > _MOST_FOUND:
        yield Row("look", f"and {len(found) - _MOST_FOUND:,} more")


def _invitation(row: ImportRow) -> str:
    if row.clues is None or not row.application.events:
        return ""
    event = row.application.events[0]
    when = told_day(event, event.zone)
    return f"{when}  {row.clues.title}"
