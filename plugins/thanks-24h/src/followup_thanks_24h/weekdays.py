"""Working days from Monday to Friday, whatever the public holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from followup.api import at_time, day_of, start_of_day

_MONDAYS_TO_FRIDAYS = 5
_DAY = timedelta(days=1)


def counted_from(instant: datetime, zone: str) -> datetime:
    """Return the instant itself, or the start of Monday where it lies on a weekend, in UTC."""
    day = day_of(instant, zone)
    return instant if _is_weekday(day) else start_of_day(_weekday_after(day), zone)


def weekdays_after(instant: datetime, count: int, zone: str) -> datetime:
    """Return the same time of day in ``zone`` so many weekdays later, in UTC.

    ``instant`` lies on a weekday itself.
    """
    local = instant.astimezone(ZoneInfo(zone))
    day = local.date()
    for _ in range(count):
        day = _weekday_after(day)
    return at_time(day, local.time(), zone)


def _weekday_after(day: date) -> date:
    day += _DAY
    while not _is_weekday(day):
        day += _DAY
    return day


def _is_weekday(day: date) -> bool:
    return day.weekday() < _MONDAYS_TO_FRIDAYS
