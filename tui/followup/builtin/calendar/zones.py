"""Time zones by the many names that programs give them (RFC 5545, section 3.2.19).

A name that everybody knows goes before a definition in the file: definitions are wrong more
often. A definition of any other name counts where it holds together.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

from dateutil.tz import tzical
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from followup.api import clean
from followup.builtin.calendar.tree import Component

_OFFSET = re.compile(r"(?i)(?:UTC|GMT)?\s*([+-−])\s*(\d{1,2}):?(\d{2})?\b")
_OFFSET_AS_DEFINED = re.compile(r"[+-]\d{4}(\d\d)?")
_LOCAL = re.compile(r"\d{8}T\d{6}")
_SUMMER_NAME = re.compile(r" (?:daylight|summer) time$")
_COPY = re.compile(r" \d+$")  # Outlook numbers definitions of one name
_YEARLY = re.compile(
    r"FREQ=YEARLY(;(INTERVAL=1|BYMONTH=(?:0?[1-9]|1[0-2])|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=-?[\d,-]+"
    r"|WKST=[A-Z]{2}|UNTIL=\w+))*",
    re.IGNORECASE,
)
_MOST_HOURS = 16
_BETWEEN_NAMES = re.compile(r"[,;:()&/]| and ")
_WINTER, _SUMMER = datetime.fromisoformat("2026-01-15"), datetime.fromisoformat("2026-07-15")


def named(name: str) -> tzinfo | None:
    """Return the zone of a name: IANA, Windows, or one with something around it."""
    plain = _COPY.sub("", clean(name).strip(" \"'/")).casefold()
    parts = plain.removeprefix("tzone://microsoft/").split("/")
    for start in range(len(parts)):
        known = "/".join(parts[start:]).replace(" ", "_")
        if known in _iana():
            return ZoneInfo(_iana()[known])
    winter = _SUMMER_NAME.sub(" standard time", plain)
    windows = _windows()
    spoken = windows.get(winter) or windows.get(f"{plain} standard time") or _spoken().get(plain)
    return ZoneInfo(spoken) if spoken else None


def shown(name: str) -> tzinfo | None:
    """Return the zone of a name as programs show it: ``(UTC+01:00) Amsterdam, Berlin``."""
    plain = clean(name).casefold()
    offset = _offset(plain)
    for part in _BETWEEN_NAMES.split(_OFFSET.sub(" ", plain)):
        zone = _place(part.strip(" ."))
        if zone and (offset is None or offset in _offsets(zone)):
            return ZoneInfo(zone)
    return timezone(offset) if offset is not None else None


def defined(definition: Component) -> tzinfo | None:
    """Return the zone that a ``VTIMEZONE`` defines, none where it does not hold together."""
    text = ["BEGIN:VTIMEZONE", "TZID:it"]
    for part in definition.children:
        if part.name not in ("STANDARD", "DAYLIGHT") or not _is_sound(part):
            return None
        text.append(f"BEGIN:{part.name}")
        text += [f"{name}:{part.value(name)}" for name in ("TZOFFSETFROM", "TZOFFSETTO")]
        text.append(f"DTSTART:{part.value('DTSTART')[:15]}")
        rule = part.value("RRULE")
        text += [f"RRULE:{rule.upper().rstrip('Z')}"] if rule else []
        text.append(f"END:{part.name}")
    text.append("END:VTIMEZONE")
    try:
        zone = tzical(StringIO("\n".join(text))).get()
        return zone if _WINTER.replace(tzinfo=zone).utcoffset() is not None else None
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _is_sound(part: Component) -> bool:
    rule = part.value("RRULE")
    return (
        all(_is_offset(part.value(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        and bool(_LOCAL.match(part.value("DTSTART")))
        and (not rule or bool(_YEARLY.fullmatch(rule)))
    )


def _is_offset(text: str) -> bool:
    return bool(_OFFSET_AS_DEFINED.fullmatch(text)) and int(text[1:3]) <= _MOST_HOURS


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.search(text)
    if not found or int(found[2]) > _MOST_HOURS:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3] or 0) % 60)
    return size if found[1] == "+" else -size


def _offsets(zone: str) -> set[timedelta | None]:
    return {day.replace(tzinfo=ZoneInfo(zone)).utcoffset() for day in (_WINTER, _SUMMER)}


def _place(name: str) -> str | None:
    return _spoken().get(name) or _cities().get(name.replace(" ", "_"))


def _plain(name: str) -> str:
    return clean(name).replace("\\", "").strip("\"' ")


@lru_cache(maxsize=1)
def _iana() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    return {name.rpartition("/")[2]: known for name, known in _iana().items() if "/" in name}


@lru_cache(maxsize=1)
def _windows() -> dict[str, str]:
    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


@lru_cache(maxsize=1)
def _spoken() -> dict[str, str]:
    text = files(__package__).joinpath("zones.toml").read_text("utf-8")
    names: dict[str, str] = tomllib.loads(text)["zones"]
    return names


class Zones:
    """The zones of one calendar: those that it defines, and which one is its own."""

    def __init__(self, calendar: Component, own: str) -> None:
        """Take the definitions of a calendar; ``own`` is the user's zone."""
        self._definitions = {
            _plain(part.value("TZID")): part
            for part in calendar.children
            if part.name == "VTIMEZONE"
        }
        self._found: dict[str, tzinfo | None] = {}
        said = calendar.value("X-WR-TIMEZONE")
        self.floating = (named(said) if said else None) or ZoneInfo(own)

    def of(self, name: str) -> tzinfo | None:
        """Return the zone that a ``TZID`` means in this calendar, none where nobody knows."""
        name = _plain(name)
        if name not in self._found:
            self._found[name] = named(name) or self._defined(name) or shown(name)
        return self._found[name]

    def _defined(self, name: str) -> tzinfo | None:
        definition = self._definitions.get(name)
        if definition is None:
            return None
        known = definition.value("X-LIC-LOCATION")
        return (named(known) if known else None) or defined(definition)


def in_utc(local: datetime, zone: tzinfo) -> datetime:
    """Return a local time in UTC; of one that a clock change skips or repeats, the first.

    Raises ``ValueError`` or ``OverflowError`` at the ends of the calendar.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
