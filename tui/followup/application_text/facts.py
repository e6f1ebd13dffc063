"""The facts of a timeline as their user types them: each a few fields of plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar, get_args
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from followup.domain import recording
from followup.domain.clock import Clock
from followup.domain.errors import InputError
from followup.domain.events import EVENT_NAMES, AnyEvent, Interview, OutcomeKind
from followup.domain.hygiene import checked_event
from followup.domain.step import StepKind
from followup.domain.text import harmless
from followup.domain.when import Preference, When, parse_when

Word = TypeVar("Word", bound=StrEnum)
Typed = Mapping[str, Any]
"""What is typed for a fact, by field: texts, flags, and dates in words that can be read."""

FIELDS = {
    "applied": ("at", "text"),
    "interview": ("at", "ends", "cancelled", "text"),
    "promise": ("at", "by", "text"),
    "follow_up": ("at", "step", "channel", "subject", "failed", "override", "text"),
    "reply": ("at", "text"),
    "snooze": ("at", "until", "text"),
    "outcome": ("at", "result", "text"),
    "reopen": ("at", "text"),
    "note": ("at", "text"),
}
"""What each kind of fact has, in the order in which it is shown."""

_KINDS: dict[str, Callable[..., AnyEvent]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(AnyEvent)
}
_FLAGS = frozenset(("cancelled", "failed"))
_DATES = frozenset(("at", "ends", "by", "until"))
_EMPTY = {name: name not in _FLAGS and "" for names in FIELDS.values() for name in names}
# What lies ahead when it is recorded.
_PLANNED = frozenset(("applied", "interview"))


class FieldError(InputError):
    """What was typed for a field of a fact cannot be used; an empty ``field`` means all of it."""

    def __init__(self, field: str, mistake: str) -> None:
        """Say what is wrong with the field."""
        super().__init__(mistake)
        self.field = field


def shown(event: AnyEvent, zone: str) -> dict[str, str | bool]:
    """Return a fact as its user would type it, in the days of a zone."""
    return {name: _value(event, name, zone) for name in FIELDS[event.name]}


def edited(before: AnyEvent | None, typed: Typed, clock: Clock) -> AnyEvent:
    """Return the fact that was typed; of one that was there ``before``, what stayed stays.

    ``typed`` says under ``event`` which kind it is, by default the one it was. Raises
    ``FieldError``.
    """
    name = typed.get("event", before.name if before else None)
    if name not in EVENT_NAMES:
        raise FieldError("event", f"event is one of {', '.join(EVENT_NAMES)}")
    reading = _Reading(name, typed, clock)
    if before is None or before.name != name:
        made = _KINDS[name](**reading.parsed(FIELDS[name]))
    else:
        stood = shown(before, clock.zone)
        changed = [field for field in FIELDS[name] if reading.values[field] != stood[field]]
        if not changed:
            return before
        made = replace(before, **reading.parsed(changed))
    try:
        return checked_event(made)
    except InputError as fault:
        raise FieldError("", str(fault)) from fault


class _Reading:
    """What was typed for a fact of a kind, on its way to be one."""

    def __init__(self, name: str, typed: Typed, clock: Clock) -> None:
        self._name = name
        self._clock = clock
        for field in typed.keys() - {"event", *FIELDS[name]}:
            kind, has = name.replace("_", "-"), ", ".join(FIELDS[name])
            raise FieldError(field, f"there is no {field} in {kind}: it has {has}")
        self.values = {
            field: _plain(field, typed.get(field, _EMPTY[field])) for field in FIELDS[name]
        }

    def parsed(self, fields: Iterable[str]) -> dict[str, Any]:
        """Return what of the fact the fields say."""
        parsed: dict[str, Any] = {}
        for field in fields:
            try:
                parsed |= self._said(field, self.values[field])
            except InputError as fault:
                raise FieldError(field, str(fault)) from fault
        return parsed

    def _said(self, field: str, value: Any) -> dict[str, Any]:
        match field:
            case "at" | "ends" if self._name == "interview":
                return self._interview(str(self.values["at"]), str(self.values["ends"]))
            case "at":
                return self._at(value)
            case "by":
                return {"by": self._when(value, "future").day}
            case "until":
                until = self._when(value, "future")
                return {"until": recording.beginning(until, self._clock.zone)}
            case "step":
                return {"step": _word(StepKind, value) if value else None}
            case "result":
                return {"result": _word(OutcomeKind, value)}
            case _:
                return {field: value}

    def _at(self, text: str) -> dict[str, Any]:
        when, zone = self._when(text, "past"), self._clock.zone
        is_ahead = recording.beginning(when, zone) > self._clock.now()
        if is_ahead and self._name not in _PLANNED:
            raise InputError(f"{text} has not come yet")
        return {"at": when.instant, "zone": zone, "date_only": when.date_only}

    def _interview(self, at: str, ends: str) -> dict[str, Any]:
        starts, zone = self._when(at, "future"), self._clock.zone
        begins = recording.beginning(starts, zone)
        over = parse_when(ends, begins, zone, "future") if ends.strip() else None
        if over and not over.date_only and over.instant <= begins:
            raise InputError("the interview ends before it starts")
        made = recording.interview(starts, over, zone)
        return {"at": made.at, "ends": made.ends, "zone": zone, "date_only": made.date_only}

    def _when(self, text: str, prefer: Preference) -> When:
        if not text.strip():
            raise InputError("a date is missing: write it like 2026-03-04 15:00")
        return parse_when(text, self._clock.now(), self._clock.zone, prefer)


def _plain(field: str, value: Any) -> str | bool:
    """Return what was typed for a field: a flag or a text, dates as text."""
    if field in _FLAGS:
        if not isinstance(value, bool):
            raise FieldError(field, f"{field} is true or false")
        return value
    if field in _DATES and isinstance(value, datetime | date | time):
        return str(value)
    if not isinstance(value, str):
        raise FieldError(field, f'{field} is a text: put it in quotes, like "this"')
    return value


def _value(event: AnyEvent, name: str, zone: str) -> str | bool:
    """Return a field as a block shows it."""
    value = getattr(event, name)
    if name == "at" and event.date_only:
        return event.day.isoformat()
    if name == "ends" and isinstance(event, Interview):
        return _end(event, zone)
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        written = _written(value, zone)
        return written.removesuffix(" 00:00") if name == "until" else written
    return harmless(str(value or ""))


def _end(event: Interview, zone: str) -> str:
    """Return the end without its day where that is the one of the start."""
    if event.date_only:
        return ""
    starts, ends = _written(event.at, zone), _written(event.ends, zone)
    return ends[-5:] if ends[:10] == starts[:10] else ends


def _written(instant: datetime, zone: str) -> str:
    """Return an instant as its user types it: ``2026-03-04 15:00``."""
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _word(kind: type[Word], value: str) -> Word:
    try:
        return kind(value)
    except ValueError:
        raise InputError(f"{value!r} is none of {', '.join(kind)}") from None
