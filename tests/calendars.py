"""Calendars for tests: written in a few lines, read, and merged with what is known."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from msgspec.structs import replace

from exports import BERLIN, NOW
from followup.api import Application, ImportOptions, ImportReading, Interview
from followup.builtin.calendar import reader
from followup.domain.merging import Merge, merge

DANA_SAYS = "ORGANIZER;CN=Dana Lee:mailto:dana@globex.example"


def event(*lines: str, uid: str = "one", stamp: str = "20260301T120000Z") -> str:
    """An event with these lines; it starts at noon UTC on 12 March unless they say otherwise."""
    said = {line.partition(":")[0].partition(";")[0] for line in lines}
    usual = {
        "UID": f"UID:{uid}",
        "DTSTAMP": f"DTSTAMP:{stamp}",
        "DTSTART": "DTSTART:20260312T120000Z",
    }
    given = [line for name, line in usual.items() if name not in said]
    return "\r\n".join(("BEGIN:VEVENT", *given, *lines, "END:VEVENT"))


def calendar(*parts: str, method: str = "REQUEST") -> bytes:
    """A calendar with these parts."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tests//EN", f"METHOD:{method}")
    return "\r\n".join((*head, *parts, "END:VCALENDAR", "")).encode()


def read(data: bytes, **options: object) -> ImportReading:
    """What is read of a calendar at noon on 10 March 2026, in Berlin."""
    given = {"now": NOW, "zone": BERLIN, **options}
    return reader.read(BytesIO(data), ImportOptions(**given))  # type: ignore[arg-type]


def merged(data: bytes, *known: Application, **options: object) -> Merge:
    """What a calendar brings beside the applications that are known."""
    return merge(known, read(data, **options))


def taken(files: Iterable[bytes], *known: Application) -> list[Application]:
    """The applications after these files came in, one after the other."""
    applications = {one.id: one for one in known}
    for data in files:
        change = merged(data, *applications.values())
        for row in change.updated:
            applications[row.application.id] = row.application
        for number, row in enumerate(change.new, start=len(applications) + 1):
            applications[number] = replace(row.application, id=number)
    return list(applications.values())


def interviews(application: Application) -> list[Interview]:
    """The interviews of an application."""
    return [event for event in application.events if isinstance(event, Interview)]


def only_interview(data: bytes, **options: object) -> Interview:
    """The interview that a calendar has just one of."""
    (row,) = read(data, **options).rows
    (interview,) = interviews(row.application)
    return interview
