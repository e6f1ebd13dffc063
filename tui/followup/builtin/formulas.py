"""Cells that a spreadsheet would run as formulas, made harmless so that it can be taken back.

A text that begins with ``= + - @``, one of their full-width forms, a tab or a line break
gets an apostrophe before it, and so does one of these that begins with apostrophes already:
taking one apostrophe off gives back exactly what there was.
"""

from __future__ import annotations

import re

_BEGINNINGS = "[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]"
_RISKY = re.compile(f"'*{_BEGINNINGS}")
_NEUTRALISED = re.compile(f"'+{_BEGINNINGS}")


def neutralised(text: str) -> str:
    """Return the text as it can be put into a cell."""
    return f"'{text}" if _RISKY.match(text) else text


def restored(text: str) -> str:
    """Return the text that a cell was made of."""
    return text[1:] if _NEUTRALISED.match(text) else text
