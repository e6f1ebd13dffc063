"""What a cell says of a date: every reading that it allows, before an order is chosen.

``11/12/2021`` allows two, ``11/14/2021`` one; ISO dates and names of months leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import get_args

from arrow.locales import get_locale
from msgspec import Struct

from followup.api import EARLIEST_YEAR, LATEST_YEAR, DateOrder, at_time
from followup.builtin.spreadsheet.words import words

ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
ORDER_NAMES: Mapping[DateOrder, str] = {
    "mdy": "month/day/year",
    "dmy": "day/month/year",
    "ymd": "year/month/day",
}
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_LONGEST = 80  # characters; what is longer is no date
_FARTHEST_OFFSET = 14  # hours; no zone is farther from UTC
_PIVOT = 68  # two-digit years up to it are of this century, as POSIX has it

_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{2}|\d{4})\.?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_DATELIKE = re.compile(r"\d{1,4}\s*[-/.]\s*\d{1,6}(\s*[-/.]\s*\d{1,4})?")
_TIME = re.compile(
    r"""(?: ^ | [\s,@] | (?<=\d)(?P<iso>T) )
    \s* (?:at|um|à|a\ las)? \s*
    (?: (?P<hour>\d{1,2}) [:h] (?P<minute>\d\d) (?P<second>:\d\d (?:[.,]\d{1,9})?)?
        \s* (?P<half>[ap]\.?\s?m\b\.?)?
      | (?P<full_hour>\d{1,2}) \s* (?P<full_half>[ap]\.?\s?m\b\.?) )
    \s* (?:uhr|h|hrs)? \s*
    (?P<offset> (?:utc|gmt)? (?P<sign>[+-]) (?P<ahead>\d\d) (?: :? (?P<beside>\d\d) )?
      | z | utc | gmt )?
    \s* (?: \(.*\) )? $""",
    re.VERBOSE | re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    {"a", "at", "d", "de", "del", "den", "der", "du", "el", "er", "la", "le", "nd", "o", "of"}
    | {"on", "rd", "st", "th", "the", "um", "vom"}
)


class Written(Struct, frozen=True, kw_only=True):
    """A date as it is written.

    ``days`` has the day that each order makes of it; there is none for orders that cannot
    be, and none at all where there is no such day. ``short_year`` is a year of two digits.
    ``clock`` is the time of day, where there is one, ``offset`` its distance from UTC.
    """

    days: Mapping[DateOrder, date]
    short_year: bool = False
    clock: time | None = None
    offset: timedelta | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the date means one day, whatever the order."""
        return len(self.days) == len(ORDERS) and len(set(self.days.values())) == 1


class Moment(Struct, frozen=True):
    """A day, and the instant (UTC) where a time of day is known."""

    day: date
    instant: datetime | None = None


def read_date(text: str) -> Written | None:
    """Return what a cell says of a date; none where it is not written like one."""
    text = text.strip()
    return _read(text) if text and len(text) <= _LONGEST else None


@lru_cache(maxsize=8192)
def _read(text: str) -> Written | None:
    found = _TIME.search(text)
    if not found:
        return _day(text)
    written = _day(text[: found.start()].rstrip(" ,@"))
    clock = _clock(found)
    if written is None or clock is None or _is_span(found):
        return None
    if clock == time(0):
        # Midnight is how programs write that there is no time.
        return written
    return Written(
        days=written.days, short_year=written.short_year, clock=clock, offset=_offset(found)
    )


def looks_like_date(text: str) -> bool:
    """Tell whether a cell is meant as a date, be it an impossible one."""
    return read_date(text) is not None or _DATELIKE.fullmatch(text.strip()) is not None


def moment(written: Written, order: DateOrder, zone: str) -> Moment | None:
    """Return the moment that a written date is in this order; none where it fits no day.

    A time without an offset is the one that the clocks of ``zone`` show.
    """
    day = written.days.get(order)
    if day is None:
        return None
    if written.clock is None:
        return Moment(day)
    if written.offset is None:
        return Moment(day, at_time(day, written.clock, zone))
    local = datetime.combine(day, written.clock, timezone(written.offset))
    return Moment(day, local.astimezone(UTC))


def _day(text: str) -> Written | None:
    if found := _COMPACT.fullmatch(text):
        return _in_any_order(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(*found.groups())
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


def _spelt(text: str) -> Written | None:
    """Read a date with the name of a month: ``Nov 14, 2021``, ``14. November 2021``."""
    tokens = [token for part in _TOKENS.findall(text) for token in words(part)]
    numbers = [token for token in tokens if token.isdecimal()]
    names = [token for token in tokens if not token.isdecimal()]
    months = [name for name in names if name in MONTHS]
    if len({MONTHS[name] for name in months}) > 1:
        months = [name for name in months if name not in _WEEKDAYS]  # French "mar" is Tuesday
    unknown = set(names) - MONTHS.keys() - _WEEKDAYS - _SMALL_WORDS
    if len(numbers) != 2 or len(set(months)) != 1 or unknown:
        return None
    day, year = numbers
    if len(day) == 4 or (len(day) == 2 and int(day) > 31):
        day, year = year, day
    if len(year) not in {2, 4}:
        return None
    return _in_any_order(int(year), MONTHS[months[0]], int(day), is_short=len(year) == 2)


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


def _clock(found: re.Match[str]) -> time | None:
    hour = int(found["hour"] or found["full_hour"])
    half = (found["half"] or found["full_half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    second = int((found["second"] or ":0")[1:].replace(",", ".").split(".")[0])
    try:
        return time(hour, int(found["minute"] or 0), second)
    except ValueError:
        return None


def _is_span(found: re.Match[str]) -> bool:
    """Tell whether what looks like an offset is none, but the end of a span: ``9:00-10:00``."""
    is_far = int(found["ahead"] or 0) > _FARTHEST_OFFSET or int(found["beside"] or 0) > 59
    return is_far or (found["sign"] == "-" and not (found["iso"] or found["second"]))


def _offset(found: re.Match[str]) -> timedelta | None:
    if not found["offset"]:
        return None
    ahead = timedelta(hours=int(found["ahead"] or 0), minutes=int(found["beside"] or 0))
    return -ahead if found["sign"] == "-" else ahead


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
