"""Cells that a spreadsheet would run as formulas, made harmless so that it can be taken back.

A text that begins with ``= + - @``, a tab or a carriage return gets an apostrophe before it,
and so does one of these that begins with apostrophes already: taking one apostrophe off gives
back exactly what there was.
"""

from __future__ import annotations

import re

_RISKY = re.compile("'*[=+\\-@\t\r]")
_NEUTRALISED = re.compile("'+[=+\\-@\t\r]")


def neutralised(text: str) -> str:
    """Return the text as it can be put into a cell."""
    return f"'{text}" if _RISKY.match(text) else text


def restored(text: str) -> str:
    """Return the text that a cell was made of."""
    return text[1:] if _NEUTRALISED.match(text) else text
