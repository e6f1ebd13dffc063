"""Importers and exporters: how applications come in and go out (design, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO, Literal, Protocol

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.board import Board

DateOrder = Literal["mdy", "dmy", "ymd"]
# "decided" dates the outcome that the status names; "rejected" and "offer" name and date one.
ImportField = Literal[
    "company",
    "role",
    "contact",
    "email",
    "phone",
    "linkedin",
    "applied",
    "interview",
    "replied",
    "rejected",
    "status",
    "offer",
    "decided",
    "url",
    "location",
    "salary",
    "source",
    "tags",
    "notes",
]

UNDATED = "no date in the file"  # the text of an outcome that is dated when the file was read


class UnreadableFileError(ValueError):
    """A file that cannot be imported at all; the message is one line for the user."""


class ImportOptions(Struct, frozen=True, kw_only=True):
    """How the user wants a file to be read.

    ``columns`` maps names of columns to fields and goes before any guess; none has a column
    ignored. ``now`` (UTC) dates what the file leaves undated, ``zone`` is the one that its
    days are in.
    """

    now: datetime
    zone: str
    columns: Mapping[str, ImportField | None] = {}
    date_order: DateOrder | None = None


class Problem(Struct, frozen=True, kw_only=True):
    """Something in a file that could not be used: where (line 1 is the first) and why."""

    line: int
    text: str
    column: str = ""


class ImportRow(Struct, frozen=True, kw_only=True):
    """One application of a file and the line on which it starts."""

    line: int
    application: Application


class ColumnReading(Struct, frozen=True, kw_only=True):
    """One column of a file, the field that it is read as (none: ignored) and a sample."""

    name: str
    field: ImportField | None
    sample: str = ""


class ImportReading(Struct, frozen=True, kw_only=True):
    """What an importer made of a file; ``about`` says in words how it was read.

    Rows that are ``distinct`` are applications of their own even where two say the same, as
    in our own files; otherwise a row that repeats an earlier one is a duplicate.
    """

    rows: tuple[ImportRow, ...]
    problems: tuple[Problem, ...] = ()
    columns: tuple[ColumnReading, ...] = ()
    about: tuple[str, ...] = ()
    distinct: bool = False


class Importer(Protocol):
    """Something that reads applications from files of one format."""

    name: str
    title: str

    def sniff(self, head: bytes) -> float:
        """Return how sure it is, from 0 to 1, that a file starting so is of its format."""
        ...

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        """Read all applications; raise ``UnreadableFileError`` where there is nothing to read."""
        ...


class Exporter(Protocol):
    """Something that writes the board to files of one format."""

    name: str
    title: str

    def write(self, board: Board, stream: BinaryIO, zone: str) -> None:
        """Write all applications; days are those of ``zone``."""
        ...
