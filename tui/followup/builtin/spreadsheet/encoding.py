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
        raise UnreadableFileError("this is a workbook or an archive: save its table as CSV first")
    decoded = decode(data)
    if not decoded.text.strip():
        raise UnreadableFileError("the file is empty: nothing to import")
    if not is_text(decoded.text):
        raise UnreadableFileError("this is not a text file: save the table as CSV first")
    return decoded


def decode(data: bytes) -> Decoded:
    """Return the text that the bytes stand for.

    A byte order mark decides; else it is UTF-8 where that fits, else the likeliest code page.
    Raises ``UnreadableFileError`` for broken UTF-16.
    """
    mark, encoding, title = next(
        (known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8", "UTF-8")
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
    return Decoded(data.decode(page, errors="replace"), page)


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
