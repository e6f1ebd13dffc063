"""How long a text message is: its alphabet, and the segments that it is sent in.

The alphabets are those of 3GPP TS 23.038, sections 6.2.1 and 6.2.3; the sizes those of
3GPP TS 23.040, section 9.2.3.24.1, for segments that are joined by a header of 6 octets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")  # an escape goes before each of these


class Encoding(Struct, frozen=True):
    """An alphabet, and how many units of it go into a segment ``alone`` or into each ``joined``.

    A character is one unit, or two that stay in one segment.
    """

    name: str
    alone: int
    joined: int
    takes_two: Callable[[str], bool]


GSM_7 = Encoding("GSM-7", alone=160, joined=153, takes_two=_EXTENSION.__contains__)
UCS_2 = Encoding("UCS-2", alone=70, joined=67, takes_two=lambda character: character > "\uffff")


class Segments(Struct, frozen=True, kw_only=True):
    """A text in the segments that it is sent in; ``left`` units are free in the last one."""

    encoding: Encoding
    parts: tuple[str, ...]
    room: int
    left: int


def segments(text: str) -> Segments:
    """Return the segments of a text; an empty one has none."""
    encoding = UCS_2 if any(foreign(text)) else GSM_7
    for room in (encoding.alone, encoding.joined):
        parts, left = _filled(text, encoding, room)
        if len(parts) <= 1:
            break
    return Segments(encoding=encoding, parts=tuple(parts), room=room, left=left)


def foreign(text: str) -> Iterator[tuple[int, str]]:
    """Yield the characters that GSM-7 has not, each with its place in the text."""
    for place, character in enumerate(text):
        if character not in _BASIC and character not in _EXTENSION:
            yield place, character


def _filled(text: str, encoding: Encoding, room: int) -> tuple[list[str], int]:
    """Return a text in parts of so many units, and how many are left in the last one."""
    parts, start, left = [], 0, room
    for place, character in enumerate(text):
        units = 2 if encoding.takes_two(character) else 1
        if units > left:
            parts.append(text[start:place])
            start, left = place, room
        left -= units
    if text:
        parts.append(text[start:])
    return parts, left
