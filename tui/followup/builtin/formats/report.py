"""Markdown: a report that a person can read and print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import BinaryIO
from zoneinfo import ZoneInfo

from followup.api import (
    PAGE_LIMIT,
    AnyEvent,
    Board,
    Card,
    FollowUp,
    Interview,
    Outcome,
    Promise,
    Snooze,
    clean,
    clean_page,
    day_of,
)

# Whatever Markdown or HTML would take for more than itself.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")


def write(board: Board, stream: BinaryIO, zone: str) -> None:
    """Write the applications by stage, each with its timeline; days are those of ``zone``."""
    stream.write("".join(f"{line}\n" for line in _lines(board, zone)).encode())


def _lines(board: Board, zone: str) -> Iterator[str]:
    yield "# Job applications"
    yield ""
    yield f"{len(board.cards())} in all, as of {day_of(board.now, zone).isoformat()}."
    for column in board.columns:
        if column.cards:
            yield ""
            yield f"## {column.stage.label}"
        for card in column.cards:
            yield from _application(card, zone)


def _application(card: Card, zone: str) -> Iterator[str]:
    application = card.application
    yield ""
    yield f"### {_escaped(application.company)}: {_escaped(application.role)}"
    yield ""
    for name, value in _facts(card, zone):
        if value:
            yield f"- {name}: {_escaped(value)}"
    for event in sorted(application.events, key=attrgetter("moment")):
        yield f"- {_day_or_time(event, zone)} {_escaped(_told(event, zone))}"
    if application.notes:
        yield ""
        for line in clean_page(application.notes).splitlines():
            yield f"> {_escaped(line)}".rstrip()


def _facts(card: Card, zone: str) -> Iterator[tuple[str, str]]:
    application, step = card.application, card.standing.next
    yield "Location", application.location
    yield "Salary", application.salary
    yield "Found", application.source
    yield "Address", application.url
    for contact in application.contacts:
        ways = (contact.name, contact.email, contact.phone, contact.linkedin)
        yield "Contact", ", ".join(filter(None, ways))
    yield "Tags", ", ".join(application.tags)
    if step:
        yield "Next", f"{step.kind.label} from {_time(step.opens, zone)}, {step.why}"


def _told(event: AnyEvent, zone: str) -> str:
    """Return what an event says, in words; the body of a message is left out."""
    what = event.name.replace("_", "-")
    match event:
        case Interview(cancelled=True):
            what += ", cancelled"
        case Promise():
            what += f" to decide by {event.by}"
        case FollowUp():
            what += f" by {event.channel}" if event.channel else ""
            what += ", failed" if event.failed else ""
            return f"{what}: {event.subject}" if event.subject else what
        case Snooze():
            what += f" until {_time(event.until, zone)}"
        case Outcome():
            what += f" {event.result}"
    return f"{what}: {event.text}" if event.text else what


def _day_or_time(event: AnyEvent, zone: str) -> str:
    return event.day.isoformat() if event.date_only else _time(event.at, zone)


def _time(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _escaped(text: str) -> str:
    """Return text of one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", clean(text, PAGE_LIMIT))
