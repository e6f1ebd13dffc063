"""Which column is which field: guessed from the names, borne out by the content.

Every column is weighed against every field; the best fits are given away first. What the
user says goes before any guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import get_args

from followup.api import ColumnReading, ImportField, ImportOptions, UnreadableFileError, clean
from followup.builtin.spreadsheet import cells
from followup.builtin.spreadsheet.counted import is_counted
from followup.builtin.spreadsheet.datelists import holds_date
from followup.builtin.spreadsheet.dates import looks_like_date
from followup.builtin.spreadsheet.jobs import names_role
from followup.builtin.spreadsheet.layouts import KnownTable
from followup.builtin.spreadsheet.names import (
    FILLED,
    HINTED,
    LOOSE,
    NAMED_FIELDS,
    likeness,
    says_date,
)
from followup.builtin.spreadsheet.statuses import read_status
from followup.builtin.spreadsheet.words import words

Kind = Callable[[str], bool]

# Fields as which columns are guessed: those that have names of which to know them.
FIELDS: tuple[ImportField, ...] = tuple(
    field for field in get_args(ImportField) if field in NAMED_FIELDS
)
_TOLD_EXACTLY: frozenset[ImportField] = frozenset(
    {"interview_ends", "follow_up", "promised", "promise", "snoozed", "snooze"}
)
DATED: frozenset[ImportField] = _TOLD_EXACTLY | {
    "applied",
    "interview",
    "replied",
    "rejected",
    "decided",
    "changed",
}
# Fields that may be spread over several columns.
SPREAD = frozenset({"interview", "status", "location", "salary", "tags", "notes"})

_SAMPLE = 1000  # cells by which a column is judged
_SAMPLES_SHOWN = 3
_SAMPLE_WIDTH = 60  # characters of a cell that are shown
_OWN = 3  # times that an address stands alone in a column, which is that of the user
_BONUS = 0.05  # for content that fits, so that it decides between names that fit as well
_HALF, _SOME = 0.5, 0.3  # shares of the cells that are not blank


def is_status(text: str) -> bool:
    """Tell whether a cell is a status that can be read."""
    return read_status(text).known


class UnknownColumnError(UnreadableFileError):
    """The user names a column that a table does not have."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Column:
    """One column of a table: where it stands, what it is called, what is in it."""

    def __init__(self, index: int, name: str, content: Sequence[str]) -> None:
        """Take a column from the cells beneath its name, blank ones included."""
        self.index = index
        self.is_named = bool(clean(name))
        self.name = clean(name) or f"column {index + 1}"
        filled = (text for text in content if not cells.is_blank(text))
        self.sample = [text for text, _ in zip(filled, range(_SAMPLE), strict=False)]
        self._shares: dict[Kind, float] = {}

    def share(self, is_such: Kind) -> float:
        """Return the share of such cells among those that are not blank."""
        if is_such not in self._shares:
            such = sum(map(is_such, self.sample))
            self._shares[is_such] = such / len(self.sample) if self.sample else 0
        return self._shares[is_such]

    def is_mostly(self, *kinds: Kind) -> bool:
        """Tell whether more than half of the cells are of one of these kinds."""
        return any(self.share(kind) > _HALF for kind in kinds)


# Content that a field does not have, and content that bears it out.
_FOREIGN: Mapping[ImportField, tuple[Kind, ...]] = {
    "company": (looks_like_date, cells.is_email, cells.is_url, cells.is_number),
    "role": (looks_like_date, cells.is_email, cells.is_url, cells.is_number),
    "job": (looks_like_date, cells.is_email, cells.is_url, cells.is_number, is_status),
    "contact": (looks_like_date, cells.is_url, cells.is_yes_or_no),
    "status": (looks_like_date, cells.is_email, cells.is_number, cells.is_yes_or_no),
    "url": (looks_like_date, cells.is_email, cells.is_number, cells.is_yes_or_no),
    "location": (looks_like_date, cells.is_email, cells.is_url, cells.is_yes_or_no),
    "salary": (looks_like_date, cells.is_email, cells.is_url, cells.is_yes_or_no),
    "source": (looks_like_date, cells.is_email, cells.is_url, cells.is_number, cells.is_yes_or_no),
    "tags": (looks_like_date, cells.is_yes_or_no),
    "notes": (looks_like_date, cells.is_yes_or_no),
}
_TELLING: Mapping[ImportField, Kind] = {
    "email": cells.is_email,
    "phone": cells.is_phone,
    "linkedin": cells.is_linkedin,
    **dict.fromkeys(DATED, holds_date),
    "role": names_role,
    "status": is_status,
    "offer": cells.is_yes_or_no,
    "url": cells.is_url,
    "salary": cells.has_digit,
}
_ADDRESSES = frozenset({"email", "phone", "linkedin"})


def assign(
    columns: Sequence[Column], known: KnownTable | None, options: ImportOptions
) -> dict[int, ImportField]:
    """Return the field of each column that has one, by the column's index.

    The fields of a ``known`` table are certain; the user's word goes before it. Raises
    ``UnreadableFileError`` where the user names a column that is not there.
    """
    of_known = (column for column in columns if known and known.knows(column.name))
    certain = {column.index: known.field_of(column.name) for column in of_known if known}
    certain |= _mapped(columns, options.columns)
    fields = {index: field for index, field in certain.items() if field}
    taken = _taken(fields)
    guesses = (
        (score, column, field)
        for column in columns
        if column.index not in certain
        for field in FIELDS
        if field not in taken and (score := _score(column, field))
    )
    for _, column, field in sorted(guesses, key=lambda guess: (-guess[0], guess[1].index)):
        if column.index in fields or field in taken:
            continue
        if field == "status" and field in fields.values() and not column.is_mostly(is_status):
            continue  # a further status has to be one beyond doubt
        fields[column.index] = field
        taken = _taken(fields)
    if "company" not in taken:
        fields |= _company_elsewhere(columns, fields)
    return fields


def _company_elsewhere(
    columns: Sequence[Column], fields: Mapping[int, ImportField]
) -> dict[int, ImportField]:
    """Return where the company stands, if no column is called like one.

    What names the role alone may name the company as well; else it may be in a first column
    without a name.
    """
    for column in columns:
        if fields.get(column.index) == "role" and likeness(column.name, "job"):
            return {column.index: "job"}
    first = columns[0] if columns else None
    if first and not first.is_named and first.sample and len(columns) > 1:
        is_foreign = first.is_mostly(*_FOREIGN["company"], cells.is_yes_or_no)
        return {} if is_foreign else {first.index: "company"}
    return {}


def _taken(fields: Mapping[int, ImportField]) -> set[ImportField]:
    """Return the fields that no further column can be."""
    taken = set(fields.values()) - SPREAD
    if not taken.isdisjoint({"company", "role"}):
        taken.add("job")
    return taken | {"company", "role"} if "job" in fields.values() else taken


def readings(
    columns: Sequence[Column], fields: Mapping[int, ImportField]
) -> tuple[ColumnReading, ...]:
    """Return how each column was read, for the user to confirm."""
    return tuple(
        ColumnReading(
            name=column.name,
            field=fields.get(column.index),
            sample=next(iter(samples), ""),
            samples=samples,
        )
        for column in columns
        for samples in (_samples(column),)
    )


def _samples(column: Column) -> tuple[str, ...]:
    shown = dict.fromkeys(clean(text, _SAMPLE_WIDTH) for text in column.sample)
    return tuple(islice(shown, _SAMPLES_SHOWN))


def listed(columns: Sequence[Column]) -> str:
    """Return the names of columns as a message shows them."""
    return clean(", ".join(column.name for column in columns))


def _mapped(
    columns: Sequence[Column], wanted: Mapping[str, ImportField | None]
) -> dict[int, ImportField | None]:
    mapped: dict[int, ImportField | None] = {}
    for name, field in wanted.items():
        named = [column.index for column in columns if _is_called(column, name)]
        if not named:
            raise UnknownColumnError(
                name, f"there is no column {clean(name)!r}; there are: {listed(columns)}"
            )
        mapped |= dict.fromkeys(named, field)
    return mapped


def _is_called(column: Column, name: str) -> bool:
    said = words(name)
    return clean(name).casefold() == column.name.casefold() or (
        bool(said) and said == words(column.name)
    )


def _score(column: Column, field: ImportField) -> float:
    """Return how well a column fits a field; 0 where it does not."""
    degree = likeness(column.name, field)
    if not degree or not _is_borne_out(column, field, degree):
        return 0
    telling = _TELLING.get(field)
    return degree + (_BONUS * column.share(telling) if telling else 0)


def _is_borne_out(column: Column, field: ImportField, degree: float) -> bool:
    """Tell whether the content of a column lets it be the field that its name means."""
    if not column.sample:
        return degree >= FILLED
    if column.is_mostly(*_FOREIGN.get(field, ())):
        return False
    if field in DATED:
        return _holds_dates(column, field, degree)
    if field in _ADDRESSES:
        is_own = len(column.sample) >= _OWN and len(set(column.sample)) == 1
        return column.share(_TELLING[field]) >= _SOME and not is_own
    if field == "offer":
        return column.is_mostly(cells.is_yes_or_no, holds_date, is_status)
    if field == "location" and degree == LOOSE:
        return not column.is_mostly(is_status)  # "State" of the country or of the application
    if field == "status" and degree == LOOSE:
        return column.share(is_status) >= _SOME
    return degree > HINTED or column.is_mostly(_TELLING[field])


def _holds_dates(column: Column, field: ImportField, degree: float) -> bool:
    dates = column.share(holds_date)
    if degree >= FILLED or says_date(column.name):
        dates = max(dates, column.share(is_counted))
    if degree < FILLED or dates > _HALF:
        return dates > _HALF
    if says_date(column.name):
        return dates > 0 or not column.is_mostly(cells.is_email, is_status)
    is_said = field not in {"decided", "changed"} and column.is_mostly(cells.is_yes_or_no)
    return dates > 0 or is_said
