"""Tables inside an archive: LinkedIn's export of all one's data, or a table that was packed.

Nothing is unpacked to the disk, and no more is read than the limits allow (design, section 10).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from msgspec.structs import replace

from followup.api import (
    ColumnReading,
    ImportOptions,
    ImportReading,
    OpenQuestionError,
    UnreadableFileError,
    clean,
)
from followup.builtin.files import read_whole
from followup.builtin.spreadsheet import reader
from followup.builtin.spreadsheet.columns import UnknownColumnError

MOST_MEMBERS = 10_000
MOST_RATIO = 200  # a table packs 20 to 50 times, a bomb a thousand times

_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_SURE = 0.9
_SMALL = 1024**2  # bytes; what is smaller unpacked is no bomb
_ENCRYPTED = 0x1  # a flag of the format
_TABLE_ENDINGS = frozenset({".csv", ".tsv"})
# Files that workbooks of Excel, LibreOffice and Numbers consist of.
_OF_WORKBOOKS = frozenset({"[Content_Types].xml", "content.xml", "Index/Document.iwa"})
_OF_MACS = "__MACOSX"  # a shadow of every file, made by macOS
_LINKEDIN = re.compile(r"(job applications|saved jobs)([_ -]?\d+|[_ -]?\(\d+\))?\.csv", re.I)
_ALL = re.compile(r"_all(?=\.csv$)", re.I)  # Notion packs a table twice, once with all columns
# What the library raises for flaws of all kinds, each from another of its parts.
_DAMAGE = (
    BadZipFile,
    EOFError,
    LZMAError,
    LargeZipFile,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
_NAMED = 3  # tables that a message names


def sniff(head: bytes) -> float:
    """Return how sure it is that a file starting so is an archive."""
    return _SURE if head.startswith(_MARKS) else 0


def read(stream: BinaryIO, options: ImportOptions) -> ImportReading:
    """Read all applications of the tables in an archive.

    Raises ``UnreadableFileError`` for what is no archive or a workbook, has no table or
    several that are not LinkedIn's, or is more than the limits allow.
    """
    try:
        with ZipFile(stream) as archive:
            tables = _tables(archive.infolist())
            readings = list(_readings(archive, tables, options))
    except UnreadableFileError:
        raise
    except _DAMAGE as fault:
        if isinstance(fault, OSError) and fault.errno:
            raise  # that is no flaw of the archive
        raise UnreadableFileError(
            "this archive is damaged or packed in a strange way: unpack it and import the table"
        ) from fault
    return ImportReading(
        rows=tuple(replace(row, file=name) for name, one in readings for row in one.rows),
        problems=tuple(replace(p, file=name) for name, one in readings for p in one.problems),
        columns=_columns([one for _, one in readings]),
        about=tuple(f"{name}: {told}" for name, one in readings for told in one.about),
        date_order=next((one.date_order for _, one in readings if one.date_order), None),
    )


def _tables(members: Sequence[ZipInfo]) -> list[ZipInfo]:
    """Return the members to read: LinkedIn's, or else the only table that there is."""
    if len(members) > MOST_MEMBERS:
        raise UnreadableFileError(
            f"more than {MOST_MEMBERS:,} files in the archive: unpack it and import the table"
        )
    if not _OF_WORKBOOKS.isdisjoint(member.filename for member in members):
        raise UnreadableFileError("this is a workbook: save its sheet as CSV and import that")
    tables = {
        member.filename: member
        for member in members
        if _suffix(member) in _TABLE_ENDINGS and not member.filename.startswith(_OF_MACS)
    }
    linkedin = [member for member in tables.values() if _LINKEDIN.fullmatch(_name(member))]
    if linkedin:
        return sorted(linkedin, key=_name)
    whole = {name: member for name, member in tables.items() if _ALL.search(name)}
    twice = {_ALL.sub("", name) for name in whole}
    left = [member for name, member in tables.items() if name not in twice]
    if len(left) == 1:
        return left
    if left:
        names = ", ".join(_name(member) for member in left[:_NAMED])
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        raise UnreadableFileError(f"several tables, {names}{more}: unpack it and import one")
    raise UnreadableFileError(
        "no table in this archive: unpack it and import the CSV file that lists applications"
    )


def _readings(
    archive: ZipFile, tables: Sequence[ZipInfo], options: ImportOptions
) -> Iterator[tuple[str, ImportReading]]:
    """Yield what was read of each table; empty ones do not matter beside others."""
    refusal: UnreadableFileError | None = None
    read_any = False
    unknown = set(options.columns)
    for member in tables:
        name = _name(member)
        data = _unpacked(archive, member)
        try:
            reading, missing = _reading(data, options)
        except reader.EmptyTableError as fault:
            refusal = fault
            continue
        except OpenQuestionError as doubt:
            raise OpenQuestionError(f"{name}: {doubt}", doubt.asks, doubt.columns) from doubt
        except UnreadableFileError as fault:
            raise UnreadableFileError(f"{name}: {fault}") from fault
        yield name, reading
        unknown &= missing
        read_any = True
    if refusal and not read_any:
        raise refusal
    if unknown:
        raise UnreadableFileError(f"there is no column {clean(min(unknown))!r} in any table of it")


def _reading(data: bytes, options: ImportOptions) -> tuple[ImportReading, set[str]]:
    """Return what was read of a table, and the columns that the user names and it lacks."""
    missing: set[str] = set()
    while True:
        there = {name: field for name, field in options.columns.items() if name not in missing}
        try:
            return reader.read(BytesIO(data), replace(options, columns=there)), missing
        except UnknownColumnError as fault:
            missing.add(fault.name)


def _unpacked(archive: ZipFile, member: ZipInfo) -> bytes:
    """Return the bytes of a member, no more of them than a file may have."""
    name = _name(member)
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(f"{name} is encrypted: unpack it and import the table")
    if member.file_size > max(_SMALL, MOST_RATIO * member.compress_size):
        raise UnreadableFileError(
            f"{name} is packed more than {MOST_RATIO} times: that is no list of applications"
        )
    with archive.open(member) as stream:
        return read_whole(cast("BinaryIO", stream))


def _columns(readings: Sequence[ImportReading]) -> tuple[ColumnReading, ...]:
    """Return the columns of all tables, those of the same name and field once."""
    columns = {
        (column.name, column.field): column for one in reversed(readings) for column in one.columns
    }
    return tuple(
        columns.pop(key)
        for one in readings
        for key in ((column.name, column.field) for column in one.columns)
        if key in columns
    )


def _name(member: ZipInfo) -> str:
    return clean(PurePosixPath(member.filename.replace("\\", "/")).name)


def _suffix(member: ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()
