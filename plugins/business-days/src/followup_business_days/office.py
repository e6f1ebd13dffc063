"""When the employer can be written to: its working days and hours, in its own time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from followup.api import at_time, day_of
from followup_business_days.days_off import days_off
from followup_business_days.settings import BusinessDaysSettings

_DAY = timedelta(days=1)


class Office(Struct, frozen=True, kw_only=True):
    """An employer's working time: days that are not off, from ``opens`` until ``closes``."""

    country: str
    region: str
    zone: str
    opens: time
    closes: time

    @classmethod
    def of(cls, settings: BusinessDaysSettings, zone: str) -> Office:
        """Return the office that the settings describe; ``zone`` is the user's."""
        return cls(
            country=settings.country,
            region=settings.region,
            zone=settings.employer_zone or zone,
            opens=settings.window_opens,
            closes=settings.window_closes,
        )

    def is_open(self, instant: datetime) -> bool:
        """Tell whether an instant lies within the hours of a working day."""
        local = instant.astimezone(ZoneInfo(self.zone))
        return self._works_on(local.date()) and self.opens <= local.time() < self.closes

    def next_open(self, instant: datetime) -> datetime:
        """Return the first instant from this one on at which the office is open, in UTC."""
        if self.is_open(instant):
            return instant
        day = day_of(instant, self.zone)
        # A clock change can skip a window, and once even a whole day: then the next one counts.
        while not self.is_open(start := at_time(day, self.opens, self.zone)) or start < instant:
            day += _DAY
        return start

    def after(self, instant: datetime, working_days: int) -> datetime:
        """Return the same time of day so many working days later, in UTC.

        An ``instant`` at which the office is closed counts from its next opening.
        """
        local = self.next_open(instant).astimezone(ZoneInfo(self.zone))
        day = local.date()
        for _ in range(working_days):
            day = self._working_day_after(day)
        return self.next_open(at_time(day, local.time(), self.zone))

    def holidays(self, start: datetime, end: datetime) -> Iterator[tuple[date, str]]:
        """Yield the public holidays from the day of ``start`` until before that of ``end``.

        Those that fall on a weekend are left out.
        """
        day, last = day_of(start, self.zone), day_of(end, self.zone)
        while day < last:
            name = days_off(self.country, self.region, day.year).get(day)
            if name:
                yield day, name
            day += _DAY

    def _working_day_after(self, day: date) -> date:
        day += _DAY
        while not self._works_on(day):
            day += _DAY
        return day

    def _works_on(self, day: date) -> bool:
        return day not in days_off(self.country, self.region, day.year)
