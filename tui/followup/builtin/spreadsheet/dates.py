"""What a single date says: every reading that it allows, before an order is chosen.

``11/12/2021`` allows two, ``11/14/2021`` one; ISO dates and names of months leave no doubt.
``Mar 3`` and ``9/19`` lack their year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import get_args

from arrow.locales import get_locale
from msgspec import Struct
from msgspec.structs import replace

from followup.api import EARLIEST_YEAR, LATEST_YEAR, DateOrder
from followup.builtin.spreadsheet.clocks import Clock, clocks_behind
from followup.builtin.spreadsheet.words import words

ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
ORDER_NAMES: Mapping[DateOrder, str] = {
    "mdy": "month/day/year",
    "dmy": "day/month/year",
    "ymd": "year/month/day",
}
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
LONGEST_DATE = 80  # characters; what is longer is no date
_PIVOT = 68  # two-digit years up to it are of this century, as POSIX has it
_ANY_YEAR = 2000  # stands in for a year that is not said; it has a 29th of February

_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{2}|\d{4})\.?")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\.?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_DATELIKE = re.compile(r"\d{1,4}\s*[-/.]\s*\d{1,6}\s*[-/.]\s*\d{1,6}|\d{1,2}/\d{3,6}")
# Between month and number a dash may be that of a year: Jul-19.
_MONTH_DASH = re.compile(r"[^\W\d_]+\.?-\d+")
_BEFORE = re.compile(r"^(?:@|(?:am|on|le|el)\s)", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    {"a", "at", "d", "de", "del", "den", "der", "du", "el", "er", "la", "le", "nd", "o", "of"}
    | {"on", "rd", "st", "th", "the", "um", "vom", "re"}
)


class Written(Struct, frozen=True, kw_only=True):
    """A date as it is written.

    ``days`` has the day that each order makes of it; there is none for orders that cannot
    be, and none at all where there is no such day. ``short_year`` is a year of two digits.
    Where ``yearless`` the days are of a year that means nothing. ``until`` is the last day
    of a range.
    """

    days: Mapping[DateOrder, date]
    short_year: bool = False
    yearless: bool = False
    clock: Clock | None = None
    until: Written | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the date means one day, whatever the order."""
        return len(self.days) == len(ORDERS) and len(set(self.days.values())) == 1

    def in_year(self, year: int) -> Written:
        """Return the date in a year; there are no days where that year does not have it."""
        moved = {
            order: found
            for order, day in self.days.items()
            if (found := _date(year, day.month, day.day))
        }
        return replace(self, days=moved, yearless=False)


class Moment(Struct, frozen=True, kw_only=True):
    """A day, and the instants (UTC) where times of day are known.

    ``last_day`` is that of a range of days, the day itself where it is none.
    """

    day: date
    instant: datetime | None = None
    ends: datetime | None = None
    last_day: date


@lru_cache(maxsize=8192)
def read_date(text: str) -> Written | None:
    """Return what a text says of a date; none where it is not written like one."""
    text = _BEFORE.sub("", text.strip(), count=1)
    if not text or len(text) > LONGEST_DATE:
        return None
    written = _day(text)
    if written:
        return written
    for rest, clock in clocks_behind(text):
        written = _day(rest)
        if written:
            # Midnight is how programs write that there is no time.
            is_midnight = clock.start == time(0) and clock.end is None
            return written if is_midnight else replace(written, clock=clock)
    return None


def looks_like_date(text: str) -> bool:
    """Tell whether a cell is meant as a date of some year, be it an impossible one."""
    written = read_date(text)
    if written:
        return not written.yearless or any(char.isalpha() for char in text)
    return _DATELIKE.fullmatch(text.strip()) is not None


def moment(written: Written, order: DateOrder, zone: str) -> Moment | None:
    """Return the moment that a written date is in this order; none where it fits no day.

    One that fits no day in this order is the only day that it can be in any other. A time
    without an offset is the one that the clocks of ``zone`` show.
    """
    day = _only_day(written, order)
    if day is None or written.yearless:
        return None
    last_day = (_only_day(written.until, order) if written.until else None) or day
    if written.clock is None:
        return Moment(day=day, last_day=max(day, last_day))
    instant, ends = written.clock.on(day, zone)
    return Moment(day=day, instant=instant, ends=ends, last_day=max(day, last_day))


def _only_day(written: Written, order: DateOrder) -> date | None:
    others = set(written.days.values())
    return written.days.get(order) or (others.pop() if len(others) == 1 else None)


def _day(text: str) -> Written | None:
    if found := _COMPACT.fullmatch(text):
        return _in_any_order(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(*found.groups())
    if found := _NO_YEAR.fullmatch(text):
        return _without_year(*map(int, found.groups()))
    return _spelt(text)


def _numbers(first: str, second: str, third: str) -> Written | None:
    """Read three numbers; a year of four digits says where it stands."""
    a, b, c = int(first), int(second), int(third)
    if len(first) == 4:
        return _in_any_order(a, b, c) if len(third) == 2 else None
    if len(first) == 3:
        return None
    is_short = len(third) == 2
    parts: dict[DateOrder, tuple[int, int, int]] = {"mdy": (c, a, b), "dmy": (c, b, a)}
    if is_short:
        parts["ymd"] = (a, b, c)
    days = {order: _date(*numbers, is_short=is_short) for order, numbers in parts.items()}
    return Written(days={o: day for o, day in days.items() if day}, short_year=is_short)


def _without_year(a: int, b: int) -> Written | None:
    days: dict[DateOrder, date | None] = {
        "mdy": _date(_ANY_YEAR, a, b),
        "dmy": _date(_ANY_YEAR, b, a),
    }
    found = {order: day for order, day in days.items() if day}
    return Written(days=found, yearless=True) if found else None


def _spelt(text: str) -> Written | None:
    """Read a date with the name of a month: ``Nov 14, 2021``, ``14. November``."""
    tokens = [token for part in _TOKENS.findall(text) for token in words(part)]
    numbers = [token for token in tokens if token.isdecimal()]
    names = [token for token in tokens if not token.isdecimal()]
    months = [name for name in names if name in MONTHS]
    if len({MONTHS[name] for name in months}) > 1:
        months = [name for name in months if name not in _WEEKDAYS]  # French "mar" is Tuesday
    unknown = set(names) - MONTHS.keys() - _WEEKDAYS - _SMALL_WORDS
    if not 1 <= len(numbers) <= 2 or len(set(months)) != 1 or unknown:
        return None
    month = MONTHS[months[0]]
    if len(numbers) == 1:
        if len(numbers[0]) > 2 or _MONTH_DASH.search(text):
            return None
        days = _in_any_order(_ANY_YEAR, month, int(numbers[0]))
        return replace(days, yearless=True) if days.days else None
    day, year = numbers
    if len(day) == 4 or (len(day) == 2 and int(day) > 31):
        day, year = year, day
    if len(year) not in {2, 4}:
        return None
    return _in_any_order(int(year), month, int(day), is_short=len(year) == 2)


def _in_any_order(year: int, month: int, day: int, *, is_short: bool = False) -> Written:
    found = _date(year, month, day, is_short=is_short)
    return Written(days=dict.fromkeys(ORDERS, found) if found else {})


def _date(year: int, month: int, day: int, *, is_short: bool = False) -> date | None:
    """Return the day, none where there is none such or its year is out of reach."""
    if is_short:
        year += 2000 if year <= _PIVOT else 1900
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _names(kind: str) -> dict[str, int]:
    """Return the names and abbreviations of months or days with their numbers, from arrow."""
    numbers: dict[str, int] = {}
    for language in _LANGUAGES:
        locale = get_locale(language)
        for names in (getattr(locale, f"{kind}_names"), getattr(locale, f"{kind}_abbreviations")):
            for number, name in enumerate(names):
                numbers |= dict.fromkeys(words(name), number)
    return numbers


MONTHS = _names("month") | {"mrz": 3, "maerz": 3, "sept": 9, "sep": 9}
_WEEKDAYS = frozenset(_names("day")) | {"tues", "thur", "thurs"}
