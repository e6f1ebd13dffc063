"""The file formats that can be written: JSON, CSV, iCalendar and Markdown.

What writes them is loaded when a file is: this module is imported at every start.
"""

from __future__ import annotations

from typing import BinaryIO

from followup.api import Board, Exporter, hookimpl


class JsonExporter:
    """Writes everything there is to know; our own import makes the same of it again."""

    name = "json"
    title = "JSON, complete"

    def write(self, board: Board, stream: BinaryIO, zone: str) -> None:
        """Write all applications with all their facts."""
        from followup.builtin.formats import own_json  # late: start-up writes no files

        own_json.write(board, stream)


class CsvExporter:
    """Writes one row for each application."""

    name = "csv"
    title = "Spreadsheet as CSV"

    def write(self, board: Board, stream: BinaryIO, zone: str) -> None:
        """Write all applications with their stages, dates and contacts."""
        from followup.builtin.formats import sheet  # late: start-up writes no files

        sheet.write(board, stream, zone)


class CalendarExporter:
    """Writes interviews, the steps that remain and promises."""

    name = "ics"
    title = "Calendar (iCalendar)"

    def write(self, board: Board, stream: BinaryIO, zone: str) -> None:
        """Write a calendar; its times are in UTC."""
        from followup.builtin.calendar import writer  # late: a large library, needed only here

        writer.write(board, stream)


class MarkdownExporter:
    """Writes a report to read and to print."""

    name = "md"
    title = "Report (Markdown)"

    def write(self, board: Board, stream: BinaryIO, zone: str) -> None:
        """Write all applications by stage, with their timelines."""
        from followup.builtin.formats import report  # late: start-up writes no files

        report.write(board, stream, zone)


@hookimpl
def register_exporters() -> list[Exporter]:
    """Add JSON, CSV, calendar and Markdown."""
    return [JsonExporter(), CsvExporter(), CalendarExporter(), MarkdownExporter()]
