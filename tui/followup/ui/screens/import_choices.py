"""What an import asks: what a column is, which one is the company, how dates are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from followup.domain.exchange import FIELD_TITLES, ColumnReading, DateOrder, ImportField
from followup.ui.fitting import cut, legible
from followup.ui.screens import plain
from followup.ui.screens.choices import Choice, Choices, digits
from followup.ui.screens.form import Form, title

_CHOOSE: list[BindingType] = [
    Binding("enter", "submit", "Choose", id="form.submit", priority=True),
]
LEFT_OUT: Final = "leave out"
DATE_ORDERS: Mapping[DateOrder, str] = {
    "mdy": "month/day/year",
    "dmy": "day/month/year",
    "ymd": "year/month/day",
}
_NAME = 28  # cells of the name of a column
_LIKE = {"mdy": "3/31/2026", "dmy": "31/3/2026", "ymd": "2026/3/31"}

# Fields that several columns may be together.
_SPREAD = frozenset({"interview", "status", "location", "salary", "tags", "notes"})

FieldChoice = ImportField | Literal["leave out"]


class FieldScreen(Form[FieldChoice]):
    """Asks what a column is; the cursor begins on what it is taken for."""

    DEFAULT_CSS = "FieldScreen Choices { max-height: 60vh; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = _CHOOSE

    def __init__(self, column: ColumnReading) -> None:
        """Offer every field, and to leave the column out."""
        super().__init__()
        self.column = column
        words: list[tuple[FieldChoice, str]] = [(LEFT_OUT, LEFT_OUT), *FIELD_TITLES.items()]
        keys = f"0{digits(len(FIELD_TITLES))}"
        self.choices = Choices(
            [Choice(key, word, "", value) for key, (value, word) in zip(keys, words, strict=True)]
        )
        self.choices.highlighted = [value for value, _ in words].index(column.field or LEFT_OUT)

    def heading(self) -> Content:
        """Return which column is asked about."""
        return (
            title("What is the column").append("  ").append(plain.line(self.column.name, "$accent"))
        )

    def content(self) -> Iterable[Widget]:
        """Return samples above the choices."""
        return (Static(plain.line(told_samples(self.column), plain.QUIET)), self.choices)

    def result(self) -> FieldChoice:
        """Return the field that is highlighted."""
        return self.choices.chosen


class CompanyColumnScreen(Form[str]):
    """Asks which column is the company, and dismisses with its name."""

    DEFAULT_CSS = "CompanyColumnScreen Choices { max-height: 60vh; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = _CHOOSE

    def __init__(self, columns: Sequence[ColumnReading]) -> None:
        """Offer the columns in their order."""
        super().__init__()
        self.choices = Choices(
            [
                Choice(digit, cut(legible(column.name), _NAME), told_samples(column), column.name)
                for digit, column in zip(digits(len(columns)), columns, strict=False)
            ]
        )

    def heading(self) -> Content:
        """Return the question."""
        return title("Which column is the company?")

    def content(self) -> Iterable[Widget]:
        """Return the choices."""
        return (self.choices,)

    def result(self) -> str:
        """Return the name of the column that is highlighted."""
        return self.choices.chosen


class DateOrderScreen(Form[DateOrder]):
    """Asks how the dates of a file are written, beside one that could be read in several ways."""

    BINDINGS: ClassVar[list[BindingType]] = _CHOOSE

    def __init__(self, doubt: str) -> None:
        """Take in words what is doubtful."""
        super().__init__()
        self.doubt = doubt
        self.choices = Choices(
            [
                Choice(digit, words, f"31 March is {_LIKE[order]}", order)
                for digit, (order, words) in zip("123", DATE_ORDERS.items(), strict=True)
            ]
        )

    def heading(self) -> Content:
        """Return the question."""
        return title("How are the dates written?")

    def content(self) -> Iterable[Widget]:
        """Return the doubt above the choices."""
        return (Static(plain.line(self.doubt, plain.QUIET), classes="about"), self.choices)

    def result(self) -> DateOrder:
        """Return the order that is highlighted."""
        return self.choices.chosen


def mapped(
    column: ColumnReading, choice: FieldChoice, columns: Iterable[ColumnReading]
) -> dict[str, ImportField | None]:
    """Return which columns are what, once one of them is said to be a field.

    The column that was this field before is left out, where only one can be it.
    """
    if choice == LEFT_OUT:
        return {column.name: None}
    is_one = choice not in _SPREAD
    changed: dict[str, ImportField | None] = {
        other.name: None for other in columns if is_one and other.field == choice
    }
    changed[column.name] = choice
    return changed


def told_samples(column: ColumnReading) -> str:
    """Return samples of a column, beside each other."""
    shown = column.samples or tuple(filter(None, (column.sample,)))
    return " | ".join(map(legible, shown))
