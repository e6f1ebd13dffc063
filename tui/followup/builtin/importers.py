"""The file formats that can be read: any table with a header row, and our own JSON.

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


@hookimpl
def register_importers() -> list[Importer]:
    """Add the readers of tables and of our own JSON."""
    return [CsvImporter(), JsonImporter()]
