"""Cleaning of text that comes from outside (design, section 10).

Every text from a file, a message, a plugin or the clipboard passes through here on its way
in, and again on its way to a screen or a terminal.
"""

from __future__ import annotations

import re

ONE_LINE_LIMIT = 500
PAGE_LIMIT = 50_000

_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0 but for the line feed, DEL, C1, bidi controls, the byte order mark and lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BLANKS = re.compile(r"\s+")


def harmless(text: str, limit: int = PAGE_LIMIT) -> str:
    """Return text with nothing in it that a terminal would obey, its white space kept.

    Line breaks of every kind become line feeds, tabs become spaces, controls go;
    ``limit`` is in characters.
    """
    text = _LINE_BREAKS.sub("\n", text[: limit * 2]).replace("\t", "    ")
    return _UNSAFE.sub("", text)[:limit]


def clean_page(text: str, limit: int = PAGE_LIMIT) -> str:
    """Return text of several lines, ``harmless`` and without white space around it."""
    return harmless(text, limit).strip()


def folded(text: str) -> str:
    """Return text as it is compared: upper and lower case and white space count the same."""
    return clean(text).casefold()


def clean(text: str, limit: int = ONE_LINE_LIMIT) -> str:
    """Return text of one line with nothing in it that a terminal would obey.

    Runs of white space become one space; ``limit`` is in characters.
    """
    return _BLANKS.sub(" ", clean_page(text, limit * 2))[:limit].strip()
