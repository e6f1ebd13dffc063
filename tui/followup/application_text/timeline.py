"""A timeline as blocks of TOML, one for each fact, and the blocks read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NoReturn, TypeVar, get_args
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from followup.application_text.places import Path, Places
from followup.application_text.toml import block
from followup.domain import recording
from followup.domain.clock import Clock
from followup.domain.errors import InputError
from followup.domain.events import EVENT_NAMES, AnyEvent, Applied, Interview, OutcomeKind
from followup.domain.hygiene import checked_event
from followup.domain.step import StepKind
from followup.domain.text import harmless
from followup.domain.when import When, parse_when
from followup.editing import MistakeError

Word = TypeVar("Word", bound=StrEnum)

_KINDS: dict[str, Callable[..., AnyEvent]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(AnyEvent)
}
# What each kind of fact has, in the order in which it is shown.
_FIELDS = {
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
_FLAGS = frozenset(("cancelled", "failed"))
_DATES = frozenset(("at", "ends", "by", "until"))
_RARE = frozenset(("cancelled", "failed", "override"))  # shown where they say something
_EMPTY = {name: name not in _FLAGS and "" for names in _FIELDS.values() for name in names}

_HEAD = """
# What happened, the oldest first. Take a block away, and the fact is gone. `number` tells
# which fact it is: leave it as it is, and leave it out of a block that you add.
#   event = {events}
#   step = {steps}
#   result = {results}
# A date without a time is enough. A promise has `by`, a snooze `until`, an interview may have
# `ends`, and `cancelled = true`; any fact may have a `text`.
"""


class TimelineText:
    """The facts of one application, numbered from the oldest."""

    def __init__(self, events: tuple[AnyEvent, ...], clock: Clock) -> None:
        """Take the facts in the order in which they were recorded."""
        self._events = events
        self._clock = clock
        oldest_first = sorted(range(len(events)), key=lambda place: events[place].at)
        self._places = dict(enumerate(oldest_first, start=1))

    def write(self) -> str:
        """Return the blocks, with a comment above them."""
        blocks = (
            block("timeline", {"number": number, **self._shown(self._events[place])})
            for number, place in self._places.items()
        )
        head = _HEAD.format(
            events=_either(EVENT_NAMES), steps=_either(StepKind), results=_either(OutcomeKind)
        )
        return head + "\n".join(blocks)

    def read(self, blocks: Any, places: Places) -> tuple[AnyEvent, ...]:
        """Return the facts as blocks have them, new ones last.

        A fact that was left alone is the one that it was. Raises ``MistakeError``.
        """
        if not (isinstance(blocks, list) and all(isinstance(one, dict) for one in blocks)):
            raise MistakeError("write [[timeline]] above each fact", places.line(("timeline",)))
        known: dict[int, AnyEvent] = {}
        new: list[AnyEvent] = []
        for index, given in enumerate(blocks):
            reading = _Reading(given, ("timeline", index), places, self._clock)
            number = given.get("number")
            if number is None:
                new.append(reading.event(None, {}))
                continue
            if type(number) is not int or number not in self._places:
                reading.refuse("number", f"no fact has the number {number}: leave it out")
            place = self._places[number]
            if place in known:
                reading.refuse("number", f"{number} stands above: leave it out of a new fact")
            before = self._events[place]
            known[place] = reading.event(before, self._shown(before))
        return (*(known[place] for place in sorted(known)), *new)

    def _shown(self, event: AnyEvent) -> dict[str, Any]:
        """Return a fact as its block shows it."""
        zone = self._clock.zone
        values = {name: _value(event, name, zone) for name in _FIELDS[event.name]}
        shown = {name: value for name, value in values.items() if value or name not in _RARE}
        return {"event": event.name, **shown}


class _Reading:
    """One block on its way to a fact."""

    def __init__(self, given: Mapping[str, Any], path: Path, places: Places, clock: Clock) -> None:
        self._given = given
        self._path = path
        self._places = places
        self._clock = clock

    def refuse(self, field: str, mistake: str) -> NoReturn:
        """Raise ``MistakeError`` for a field."""
        raise MistakeError(mistake, self._places.line((*self._path, field)))

    def event(self, before: AnyEvent | None, shown: Mapping[str, Any]) -> AnyEvent:
        """Return the fact; one that was there ``before``, ``shown`` so, keeps what stayed."""
        name = self._given.get("event", before.name if before else None)
        if name not in EVENT_NAMES:
            self.refuse("event", f"event is one of {', '.join(EVENT_NAMES)}")
        values = self._values(name)
        if before is None or before.name != name:
            return self._checked(_KINDS[name](**self._parsed(name, values, values)))
        stood = {**_EMPTY, **shown}
        changed = [field for field in values if values[field] != stood[field]]
        if not changed:
            return before
        return self._checked(replace(before, **self._parsed(name, values, changed)))

    def _checked(self, event: AnyEvent) -> AnyEvent:
        try:
            return checked_event(event)
        except InputError as fault:
            raise MistakeError(str(fault), self._places.line(self._path)) from fault

    def _values(self, name: str) -> dict[str, str | bool]:
        """Return what was typed for each field that such a fact has."""
        fields = _FIELDS[name]
        for field in self._given.keys() - {"number", "event", *fields}:
            has = ", ".join(fields)
            self.refuse(field, f"there is no {field} in {name.replace('_', '-')}: it has {has}")
        return {field: self._typed(field) for field in fields}

    def _parsed(
        self, name: str, values: Mapping[str, Any], changed: Iterable[str]
    ) -> dict[str, Any]:
        """Return what of a fact the fields say that were changed."""
        parsed: dict[str, Any] = {}
        for field in changed:
            try:
                parsed |= self._said(name, field, values)
            except InputError as fault:
                self.refuse(field, str(fault))
        return parsed

    def _typed(self, field: str) -> str | bool:
        """Return what was typed for a field: a flag or a text, dates as text."""
        value = self._given.get(field, _EMPTY[field])
        if field in _FLAGS:
            if not isinstance(value, bool):
                self.refuse(field, f"{field} is true or false")
            return bool(value)
        if field in _DATES and isinstance(value, datetime | date | time):
            return str(value)
        if not isinstance(value, str):
            self.refuse(field, f'{field} is a text: put it in quotes, like "this"')
        return str(value)

    def _said(self, name: str, field: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what of a fact a field says."""
        value, zone = values[field], self._clock.zone
        match field:
            case "at" | "ends" if name == "interview":
                return self._interview(values["at"], values["ends"])
            case "at":
                return self._at(name, value)
            case "by":
                return {"by": self._when(value, "future").day}
            case "until":
                return {"until": recording.beginning(self._when(value, "future"), zone)}
            case "step":
                return {"step": _word(StepKind, value) if value else None}
            case "result":
                return {"result": _word(OutcomeKind, value)}
            case _:
                return {field: value}

    def _at(self, name: str, text: str) -> dict[str, Any]:
        when, zone = self._when(text, "past"), self._clock.zone
        is_ahead = recording.beginning(when, zone) > self._clock.now()
        if is_ahead and name != Applied.__struct_config__.tag:
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

    def _when(self, text: str, prefer: Any) -> When:
        if not text.strip():
            raise InputError("a date is missing: write it like 2026-03-04 15:00")
        return parse_when(text, self._clock.now(), self._clock.zone, prefer)


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


def _either(words: Any) -> str:
    return " | ".join(words)
