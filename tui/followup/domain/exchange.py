"""Importers and exporters: how applications come in and go out (design, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO, Literal, Protocol

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.board import Board
from followup.domain.clues import Clues

DateOrder = Literal["mdy", "dmy", "ymd"]
# "job" is company and role in one cell. "decided" dates the outcome that the status names and
# "changed" any status; "rejected" and "offer" name and date an outcome. "history" has several
# statuses with their dates. A "step" says what the follow-up was, "promised" when they said that
# they decide by the day of the "promise", "snoozed" when it was put off until the "snooze"; these
# belong together where the names of their columns end in the same number.
ImportField = Literal[
    "company",
    "role",
    "job",
    "contact",
    "email",
    "phone",
    "linkedin",
    "applied",
    "interview",
    "interview_ends",
    "follow_up",
    "step",
    "promised",
    "promise",
    "replied",
    "rejected",
    "status",
    "offer",
    "decided",
    "changed",
    "history",
    "snoozed",
    "snooze",
    "url",
    "location",
    "salary",
    "source",
    "tags",
    "policy",
    "notes",
]

# What a column may be read as, in words.
FIELD_TITLES: Mapping[ImportField, str] = {
    "company": "company",
    "role": "role",
    "job": "company and role in one",
    "contact": "contact's name",
    "email": "contact's e-mail",
    "phone": "contact's phone",
    "linkedin": "contact's LinkedIn page",
    "applied": "applied on",
    "interview": "interview on",
    "interview_ends": "interview until",
    "follow_up": "follow-up sent on",
    "step": "kind of follow-up",
    "promised": "decision promised on",
    "promise": "decision promised by",
    "replied": "answered on",
    "rejected": "rejected on",
    "status": "status",
    "offer": "offer, or its date",
    "decided": "date of the outcome",
    "changed": "date of the status",
    "history": "statuses with their dates",
    "snoozed": "snoozed on",
    "snooze": "snoozed until",
    "url": "web address of the job",
    "location": "location",
    "salary": "salary",
    "source": "where it was found",
    "tags": "tags",
    "policy": "timing policy",
    "notes": "notes",
}

UNDATED = "no date in the file"  # the text of an outcome that is dated when the file was read
SAVED = "saved"  # the tag of a job that somebody noted and has not applied for


class UnreadableFileError(ValueError):
    """A file that cannot be imported at all; the message is one line for the user."""


class OpenQuestionError(UnreadableFileError):
    """A table that can be read once the user says more.

    It ``asks`` which column is the "company", or for the order of its dates, "date_order";
    ``columns`` are those that there are, as far as they are understood.
    """

    def __init__(
        self,
        message: str,
        asks: Literal["company", "date_order"],
        columns: tuple[ColumnReading, ...],
    ) -> None:
        super().__init__(message)
        self.asks = asks
        self.columns = columns


class ImportOptions(Struct, frozen=True, kw_only=True):
    """How the user wants a file to be read.

    ``columns`` maps names of columns to fields and goes before any guess; none has a column
    ignored. ``now`` (UTC) dates what the file leaves undated, ``zone`` is the one that its
    days are in. ``company`` is the one of all invitations, ``application_id`` the application
    that they are about (0: not said). ``own`` are the names and addresses of the user.
    """

    now: datetime
    zone: str
    columns: Mapping[str, ImportField | None] = {}
    date_order: DateOrder | None = None
    company: str = ""
    application_id: int = 0
    own: tuple[str, ...] = ()


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something in a file that could not be used: where (line 1 is the first) and why.

    ``file`` is the one of an archive in which it stands.
    """

    line: int
    text: str
    column: str = ""
    file: str = ""


class ImportRow(Struct, frozen=True, kw_only=True):
    """One application of a file, the line on which it starts and the file of an archive.

    A row with ``clues`` is about the application that these point to, and need not name its
    company.
    """

    line: int
    application: Application
    file: str = ""
    clues: Clues | None = None


class ColumnReading(Struct, frozen=True, kw_only=True):
    """One column of a file, the field that it is read as (none: ignored) and samples of it.

    ``sample`` is the first of the ``samples``, which differ from one another.
    """

    name: str
    field: ImportField | None
    sample: str = ""
    samples: tuple[str, ...] = ()


class ImportReading(Struct, frozen=True, kw_only=True):
    """What an importer made of a file; ``about`` says in words how it was read.

    ``date_order`` is the one in which its dates were read, where that mattered. Rows that
    are ``distinct`` are applications of their own even where two say the same, as in our own
    files; otherwise a row that repeats an earlier one is a duplicate.
    """

    rows: tuple[ImportRow, ...]
    problems: tuple[Problem, ...] = ()
    columns: tuple[ColumnReading, ...] = ()
    about: tuple[str, ...] = ()
    date_order: DateOrder | None = None
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
