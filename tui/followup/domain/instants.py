"""Arithmetic on instants and days that daylight saving cannot bend (design, section 3).

An *instant* is an aware ``datetime`` in UTC. Elapsed time is added to instants in UTC
alone, so that 48 hours across a clock change stay 48 hours; days are counted on the
calendar of a named zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EARLIEST_YEAR = 1970
LATEST_YEAR = 2200
END_OF_INTERVIEW_DAY = time(18)
NOON = time(12)
# Not by strftime: it follows the locale, and boards of thousands call this for every card.
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = timedelta(days=1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def after(instant: datetime, *, days: float = 0, hours: float = 0) -> datetime:
    """Return the instant that lies so many days of 24 hours and hours later, in UTC."""
    in_utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return in_utc + _length(days, hours)


@lru_cache(maxsize=64)
def _length(days: float, hours: float) -> timedelta:
    """Return a length of time; kept, because policies have few and add them for every card."""
    return timedelta(days=days, hours=hours)


def at_time(day: date, clock: time, zone: str) -> datetime:
    """Return the instant at which the clocks of ``zone`` show ``clock`` on ``day``, in UTC.

    Where a clock change makes two readings possible (a time that it skips, or one that
    occurs twice), the later one counts, so that nothing is ever too early.
    """
    return max(readings(day, clock, zone))


def readings(day: date, clock: time, zone: str) -> tuple[datetime, datetime]:
    """Return the two instants (UTC) that a reading of a clock may mean; mostly they are one."""
    first, second = (
        datetime.combine(day, clock.replace(fold=fold), ZoneInfo(zone)).astimezone(UTC)
        for fold in (0, 1)
    )
    return first, second


@lru_cache(maxsize=4096)
def start_of_day(day: date, zone: str) -> datetime:
    """Return the first instant of ``day`` in ``zone``, in UTC."""
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)


def start_of_next_day(day: date, zone: str) -> datetime:
    """Return the first instant after ``day`` is over in ``zone``, in UTC."""
    return start_of_day(day + _DAY, zone)


def day_of(instant: datetime, zone: str) -> date:
    """Return the calendar day of an instant in ``zone``."""
    return instant.astimezone(ZoneInfo(zone)).date()


def spoken_day(day: date) -> str:
    """Return a day as people say it: ``Tue 17 Nov``."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


@lru_cache(maxsize=8192)  # most interviews begin at a half hour of the same few months
def spoken(instant: datetime, zone: str) -> str:
    """Return an instant as the clocks of ``zone`` show it: ``Tue 17 Nov 16:00``."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{spoken_day(local)} {local.hour:02}:{local.minute:02}"
