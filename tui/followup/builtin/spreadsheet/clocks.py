"""Times of day as they stand behind a date: ``2:30 pm``, ``14h30``, ``9:00-10:00 CET``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

from msgspec import Struct

from followup.api import at_time

_FARTHEST_OFFSET = 14  # hours; no zone is farther from UTC
_HALF_DAY = 12  # hours
# What stands behind a time in mails and spreadsheets of North America and Europe.
_ZONES = {
    "America/New_York": ("est", "edt", "et"),
    "America/Chicago": ("cst", "cdt", "ct"),
    "America/Denver": ("mst", "mdt", "mt"),
    "America/Los_Angeles": ("pst", "pdt", "pt"),
    "Europe/London": ("bst",),
    "Europe/Berlin": ("cet", "cest", "mez", "mesz"),
    "UTC": ("utc", "gmt", "z"),
}
_ZONE_OF = {name: zone for zone, names in _ZONES.items() for name in names}

_HALF = r"[ap]\.?\s?m\b\.?"
_CLOCK = rf"""(?: (?P<hour%s>\d{{1,2}}) [:h] (?P<minute%s>\d\d)
                  (?P<second%s> :\d\d (?:[.,]\d{{1,9}})? )? \s* (?P<half%s>{_HALF})?
                | (?P<full%s>\d{{1,2}}) \s* (?: (?P<full_half%s>{_HALF}) | (?:uhr|h)\b ) )"""
_BEFORE = r"(?: ^ | [\s,@] | (?<=\d)(?P<iso>T) ) \s* (?: (?:at|um|à|a\ las|von|from)\s )? \s*"
_BEHIND = rf"""\s* (?:uhr|h|hrs)? \s*
    (?: (?:utc|gmt)? (?P<sign>[+-]) (?P<ahead>\d\d) (?: :? (?P<beside>\d\d) )?
      | \(? (?P<zone>{"|".join(sorted(_ZONE_OF, key=len, reverse=True))}) \)? )?
    \s* (?: \(.*\) )? $"""
_FLAGS = re.VERBOSE | re.IGNORECASE
_MOMENT = re.compile(_BEFORE + _CLOCK.replace("%s", "") + _BEHIND, _FLAGS)
_SPAN = re.compile(
    _BEFORE
    + rf"(?: {_CLOCK.replace('%s', '')} | (?P<bare>\d{{1,2}}) )"
    + r"\s* (?: [-–—→] | to | bis | until | till | à | a ) \s*"
    + _CLOCK.replace("%s", "_end")
    + _BEHIND,
    _FLAGS,
)


class Clock(Struct, frozen=True, kw_only=True):
    """A time of day, and where it ends if that is said.

    ``offset`` is its distance from UTC, ``zone`` the IANA name of its zone; where there is
    neither it is the one that the clocks of the user show.
    """

    start: time
    end: time | None = None
    offset: timedelta | None = None
    zone: str = ""

    def on(self, day: date, zone: str) -> tuple[datetime, datetime | None]:
        """Return the instants (UTC) at which it begins and ends on a day in the user's zone."""
        start = self._instant(day, self.start, zone)
        if self.end is None:
            return start, None
        end = self._instant(day, self.end, zone)
        return start, end if end > start else None

    def _instant(self, day: date, clock: time, zone: str) -> datetime:
        if self.offset is None:
            return at_time(day, clock, self.zone or zone)
        return datetime.combine(day, clock, timezone(self.offset)).astimezone(UTC)


def clocks_behind(text: str) -> Iterator[tuple[str, Clock]]:
    """Yield the readings of a time at the end of a text, each with what stands before it."""
    for pattern in (_SPAN, _MOMENT):
        found = pattern.search(text)
        clock = _read(found) if found else None
        if found and clock:
            yield text[: found.start()].rstrip(" ,@-–—→"), clock


def _read(found: re.Match[str]) -> Clock | None:
    parts = found.groupdict()
    offset = _offset(parts)
    if parts["sign"] and offset is None:
        return None
    if "hour_end" not in parts:
        start = _time(parts, "")
        return Clock(start=start, offset=offset, zone=_zone(parts)) if start else None
    end = _time(parts, "_end")
    if end is None or parts["iso"] or parts["second"]:
        return None  # what looks like an end is the distance from UTC
    start = _start(parts, end)
    return Clock(start=start, end=end, offset=offset, zone=_zone(parts)) if start else None


def _start(parts: dict[str, str | None], end: time) -> time | None:
    """Return where a span begins, in the half of the day that its end is in: ``2-3 pm``."""
    start = _hour(int(parts["bare"]), 0) if parts["bare"] else _time(parts, "")
    is_halved = parts["half"] or parts["full_half"]
    is_end_late = (parts["half_end"] or parts["full_half_end"]) and end.hour >= _HALF_DAY
    if start is None or is_halved or not is_end_late or start.hour >= _HALF_DAY:
        return start
    late = start.replace(hour=start.hour + _HALF_DAY)
    return late if late < end else start


def _time(parts: dict[str, str | None], which: str) -> time | None:
    hour = int(parts[f"hour{which}"] or parts[f"full{which}"] or 0)
    half = (parts[f"half{which}"] or parts[f"full_half{which}"] or "").lower()
    if half and hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if half.startswith("p") else 0)
    second = (parts[f"second{which}"] or ":0")[1:].replace(",", ".").split(".")[0]
    return _hour(hour, int(parts[f"minute{which}"] or 0), int(second))


def _hour(hour: int, minute: int, second: int = 0) -> time | None:
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _zone(parts: dict[str, str | None]) -> str:
    return _ZONE_OF.get((parts["zone"] or "").lower(), "")


def _offset(parts: dict[str, str | None]) -> timedelta | None:
    """Return the distance from UTC; none where none is said or none is so far."""
    ahead, beside = int(parts["ahead"] or 0), int(parts["beside"] or 0)
    is_such = ahead <= _FARTHEST_OFFSET and beside < 60
    # A minus without seconds or a T is no offset but the end of a span: 9:00-10:00.
    is_end = parts["sign"] == "-" and not (parts["iso"] or parts["second"])
    if not parts["sign"] or not is_such or is_end:
        return None
    offset = timedelta(hours=ahead, minutes=beside)
    return -offset if parts["sign"] == "-" else offset
