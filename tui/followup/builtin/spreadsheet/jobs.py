"""Company and role that stand in one cell: ``Globex: SRE``, ``SRE at Globex``, ``Globex (SRE)``."""

from __future__ import annotations

import re

from followup.builtin.spreadsheet.words import phrases, place_of, vocabulary, words

_LONGEST_TITLE = 200  # characters
_ROLES = phrases(*vocabulary("roles").values())
_ROLE_FIRST = re.compile(r"(?P<role>.+?)\s+(?:at|@|bei|chez)\s+(?P<company>.+)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?P<company>[^()]+?)\s*\((?P<role>[^()]+)\)")
_BETWEEN = re.compile(r"\s+[-–—|·/]\s+|:\s+|\s*[|·]\s*|,\s+(?=\S)")


def parted(text: str) -> tuple[str, str]:
    """Return the company and the role; the role is empty where there is but one of them."""
    text = text.strip()
    if found := _ROLE_FIRST.fullmatch(text):
        return found["company"], found["role"]
    found = _IN_BRACKETS.fullmatch(text)
    if found and names_role(found["role"]):
        return found["company"], found["role"]
    first, *rest = _BETWEEN.split(text, maxsplit=1)
    if not rest:
        return text, ""
    (last,) = rest
    return (last, first) if names_role(first) and not names_role(last) else (first, last)


def names_role(text: str) -> bool:
    """Tell whether a text has a word in it that titles of jobs have."""
    said = words(text[:_LONGEST_TITLE])
    return any(place_of(role, said) is not None for role in _ROLES)
