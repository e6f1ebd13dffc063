"""Our own JSON: everything there is to know, so that it can be read back to the last fact.

One application stands on each line. Ids are left out, because the store that takes them in
gives its own; so is all that is derived, because the clock will have moved on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import BinaryIO
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from followup.api import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    AnyEvent,
    Application,
    Board,
    ImportReading,
    ImportRow,
    InputError,
    Interview,
    Problem,
    Promise,
    Snooze,
    UnreadableFileError,
    checked_application,
    clean,
)
from followup.builtin.files import read_whole

FORMAT = 1
_MARKS = (b'"followup"', b'"applications"')


class _Document(msgspec.Struct):
    """A file as a whole; its applications are read one by one."""

    followup: int
    applications: list[msgspec.Raw]


def write(board: Board, stream: BinaryIO) -> None:
    """Write all applications in the order in which they came to be."""
    applications = sorted((card.application for card in board.cards()), key=attrgetter("id"))
    lines = (msgspec.json.encode(replace(application, id=0)) for application in applications)
    stream.write(b'{"followup": %d, "applications": [\n' % FORMAT)
    stream.write(b",\n".join(lines))
    stream.write(b"\n]}\n")


def sniff(head: bytes) -> float:
    """Return how sure it is that a file starting so is our own JSON."""
    start = head.lstrip()[:200]
    return float(start.startswith(b"{") and all(mark in start for mark in _MARKS))


def read(stream: BinaryIO) -> ImportReading:
    """Read all applications; those that are not as they should be become problems.

    Raises ``UnreadableFileError`` for what is no such JSON or is of a newer format.
    """
    data = read_whole(stream)
    try:
        document = msgspec.json.decode(data, type=_Document)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFileError(
            f"this is not followup's own JSON: {clean(str(fault))}"
        ) from fault
    if document.followup > FORMAT:
        raise UnreadableFileError("written by a newer followup: update this one to read it")
    rows = []
    problems = []
    for line, raw in _numbered(data, document.applications):
        try:
            rows.append(ImportRow(line=line, application=_application(raw)))
        except (ValueError, RecursionError, InputError) as fault:
            problems.append(Problem(line=line, text=f"{clean(str(fault))}: left out"))
    return ImportReading(rows=tuple(rows), problems=tuple(problems), distinct=True)


def _numbered(data: bytes, parts: list[msgspec.Raw]) -> Iterator[tuple[int, bytes]]:
    """Yield each part of the file with the line on which it starts."""
    line, position = 1, 0
    for part in parts:
        raw = bytes(part)
        start = data.index(raw, position)
        line += data.count(b"\n", position, start)
        yield line, raw
        position = start


def _application(raw: bytes) -> Application:
    """Return an application; raise ``ValueError`` or ``InputError`` for one that can't be."""
    application = msgspec.json.decode(raw, type=Application)
    events = tuple(_event(event) for event in application.events)
    return checked_application(replace(application, id=0, events=events))


def _event(event: AnyEvent) -> AnyEvent:
    """Return the event with its instants in UTC; raise ``ValueError`` for impossible ones."""
    if not _is_zone(event.zone):
        raise ValueError(f"unknown time zone {clean(event.zone)!r}")
    event = replace(event, at=_instant(event.at))
    match event:
        case Interview():
            return replace(event, ends=_instant(event.ends))
        case Snooze():
            return replace(event, until=_instant(event.until))
        case Promise():
            _check_year(event.by.year)
    return event


def _instant(moment: datetime) -> datetime:
    _check_year(moment.year)
    return moment.astimezone(UTC)


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"the year {year} is out of reach")


@lru_cache(maxsize=64)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # no such name, or a path
        return False
    return True
