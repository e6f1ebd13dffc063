"""The file formats that can be read: tables, archives of tables, and our own JSON.

What reads them is loaded when a file is: this module is imported at every start.
"""

from __future__ import annotations

from typing import BinaryIO

from followup.api import Importer, ImportOptions, ImportReading, hookimpl


class CsvImporter:
    """Reads any CSV with a header row: delimiter, encoding, columns and dates are found out."""

    name = "csv"
    title = "Spreadsheet as CSV"

    def sniff(self, head: bytes) -> float:
        """Return how sure it is that this is a table."""
        from followup.builtin.spreadsheet import reader  # late: start-up reads no files

        return reader.sniff(head)

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        """Read all applications of a table."""
        from followup.builtin.spreadsheet import reader  # late: start-up reads no files

        return reader.read(stream, options)


class ZipImporter:
    """Reads the tables in an archive, such as LinkedIn's export of all one's data."""

    name = "zip"
    title = "Archive of tables, such as LinkedIn's data export"

    def sniff(self, head: bytes) -> float:
        """Return how sure it is that this is an archive."""
        from followup.builtin.spreadsheet import archive  # late: start-up reads no files

        return archive.sniff(head)

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        """Read all applications of the tables in an archive."""
        from followup.builtin.spreadsheet import archive  # late: start-up reads no files

        return archive.read(stream, options)


class JsonImporter:
    """Reads what our own JSON exporter writes, whole."""

    name = "json"
    title = "followup's own JSON"

    def sniff(self, head: bytes) -> float:
        """Return how sure it is that this is our own JSON."""
        from followup.builtin.formats import own_json  # late: start-up reads no files

        return own_json.sniff(head)

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        """Read all applications of a JSON export."""
        from followup.builtin.formats import own_json  # late: start-up reads no files

        return own_json.read(stream)


class CalendarImporter:
    """Reads invitations and calendars: what looks like an interview becomes one."""

    name = "ics"
    title = "Calendar (iCalendar)"

    def sniff(self, head: bytes) -> float:
        """Return how sure it is that this is a calendar."""
        from followup.builtin.calendar import reader  # late: start-up reads no files

        return reader.sniff(head)

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        """Read all events of a calendar that look like interviews, or may be some."""
        from followup.builtin.calendar import reader  # late: start-up reads no files

        return reader.read(stream, options)


@hookimpl
def register_importers() -> list[Importer]:
    """Add the readers of tables, of archives, of our own JSON and of calendars."""
    return [CsvImporter(), ZipImporter(), JsonImporter(), CalendarImporter()]
