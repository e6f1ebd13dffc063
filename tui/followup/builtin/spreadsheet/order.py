"""In which order a file writes its dates: found from all of them together, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from followup.api import DateOrder, UnreadableFileError
from followup.builtin.spreadsheet.dates import ORDER_NAMES, ORDERS, Written

_YEARS_BACK = 10  # a two-digit number that would be an older year does not lead as one
_VARIETY = 4  # so many days, and twice as many as years, tell the days from the years


class DatedCell(Struct, frozen=True):
    """A date of a file: where it stands and how it is written."""

    line: int
    text: str
    written: Written

    def __str__(self) -> str:
        return f"{self.text} on line {self.line}"


class Decision(Struct, frozen=True):
    """The order of the dates of a file, and in words how that is known."""

    order: DateOrder
    why: str = ""


def decide(cells: Iterable[DatedCell], wanted: DateOrder | None, year: int) -> Decision:
    """Return the order in which all dates make sense, or most where they contradict.

    ``year`` is the present one. Raises ``UnreadableFileError`` where more than one order
    would do as well and they mean different days, unless the user says what is ``wanted``.
    """
    if wanted:
        return Decision(wanted, f"dates are {ORDER_NAMES[wanted]}, as you said")
    telling = [cell for cell in cells if cell.written.days and not cell.written.is_plain]
    if not telling:
        return Decision("ymd")
    fitting = {
        order: [cell for cell in telling if order in _likely(cell.written, year)]
        for order in ORDERS
    }
    most = max(map(len, fitting.values()))
    left = [order for order in ORDERS if len(fitting[order]) == most]
    if set(left) == {"dmy", "ymd"}:
        left = _by_variety(telling) or left
    _refuse_doubt(left, telling)
    order = left[0]
    proof = next((c for c in fitting[order] if len(_likely(c.written, year)) == 1), None)
    shown = f", as {proof} shows" if proof else ""
    return Decision(order, f"dates are {ORDER_NAMES[order]}{shown}")


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


def _refuse_doubt(left: Sequence[DateOrder], cells: Sequence[DatedCell]) -> None:
    """Raise ``UnreadableFileError`` where it matters which of these orders is taken."""
    remedy = "say --date-order mdy, dmy or ymd"
    for cell in cells if len(left) > 1 else ():
        readings = {cell.written.days.get(order) for order in left}
        if None in readings:
            misfit = next(order for order in left if order not in cell.written.days)
            raise UnreadableFileError(
                f"{cell} is not {ORDER_NAMES[misfit]}, but as many other dates are: {remedy}"
            )
        if len(readings) > 1:
            days = " or ".join(f"{day:%d %b %Y}" for day in sorted(filter(None, readings)))
            raise UnreadableFileError(f"ambiguous dates: {cell} could be {days}; {remedy}")
