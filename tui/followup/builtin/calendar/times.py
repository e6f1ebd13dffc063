"""When an event is: its dates and times as instants (RFC 5545, sections 3.3.5 and 3.6.1)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from icalendar import vDuration
from msgspec import Struct

from followup.api import EARLIEST_YEAR, LATEST_YEAR, clean
from followup.builtin.calendar.lines import Line
from followup.builtin.calendar.tree import Component
from followup.builtin.calendar.zones import Zones, in_utc

USUAL_LENGTH = timedelta(hours=1)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=31)
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)


class UnusableTimeError(ValueError):
    """A time that cannot be used; the message says why, for the user."""


class Moment(Struct, frozen=True, kw_only=True):
    """A time as the calendar says it: on the clocks of its zone, or a whole day."""

    local: datetime
    zone: tzinfo
    is_day: bool = False

    @property
    def instant(self) -> datetime:
        """The time in UTC."""
        return in_utc(self.local, self.zone)

    def at(self, local: datetime) -> Moment:
        """Return the same on another date or time of the same zone."""
        return Moment(local=local, zone=self.zone, is_day=self.is_day)


class Span(Struct, frozen=True, kw_only=True):
    """From when to when something is; of days, the end is the day after the last."""

    start: Moment
    length: timedelta
    doubt: str = ""


def span_of(event: Component, zones: Zones) -> Span:
    """Return when an event is: without an end an hour, or a day.

    Raises ``UnusableTimeError``.
    """
    line = event.first("DTSTART")
    if line is None:
        raise UnusableTimeError("it does not say when it starts")
    start = moment(line, zones)
    if (
        event.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
        and start.local.time() == time()
    ):
        start = Moment(local=start.local, zone=start.zone, is_day=True)
    doubt = "" if _knows_zone(line, zones) else _unknown_zone(line)
    length, mistake = _length(event, start, zones)
    return Span(start=start, length=length, doubt=doubt or mistake)


def moment(line: Line, zones: Zones) -> Moment:
    """Return the time that a property says; one of an unknown zone is in the calendar's own.

    Raises ``UnusableTimeError``.
    """
    return moment_of(line.value, line.parameters.get("TZID", ""), zones)


def instant_of(text: str) -> datetime:
    """Return a time that stands for itself, in UTC; raise ``UnusableTimeError``."""
    said = moment_of(text, "", Zones(Component("VCALENDAR", 1), "UTC"))
    try:
        return said.instant
    except OverflowError as fault:
        raise UnusableTimeError("out of reach") from fault


def moment_of(text: str, tzid: str, zones: Zones) -> Moment:
    """Return the time of a text, which a ``TZID`` may place; raise ``UnusableTimeError``."""
    found = _MOMENT.fullmatch(clean(text))
    if not found:
        raise UnusableTimeError(f"{clean(text, 40)!r} is no date or time")
    year, month, day = (int(number) for number in found.groups()[:3])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnusableTimeError(f"the year {year} is out of reach")
    try:
        whole_day = date(year, month, day)
        if found[4] is None:
            local = datetime.combine(whole_day, time())
            return Moment(local=local, zone=zones.floating, is_day=True)
        clock = time(int(found[4]) % 24, int(found[5]), min(int(found[6] or 0), 59))
        local = datetime.combine(whole_day, clock) + (_DAY if found[4] == "24" else timedelta())
        if int(found[4]) > 24:
            raise ValueError(found[4])
    except ValueError as fault:
        raise UnusableTimeError(f"{clean(text, 40)!r} is no date or time") from fault
    if found[7]:
        written = "2000-01-01T00:00:00" + found[7].upper()
        zone = datetime.fromisoformat(written).tzinfo
        return Moment(local=local, zone=zone or zones.floating)
    return Moment(local=local, zone=(zones.of(tzid) if tzid else None) or zones.floating)


def _length(event: Component, start: Moment, zones: Zones) -> tuple[timedelta, str]:
    """Return how long an event takes, and what is wrong with what it says of that."""
    usual = _DAY if start.is_day else USUAL_LENGTH
    length = _said_length(event, start, zones)
    if length is None or not length:
        return usual, ""
    if length < timedelta() or length > _LONGEST:
        return usual, "its end cannot be right: taken as an hour long"
    return (max(length, _DAY) if start.is_day else length), ""


def _said_length(event: Component, start: Moment, zones: Zones) -> timedelta | None:
    line = event.first("DTEND")
    try:
        if line is not None:
            end = moment(line, zones)
            if start.is_day or end.is_day:
                return end.local - start.local if start.is_day == end.is_day else None
            return end.instant - start.instant
        duration = event.value("DURATION")
        return vDuration.from_ical(duration.upper()) if duration else None
    except (ValueError, OverflowError):
        return None


def _knows_zone(line: Line, zones: Zones) -> bool:
    tzid = line.parameters.get("TZID", "")
    return not tzid or clean(line.value).upper().endswith("Z") or zones.of(tzid) is not None


def _unknown_zone(line: Line) -> str:
    zone = clean(line.parameters["TZID"], 60)
    return f"the time zone {zone!r} is unknown: taken as the calendar's or yours, check the time"
