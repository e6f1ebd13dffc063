"""In which order a file writes its dates: found from all of them together, never guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from followup.api import DateOrder
from followup.builtin.spreadsheet.dates import ORDER_NAMES, ORDERS, Written

_YEARS_BACK = 10  # a two-digit number that would be an older year does not lead as one
_VARIETY = 4  # so many days, and twice as many as years, tell the days from the years
_LONG_ENOUGH = 8  # so many days in a row are in order by no accident
_DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")


class AmbiguousDatesError(ValueError):
    """Dates that mean different days, with nothing to tell which; the message is for the user."""


class DatedCell(Struct, frozen=True):
    """A date of a file: where it stands and how it is written."""

    line: int
    column: int
    text: str
    written: Written

    def __str__(self) -> str:
        return f"{self.text} on line {self.line}"

    @property
    def is_doubtful(self) -> bool:
        """Whether different orders make different days of it."""
        return len(set(self.written.days.values())) > 1


class Decision(Struct, frozen=True):
    """The order of the dates of a file, and in words how that is known."""

    order: DateOrder
    why: str = ""


def decide(
    cells: Iterable[DatedCell], year: int, wanted: Decision | None, usual: Decision | None
) -> Decision:
    """Return the order in which all dates make sense, or most where they contradict.

    ``year`` is the present one. What is ``wanted`` goes before what the dates tell, and what
    is ``usual`` after it. Raises ``AmbiguousDatesError`` where more than one order would do
    as well and they mean different days.
    """
    if wanted:
        return wanted
    telling = [cell for cell in cells if cell.written.days and not cell.written.is_plain]
    if not telling:
        return Decision(usual.order if usual else "ymd")
    fitting = {
        order: [cell for cell in telling if order in _likely(cell.written, year)]
        for order in ORDERS
    }
    most = max(map(len, fitting.values()))
    left = [order for order in ORDERS if len(fitting[order]) == most]
    if set(left) == {"dmy", "ymd"}:
        left = _by_variety(telling) or left
    doubtful = [cell for cell in telling if cell.is_doubtful]
    if len(left) > 1 and doubtful:
        return _by_custom(left, telling, doubtful, usual)
    order = left[0]
    proof = next((c for c in fitting[order] if len(_likely(c.written, year)) == 1), None)
    shown = f", as {proof} shows" if proof else ""
    return Decision(order, f"dates are {ORDER_NAMES[order]}{shown}")


def _by_custom(
    left: Sequence[DateOrder],
    telling: Sequence[DatedCell],
    doubtful: Sequence[DatedCell],
    usual: Decision | None,
) -> Decision:
    """Choose by how dates are usually written where no date alone decides."""
    if "dmy" in left and all(_DOTTED.match(cell.text) for cell in doubtful):
        return Decision("dmy", f"dates are {ORDER_NAMES['dmy']}, as those with dots are")
    if usual and usual.order in left:
        return usual
    for order in left:
        others = [other for other in left if other != order]
        if _are_in_order(telling, order) and not any(_are_in_order(telling, o) for o in others):
            return Decision(order, f"dates are {ORDER_NAMES[order]}, in which they are in order")
    _refuse_doubt(left, doubtful)
    return Decision(left[0], f"dates are {ORDER_NAMES[left[0]]}")


def _are_in_order(cells: Sequence[DatedCell], order: DateOrder) -> bool:
    """Tell whether the days of a column, in this order, go up or down from line to line."""
    column = cells[0].column
    days = [
        cell.written.days.get(order, date.min)
        for cell in cells
        if cell.column == column and not cell.written.yearless
    ]
    up, down = (all(a <= b for a, b in pairwise(row)) for row in (days, days[::-1]))
    return len(set(days)) >= _LONG_ENOUGH and (up or down)


def _likely(written: Written, year: int) -> Collection[DateOrder]:
    """Return the orders that a date may be in.

    One with a year of two digits is hardly of the future, nor does it lead with an old year.
    """
    if not written.short_year:
        return written.days.keys()
    likely = {
        order
        for order, day in written.days.items()
        if day.year <= year + 1 and (order != "ymd" or day.year >= year - _YEARS_BACK)
    }
    return likely or written.days.keys()


def _by_variety(cells: Sequence[DatedCell]) -> list[DateOrder]:
    """Tell day/month/year from year/month/day in two digits each: years repeat, days vary."""
    read = [cell.written.days["dmy"] for cell in cells if "dmy" in cell.written.days]
    first = len({day.day for day in read})
    last = len({day.year for day in read})
    if first >= _VARIETY and first > 2 * last:
        return ["dmy"]
    return ["ymd"] if last >= _VARIETY and last > 2 * first else []


def _refuse_doubt(left: Sequence[DateOrder], doubtful: Sequence[DatedCell]) -> None:
    """Raise ``AmbiguousDatesError`` where it matters which of these orders is taken."""
    for cell in doubtful:
        readings = {day for order in left if (day := cell.written.days.get(order))}
        if len(readings) > 1:
            form = "%d %b" if cell.written.yearless else "%d %b %Y"
            days = " or ".join(f"{day:{form}}" for day in sorted(readings))
            raise AmbiguousDatesError(
                f"ambiguous dates: {cell} could be {days}; say --date-order mdy, dmy or ymd"
            )
