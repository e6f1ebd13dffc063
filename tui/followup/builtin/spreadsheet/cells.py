"""What single cells hold: blanks, yes and no, addresses; and where text is cut."""

from __future__ import annotations

import re

from followup.api import InputError, checked_url, clean
from followup.builtin.spreadsheet.dates import read_date
from followup.builtin.spreadsheet.words import words

EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+\.[^\s@<>,;:\"()\[\]]*[^\W_]")

_LOOKED_AT = 300  # characters by which a cell is judged
_LONGEST_BLANK = 20  # characters
_BLANKS = frozenset(
    {"na", "n a", "none", "null", "nan", "nil", "ka", "k a", "tba", "tbd", "nd", "n d"}
)
_NULLS = frozenset({"null", "nan", "n/a", "#n/a", "undefined"})
_YES = frozenset(
    {
        "yes",
        "y",
        "yep",
        "yeah",
        "true",
        "x",
        "ok",
        "done",
        "checked",
        "ja",
        "wahr",
        "oui",
        "vrai",
        "sí",
    }
    | {"si", "sim", "vero"}
    | set("✓✔☑✅")
)
_NO = frozenset(
    {"no", "n", "nope", "false", "unchecked", "nein", "falsch", "non", "faux", "falso", "não"}
    | set("✗✘☐❌")
)
# Notion writes a relation as its title and the address of its page or file behind it.
_RELATION = re.compile(r" ?\((?:https?://(?:www\.)?notion\.(?:so|site)/|[^()\s]*%20)[^()\s]*\)")
# "Total: 17", "Summe": a row beneath or between the applications, not one of them.
_SUM = re.compile(
    r"(?:grand )?(?:total|sum|summe|gesamt|anzahl|count|average|suma|somme)\b[\s:=\d.,%]*"
)
_PHONE = re.compile(r"[+(]?\d[\d\s()/.-]{5,}(?:\s*(?:x|ext\.?)\s*\d+)?")
_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d[\d.,\s]*%?")


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing: it is empty, or ``-``, ``N/A``, ``none`` and the like."""
    if len(text.strip()) > _LONGEST_BLANK:
        return False
    said = words(text)
    return " ".join(said) in _BLANKS if said else yes_or_no(text) is None


def is_null(text: str) -> bool:
    """Tell whether a cell is what programs write for nothing."""
    return text.strip().lower() in _NULLS


def yes_or_no(text: str) -> bool | None:
    """Return what a yes-or-no cell says, none where it is no such cell."""
    said = text.strip(" \t\n.,!\ufe0e\ufe0f").casefold()
    return True if said in _YES else False if said in _NO else None


def is_yes_or_no(text: str) -> bool:
    """Tell whether a cell says yes or no and nothing else."""
    return yes_or_no(text) is not None


def without_links(text: str) -> str:
    """Return a text without the addresses behind the titles that Notion writes."""
    return _RELATION.sub("", text) if "(" in text else text


def is_sum(text: str) -> bool:
    """Tell whether a cell is the title of a sum."""
    return _SUM.fullmatch(text.strip().lower()) is not None


def is_email(text: str) -> bool:
    """Tell whether there is an e-mail address in a cell."""
    return EMAIL.search(text[:_LOOKED_AT]) is not None


def is_phone(text: str) -> bool:
    """Tell whether a cell is a telephone number."""
    short = text.strip()[:_LOOKED_AT]
    return _PHONE.fullmatch(short) is not None and read_date(text) is None


def is_number(text: str) -> bool:
    """Tell whether a cell is a number."""
    return _NUMBER.fullmatch(text.strip()[:_LOOKED_AT]) is not None


def has_digit(text: str) -> bool:
    """Tell whether there is a digit in a cell."""
    return any(char.isdecimal() for char in text)


def is_url(text: str) -> bool:
    """Tell whether a cell is a web address, with ``http://`` or ``https://`` before it."""
    try:
        return bool(checked_url(text))
    except InputError:
        return False


def is_linkedin(text: str) -> bool:
    """Tell whether a cell is an address at LinkedIn."""
    return is_url(text) and "linkedin." in clean(text).lower()
