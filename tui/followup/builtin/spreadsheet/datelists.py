"""All dates of a cell: several in a row, a range of days, or dates amid other words."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from followup.builtin.spreadsheet.dates import (
    LONGEST_DATE,
    MONTHS,
    Written,
    looks_like_date,
    read_date,
)
from followup.builtin.spreadsheet.words import words

_LONGEST_CELL = 300  # characters; a longer one tells a story
_MOST_DATES = 20
_CLOCK_LENGTH = 30  # characters behind a date in which its time of day is looked for
_BETWEEN = re.compile(r"\s*(?:[&+;,\n|]|\s/\s|\b(?:and|then|und|dann|et|puis|y|e)\b)+\s*", re.I)
_LINES = re.compile(r"\s*[&+;\n|]\s*|\s+(?:and|und|et|y)\s+", re.I)
_RANGE = re.compile(r"\s*(?:[–—→]|->|\s-\s|\b(?:to|until|till|bis|au|al|hasta)\b)\s*", re.I)
_TIGHT_RANGE = re.compile(r"(?<=[\d.])-(?=\d)")
_LAST_NUMBERS = re.compile(r"(\d{1,2})\.?(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_DAY_ALONE = re.compile(r"(\d{1,2})\.?")
_NUMBER = re.compile(r"\d{1,4}")
_DATE_WITHIN = re.compile(
    r"""(?<![\d/.-]) (?:
        \d{4}-\d\d-\d\d (?! \d )
      | \d{1,2} [/.-] \d{1,2} [/.-] (?:\d{4}|\d\d) (?! [\d/] )
      | [^\W\d_]{3,10}\.? \s \d{1,2} (?:st|nd|rd|th)? ,? \s \d{4} (?! \d )
      | \d{1,2}\.? (?:st|nd|rd|th)? \s (?:de\s)? [^\W\d_]{3,10}\.? ,? \s (?:de\s)? \d{4} (?! \d )
    )""",
    re.VERBOSE,
)


class Dates(Struct, frozen=True):
    """The dates of a cell; where they are ``amid`` other words those are worth keeping."""

    found: tuple[Written, ...] = ()
    amid: bool = False


@lru_cache(maxsize=8192)
def read_dates(text: str) -> Dates:
    """Return all dates of a cell, in the order in which they are written."""
    if len(text) > _LONGEST_CELL:
        return Dates()
    single = read_date(text) or _range(text)
    if single:
        return Dates((single,))
    several = _several(text)
    if several:
        return Dates(several)
    within = tuple(_within(text))
    return Dates(within, amid=bool(within))


def holds_date(text: str) -> bool:
    """Tell whether a cell of a column of dates is one, be it an impossible one."""
    return bool(read_dates(text).found) or looks_like_date(text)


def _several(text: str) -> tuple[Written, ...]:
    """Read dates with nothing but separators between them; none where there is more."""
    for separator in (_LINES, _BETWEEN):
        parts = [part for part in separator.split(text) if part.strip()]
        if not 2 <= len(parts) <= _MOST_DATES:
            continue
        found = [read_date(part) or _range(part) for part in parts]
        dates = [one for one in found if one]
        if len(dates) == len(parts):
            return tuple(dates)
    return ()


def _range(text: str) -> Written | None:
    """Read a range of days: ``Nov 14-16, 2021``, ``14.11.2021 bis 16.11.2021``."""
    if len(text) > LONGEST_DATE:
        return None
    for separator in (_RANGE, _TIGHT_RANGE):
        parts = [part.strip() for part in separator.split(text)]
        if len(parts) == 2 and all(parts):
            first, last = _completed(*parts)
            if first and last:
                return replace(first, until=last, clock=None)
    return None


def _completed(first: str, last: str) -> tuple[Written | None, Written | None]:
    """Read both ends of a range; what one of them lacks is taken from the other."""
    begun, ended = read_date(first), read_date(last)
    if begun and ended:
        if begun.yearless and not ended.yearless:
            begun = begun.in_year(next(iter(ended.days.values())).year) if ended.days else None
        return begun, ended
    if ended and _DAY_ALONE.fullmatch(first):
        day = _DAY_ALONE.fullmatch(first)
        return read_date(_NUMBER.sub(day[1] if day else "", last, count=1)), ended
    rest = _LAST_NUMBERS.fullmatch(last)
    if begun and rest and any(name in MONTHS for name in words(first)):
        year = rest[2] or ""
        name = _NUMBER.sub("{}", first, count=1)
        whole = f"{name}, {year}" if year else name
        return read_date(whole.replace("{}", _number(first))), read_date(
            whole.replace("{}", rest[1])
        )
    return None, None


def _number(text: str) -> str:
    found = _NUMBER.search(text)
    return found[0] if found else ""


def _within(text: str) -> list[Written]:
    """Return the dates that stand amid other words, with the time of day behind them."""
    dates: list[Written] = []
    for found in list(_DATE_WITHIN.finditer(text))[:_MOST_DATES]:
        written = read_date(found[0])
        if written is None or not written.days:
            continue
        for end in range(min(len(text), found.end() + _CLOCK_LENGTH), found.end(), -1):
            timed = read_date(text[found.start() : end])
            if timed and timed.clock:
                written = timed
                break
        dates.append(written)
    return dates
