"""Content lines of a calendar, put together again where programs broke them (RFC 5545, 3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from icalendar.parser import Contentline
from msgspec import Struct

from followup.api import UnreadableFileError
from followup.builtin.files import read_whole
from followup.builtin.spreadsheet.encoding import decode

_BREAK = re.compile(rb"\r*\n|\r")
_BEGINNING = re.compile(
    rb"^(?:\xef\xbb\xbf)?([ \t]*)BEGIN:VCALENDAR\b", re.IGNORECASE | re.MULTILINE
)
_CONTENT = re.compile(rb"[A-Za-z][A-Za-z0-9-]*[ \t]*[;:]")
_BLOCK = re.compile(rb"[ \t]*(BEGIN|END):V[A-Z]+[ \t]*$", re.IGNORECASE)
# A display name as a zone has a colon of its own: "(UTC+01:00) Amsterdam, Berlin".
_TIME = re.compile(r"(?i)(DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE)((?:;.*)?):([^:;]*)")
_BARE_ZONE = re.compile(r'(?i);TZID=([^";][^"]*?)(?=;[A-Z-]+=|$)')
_MOST_PARAMETERS = 4_000  # characters of a line in which parameters are looked for


class Line(Struct, frozen=True):
    """A property: where it stands, its name in capitals, its parameters and its bare value."""

    number: int
    name: str
    parameters: dict[str, str]
    value: str


def read_lines(stream: BinaryIO, wanted: Iterable[str]) -> Iterator[Line]:
    """Yield the wanted properties of a calendar; what is no property is passed over.

    Raises ``UnreadableFileError`` for what is no calendar, or is too large.
    """
    data = _single_bytes(read_whole(stream))
    beginning = _BEGINNING.search(data.replace(b"\r", b"\n"))
    if beginning is None:
        raise UnreadableFileError(
            "there is no calendar in it (BEGIN:VCALENDAR): give the .ics file of the invitation"
        )
    first = len(_BREAK.findall(data[: beginning.start()])) + 1
    unfolded = list(_unfolded(data[beginning.start(1) :], first, beginning[1]))
    names = frozenset(wanted)
    texts = decode(b"\n".join(text for _, text in unfolded)).text.split("\n")
    for (number, _), text in zip(unfolded, texts, strict=True):
        name = re.split(r"[;:]", text, maxsplit=1)[0].strip().upper()
        if name in names:
            yield _line(number, name, text)


def _single_bytes(data: bytes) -> bytes:
    """Return a file with one byte for each ASCII character: UTF-16 becomes UTF-8."""
    if b"\0" not in data[:1000]:
        return data
    return decode(data).text.replace("\0", "").encode("utf-8", "replace")


def _unfolded(data: bytes, first: int, indent: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield whole lines with the number of the first part of each.

    Bytes are put together before they are decoded: folds split characters, too. A line that
    is none belongs to the one above, whose program forgot to fold it.
    """
    number, parts = first, [b""]
    for at, raw in enumerate(_BREAK.split(data), start=first):
        line = raw.removeprefix(indent).replace(b"\0", b"")
        if not line.strip():
            continue
        is_block = _BLOCK.match(line)
        if line[:1] in (b" ", b"\t") and not is_block:
            parts.append(line[1:])
        elif is_block or _CONTENT.match(line):
            yield number, b"".join(parts)
            number, parts = at, [line.strip() if is_block else line]
        else:
            parts.append(b" " + line)
    yield number, b"".join(parts)


def _line(number: int, name: str, text: str) -> Line:
    time = _TIME.fullmatch(text[:_MOST_PARAMETERS])
    if time:
        text = f"{time[1]}{_BARE_ZONE.sub(_quoted, time[2])}:{time[3]}"
    try:
        _, parameters, value = Contentline(text).raw_parts()
    except ValueError:
        return Line(number, name, {}, text.partition(":")[2])
    plain = {
        key.upper(): value if isinstance(value, str) else value[0]
        for key, value in parameters.items()
    }
    return Line(number, name, plain, value)


def _quoted(zone: re.Match[str]) -> str:
    return f';TZID="{zone[1]}"'
