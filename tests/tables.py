"""Tables for tests of the importers: text in, applications and facts out."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from followup.builtin.spreadsheet import reader
from followup.domain.application import Application
from followup.domain.events import AnyEvent, Interview, Outcome
from followup.domain.exchange import DateOrder, ImportField, ImportOptions, ImportReading

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ZONE = "America/Los_Angeles"


def options(
    zone: str = ZONE,
    date_order: DateOrder | None = None,
    columns: dict[str, ImportField | None] | None = None,
) -> ImportOptions:
    return ImportOptions(now=NOW, zone=zone, date_order=date_order, columns=columns or {})


def read(table: str | bytes, given: ImportOptions | None = None) -> ImportReading:
    """What the importer makes of a table."""
    data = table.encode() if isinstance(table, str) else table
    return reader.read(BytesIO(data), given or options())


def applications(table: str | bytes, given: ImportOptions | None = None) -> list[Application]:
    return [row.application for row in read(table, given).rows]


def guessed(table: str) -> dict[str, ImportField | None]:
    """The field of each column, by its name."""
    return {column.name: column.field for column in read(table).columns}


def told(application: Application) -> list[str]:
    """The facts of an application in words, at the local time that they are dated.

    A date without a time of day reads ``~2021-11-14 12:00``.
    """
    return [_told(event) for event in application.events]


def _told(event: AnyEvent) -> str:
    local = event.at.astimezone(ZoneInfo(event.zone))
    words = [event.name, f"{'~' if event.date_only else ''}{local:%Y-%m-%d %H:%M}"]
    if isinstance(event, Interview):
        words.append(f"to {event.ends.astimezone(ZoneInfo(event.zone)):%H:%M}")
    if isinstance(event, Outcome):
        words.append(event.result)
    return " ".join([*words, *([f"({event.text})"] if event.text else [])])
