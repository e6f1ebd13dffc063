"""Text in lines that mail programs join again: ``format=flowed`` (RFC 3676).

A reader that knows nothing of it sees lines of no more than ``WIDTH`` characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDTH = 72  # characters; 78 are allowed (RFC 3676, section 4.2), 76 fit once they are encoded
SIGNATURE = "-- "

# A word with the blanks after it. What looks like the line before a signature stays with the
# word that follows, so that no line is ever taken for it.
_WORDS = re.compile(r"^ +|(?:-- +(?=\S))*\S+ *")


def flowed(text: str) -> str:
    """Return text with soft breaks, its lines apart by line feeds.

    White space at the end of a line goes, but for that of the line before a signature.
    """
    return "\n".join(part for line in text.split("\n") for part in _broken(line))


def _broken(line: str) -> Iterator[str]:
    """Yield a line as the lines that it is sent in; all but the last end in a blank."""
    if line == SIGNATURE:
        yield line
        return
    line = line.rstrip(" ")
    if line.startswith(">"):  # quoted, and stays as it was
        yield line
        return
    part = ""
    for word in _WORDS.findall(line):
        if part and len(_stuffed(part + word)) > WIDTH:
            yield _stuffed(part)
            part = ""
        part += word
    yield _stuffed(part)


def _stuffed(part: str) -> str:
    """Return a line with a blank before what would mean something else (section 4.4)."""
    return f" {part}" if part.startswith((" ", ">", "From ")) else part
