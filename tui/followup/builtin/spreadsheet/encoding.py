"""From the bytes of a file to its text: the encoding is found out."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from charset_normalizer import from_bytes
from msgspec import Struct

from followup.api import UnreadableFileError
from followup.builtin.files import read_whole

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_USUAL_PAGE = "cp1252"
_CODE_PAGES = [
    *(f"cp{number}" for number in range(1250, 1259)),
    "cp932",
    "cp949",
    "big5",
    "gb18030",
]
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip (xlsx, ods) and compound file (xls)
_MOST_NULS = 0.2  # of one half of all bytes; UTF-16 without a mark has far more in the other
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")
_JUDGED = 64 * 1024  # bytes or characters that are enough to tell what a file is
_MOST_CONTROLS = 0.3  # of all characters; even a hostile text has fewer


class Decoded(Struct, frozen=True):
    """The text of a file and the name of its encoding, as people know it."""

    text: str
    encoding: str


def read_text(stream: BinaryIO) -> Decoded:
    """Return the text of a file.

    Raises ``UnreadableFileError`` for one that is empty, too large or no text.
    """
    data = read_whole(stream)
    if data.startswith(_WORKBOOKS):
        raise UnreadableFileError("this is a workbook: save its sheet as CSV and import that")
    decoded = decode(data)
    if not decoded.text.strip():
        raise UnreadableFileError("the file is empty: nothing to import")
    if not is_text(decoded.text):
        raise UnreadableFileError("this is not a text file: save the table as CSV first")
    return decoded


def decode(data: bytes) -> Decoded:
    """Return the text that the bytes stand for.

    A byte order mark decides; else it is UTF-8 where that fits, else the likeliest code page.
    Lines of UTF-8 and of another encoding may be mixed, as in sheets that were put together.
    Raises ``UnreadableFileError`` for broken UTF-16.
    """
    mark, encoding, title = next(
        (known for known in _MARKS if data.startswith(known[0])), _without_mark(data)
    )
    data = data[len(mark) :]
    try:
        return Decoded(data.decode(encoding), title)
    except UnicodeDecodeError as fault:
        if encoding != "utf-8":
            raise UnreadableFileError(
                f"broken {title} at byte {fault.start + len(mark) + 1}: save the file as UTF-8"
            ) from fault
    page = _code_page(data)
    lines = [_line(line, page) for line in data.splitlines(keepends=True)]
    is_mixed = any(line.is_utf8 for line in lines)
    title = f"UTF-8 and {page}" if is_mixed else page
    return Decoded("".join(line.text for line in lines), title)


class _Line(Struct, frozen=True):
    text: str
    is_utf8: bool = False


def _line(data: bytes, page: str) -> _Line:
    if data.isascii():
        return _Line(data.decode("ascii"))
    try:
        return _Line(data.decode("utf-8"), is_utf8=True)
    except UnicodeDecodeError:
        return _Line(data.decode(page, errors="replace"))


def _without_mark(data: bytes) -> tuple[bytes, str, str]:
    """Return the encoding of a file without a mark: UTF-16 has a NUL beside every letter."""
    head = data[:_JUDGED]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    for nuls, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if nuls > half / 2 and others < half * _MOST_NULS:
            return b"", encoding, "UTF-16"
    return b"", "utf-8", "UTF-8"


def is_text(text: str) -> bool:
    """Tell whether this reads as text: no NUL in it and few other control characters."""
    head = text[:_JUDGED]
    return "\0" not in head and len(_CONTROLS.findall(head)) <= _MOST_CONTROLS * len(head)


def _code_page(data: bytes) -> str:
    """Return the likeliest code page: the Western one unless another fits better.

    Only lines that are not plain ASCII tell; for want of more, many code pages fit a few
    letters equally well.
    """
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_JUDGED]
    matches = from_bytes(telling, cp_isolation=_CODE_PAGES)
    best = matches.best()
    if best is None:
        return _USUAL_PAGE
    is_usual = any(
        _USUAL_PAGE in match.could_be_from_charset
        and match.chaos <= best.chaos
        and match.coherence >= best.coherence
        for match in matches
    )
    return _USUAL_PAGE if is_usual else best.encoding
