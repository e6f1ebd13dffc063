"""Dates that programs write as numbers: days as spreadsheets count them, seconds since 1970.

Such a number is a date in a column of dates alone; anywhere else it is a number.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from followup.api import LATEST_YEAR

_FIRST_YEAR = 1990  # an earlier one is not that of an application
# Day 0 of spreadsheets, so that the leap day of 1900, which they wrongly have, does not matter.
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?")
_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")
_MINUTES = 24 * 60


def from_number(text: str) -> str | None:
    """Return the date, as ISO 8601 writes it, that a number stands for; none for other ones."""
    text = text.strip()
    if found := _SERIAL.fullmatch(text):
        return _from_serial(int(found[1]), float(f"0.{found[2] or 0}"))
    if found := _EPOCH.fullmatch(text):
        return _if_likely(datetime.fromtimestamp(int(found[1]), UTC))
    return None


def is_counted(text: str) -> bool:
    """Tell whether a cell is a number that could stand for a date."""
    return from_number(text) is not None


def _from_serial(days: int, share: float) -> str | None:
    day = _DAY_ZERO + timedelta(days=days)
    if not share:
        return _if_likely(day)
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - of the clocks of the user
    return _if_likely(midnight + timedelta(minutes=round(share * _MINUTES)))


def _if_likely(moment: date) -> str | None:
    return moment.isoformat() if _FIRST_YEAR <= moment.year <= LATEST_YEAR else None
