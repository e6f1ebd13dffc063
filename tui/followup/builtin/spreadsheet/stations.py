"""What a status on a certain day stands for, and the cells that list several of them.

A tracker may keep the whole history of an application in one cell, as JSON or as lines such
as ``2025-01-02: Applied``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from followup.api import AnyEvent, Applied, Note, Outcome, Reply, clean_page
from followup.builtin.spreadsheet.datelists import read_dates
from followup.builtin.spreadsheet.dates import Moment, moment
from followup.builtin.spreadsheet.moments import fact_at, interview_at
from followup.builtin.spreadsheet.row import Cell, Row
from followup.builtin.spreadsheet.statuses import read_status

_MOST_STATIONS = 100
_LONGEST_LIST = 10_000  # characters
_LONGEST_LINE = 120
_OBJECT = re.compile(r"\{([^{}]{1,500})\}")
_PAIR = re.compile(r"""["'](\w{1,30})["']\s*:\s*["']([^"']{1,100})["']""")
_STATUS_KEYS = frozenset({"stage", "status", "state", "to", "name", "event"})
_DAY_KEYS = frozenset({"date", "at", "on", "timestamp", "time", "changed_at", "created_at"})
_LINES = re.compile(r"\n|;|\||→|->|,\s(?=[^\W\d])")
_DAY_BEFORE = re.compile(r"\s*(\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\s*[:,–-]?\s*(.+)")
_DAY_BEHIND = re.compile(
    r"\s*(.+?)\s*[:,(–-]?\s*(\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\)?"
)


class Station(Struct, frozen=True):
    """A status and the day on which it came to be."""

    status: str
    day: Moment


def stations_of(row: Row, cell: Cell) -> list[Station]:
    """Return the stations that a cell lists, none where it is no list of such."""
    text = cell.text[:_LONGEST_LIST]
    pairs = list(_from_json(text)) or list(_from_lines(text))
    found = []
    for status, day in pairs[:_MOST_STATIONS]:
        dates = read_dates(day).found
        when = moment(dates[0], row.order, row.options.zone) if dates else None
        if when is None:
            return []
        found.append(Station(status, when))
    return sorted(found, key=lambda station: station.day.day)


def facts_of(row: Row, column: str, station: Station) -> Iterator[AnyEvent]:
    """Yield the facts that a station stands for."""
    text, day = station.status, station.day
    status = read_status(text)
    if status.saved:
        return
    if not status.known:
        row.add_problem(f"unknown status {text!r}: kept as a note", column)
    if status.invited:
        yield fact_at(Reply, day, row)
    elif status.interviewed:
        yield interview_at(day, row)
    if status.outcome:
        yield fact_at(Outcome, day, row, result=status.outcome)
    elif status.known and not status.interviewed and not status.telling:
        yield fact_at(Applied, day, row)
    if status.telling or status.invited:
        yield fact_at(Note, day, row, text=clean_page(f"{column}: {text}"))


def once_applied(events: list[AnyEvent]) -> tuple[AnyEvent, ...]:
    """Return the events without what is as good as "applied" later on: that is no second one."""
    first = next((event for event in events if isinstance(event, Applied)), None)
    return tuple(event for event in events if event is first or not isinstance(event, Applied))


def _from_json(text: str) -> Iterator[tuple[str, str]]:
    for found in _OBJECT.findall(text):
        pairs = {key.lower(): value for key, value in _PAIR.findall(found)}
        status = next((pairs[key] for key in pairs if key in _STATUS_KEYS), "")
        day = next((pairs[key] for key in pairs if key in _DAY_KEYS), "")
        if status and day:
            yield status, day


def _from_lines(text: str) -> Iterator[tuple[str, str]]:
    for line in filter(str.strip, _LINES.split(text)):
        if len(line) > _LONGEST_LINE:
            yield line, ""
        elif found := _DAY_BEFORE.fullmatch(line):
            yield found[2], found[1]
        elif found := _DAY_BEHIND.fullmatch(line):
            yield found[1], found[2]
        else:
            yield line, ""
