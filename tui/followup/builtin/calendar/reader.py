"""Invitations and whole calendars as interviews (RFC 5545, RFC 5546)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from followup.api import (
    ImportOptions,
    ImportReading,
    ImportRow,
    Problem,
    UnreadableFileError,
    clean,
    recurrence_uid,
)
from followup.builtin.calendar.events import (
    COMPANY,
    Occurrence,
    is_cancelled,
    row_of,
    uid_of,
    version_of,
)
from followup.builtin.calendar.lines import read_lines
from followup.builtin.calendar.recurring import (
    UnknownRuleError,
    is_series,
    next_start,
    on_clocks_of,
)
from followup.builtin.calendar.times import Moment, Span, UnusableTimeError, moment, span_of
from followup.builtin.calendar.tree import Component, calendars
from followup.builtin.calendar.zones import Zones

_BEGINNING = re.compile(
    rb"^\s*(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?BEGIN:VCALENDAR\b", re.IGNORECASE | re.MULTILINE
)
_OWN_UID = re.compile(r"application-\d+-.+@followup")
_INVITING = ("REQUEST", "CANCEL", "ADD")
_QUOTED = 60  # characters of a title in a problem
_MOST_PROBLEMS = 200
_MOST_SERIES = 2_000
_WANTED = (
    *("BEGIN", "END", "METHOD", "X-WR-TIMEZONE", "UID", "SUMMARY", "DESCRIPTION", "LOCATION"),
    *("URL", "CONFERENCE", "STATUS", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED"),
    *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
    *("ORGANIZER", "ATTENDEE", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION"),
    *("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-CDO-APPT-SEQUENCE", "X-GOOGLE-CONFERENCE"),
    *("X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-FOLLOWUP-COMPANY", "X-FOLLOWUP-ROLE"),
)
# What is no interview of its own, and what it is (RFC 5546, section 1.4).
_ANSWERS = {
    "REPLY": "an answer to an invitation: nothing to import",
    "REFRESH": "asks for the newest version of an invitation: nothing to import",
    "COUNTER": "proposes another time: nothing is moved before they agree",
    "DECLINECOUNTER": "turns another time down: nothing is moved",
}


def sniff(head: bytes) -> float:
    """Return how sure it is that a file starting so is a calendar."""
    return float(bool(_BEGINNING.search(head.replace(b"\0", b"").replace(b"\r", b"\n"))))


def read(stream: BinaryIO, options: ImportOptions) -> ImportReading:
    """Read all events; those that cannot be used become problems.

    Raises ``UnreadableFileError`` for what is no calendar, or has nothing that can be used.
    """
    reading = _Reading(options)
    for calendar in calendars(read_lines(stream, _WANTED)):
        reading.take(calendar)
    if not (reading.rows or reading.passed_over or reading.own):
        first = reading.problems[0] if reading.problems else None
        raise UnreadableFileError(
            f"line {first.line}: {first.text}" if first else "there is no event in this calendar"
        )
    problems = sorted((*reading.problems, *reading.passed_over), key=lambda one: one.line)
    return ImportReading(
        rows=tuple(reading.rows),
        problems=tuple(problems[:_MOST_PROBLEMS]),
        about=tuple(reading.about()),
    )


class _Family(Struct):
    """All that a calendar says under one UID: the event, and dates of its series."""

    masters: list[Component]
    changed: list[Component]


class _Reading:
    """A file as it is read."""

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
        self.rows: list[ImportRow] = []
        self.problems: list[Problem] = []
        self.passed_over: list[Problem] = []
        self.own = 0
        self.series = 0

    def take(self, calendar: Component) -> None:
        """Add the events of a calendar."""
        method = calendar.value("METHOD").upper()
        zones = Zones(calendar, self.options.zone)
        events = [part for part in calendar.children if part.name == "VEVENT"]
        if method in _ANSWERS:
            self.passed_over += [_problem(event, _ANSWERS[method]) for event in events[:1]]
            return
        families = _families(self._without_own(events))
        for uid, family in families.items():
            for event in _current(family):
                self._add(event, uid, family, method, zones, is_alone=len(families) == 1)

    def about(self) -> Iterator[str]:
        """Yield what is to be said of the file as a whole."""
        if self.own:
            what = "1 entry" if self.own == 1 else f"{self.own} entries"
            yield f"{what} of followup's own calendar: steps and promises are not imported"

    def _without_own(self, events: Iterable[Component]) -> Iterator[Component]:
        """Yield events but for the steps and promises of our own calendar."""
        for event in events:
            if _OWN_UID.fullmatch(event.value("UID")) and not event.first(COMPANY):
                self.own += 1
            else:
                yield event

    def _add(
        self,
        event: Component,
        uid: str,
        family: _Family,
        method: str,
        zones: Zones,
        *,
        is_alone: bool,
    ) -> None:
        self.series += is_series(event)
        try:
            if self.series > _MOST_SERIES:
                raise UnusableTimeError(f"is one of more than {_MOST_SERIES:,} series")
            occurrence = _occurrence(event, uid, family, zones, self.options.now)
            if occurrence.span.doubt:
                self.problems.append(_problem(event, occurrence.span.doubt))
            told = replace(
                occurrence,
                is_cancelled=occurrence.is_cancelled or method == "CANCEL",
                is_invitation=method in _INVITING or is_alone,
            )
            self.rows.append(row_of(told, self.options))
        except (UnusableTimeError, OverflowError) as fault:
            self.problems.append(_problem(event, f"{fault}: left out"))


def _families(events: Iterable[Component]) -> dict[str, _Family]:
    families: dict[str, _Family] = {}
    for event in events:
        family = families.setdefault(uid_of(event), _Family([], []))
        (family.changed if event.first("RECURRENCE-ID") else family.masters).append(event)
    return families


def _current(family: _Family) -> list[Component]:
    """Return the events of a family that stand for themselves, each in its newest version.

    Changed dates of a series are found by way of it, where it is there.
    """
    if family.masters:
        newest = max(family.masters, key=version_of)
        return [newest] if is_series(newest) else [newest, *family.changed]
    return family.changed


def _occurrence(
    event: Component, uid: str, family: _Family, zones: Zones, now: datetime
) -> Occurrence:
    """Return an event at its time; of a series it is the next one."""
    span = span_of(event, zones)
    recurrence = event.first("RECURRENCE-ID")
    if recurrence is not None:
        uid = recurrence_uid(uid, _key(moment(recurrence, zones)))
    elif is_series(event):
        event, start, span = _next(event, family, zones, now, span)
        uid = recurrence_uid(uid, _key(start))
    return Occurrence(
        event=event, uid=uid, span=span, is_cancelled=is_cancelled(event), is_invitation=False
    )


def _next(
    series: Component, family: _Family, zones: Zones, now: datetime, first: Span
) -> tuple[Component, Moment, Span]:
    """Return the next event of a series, the start that the series has for it, and its time."""
    changed: dict[datetime, tuple[Component, Span]] = {}
    for event in sorted(family.changed, key=version_of):
        line = event.first("RECURRENCE-ID")
        if line is not None:
            place = on_clocks_of(first.start, moment(line, zones))
            changed[place.local] = (event, span_of(event, zones))

    def at(start: datetime) -> tuple[Component, Span]:
        usual = Span(start=first.start.at(start), length=first.length, doubt=first.doubt)
        return changed.get(start, (series, usual))

    def is_over(start: datetime) -> bool:
        _, span = at(start)
        return span.start.instant + span.length <= now

    def is_off(start: datetime) -> bool:
        return is_cancelled(at(start)[0])

    try:
        start = next_start(series, first.start, zones, now, is_over, is_off)
    except UnknownRuleError as fault:
        start = first.start.local
        doubt = f"repeats by a rule that no interview has ({fault}): only its first date counts"
        first = Span(start=first.start, length=first.length, doubt=doubt)
    event, span = at(start)
    return event, first.start.at(start), span


def _key(start: Moment) -> str:
    return f"{start.local:%Y%m%d}" if start.is_day else f"{start.instant:%Y%m%dT%H%M%SZ}"


def _problem(event: Component, text: str) -> Problem:
    title = clean(event.text("SUMMARY"), _QUOTED)
    return Problem(line=event.line, text=f"{title!r} {text}" if title else text)
