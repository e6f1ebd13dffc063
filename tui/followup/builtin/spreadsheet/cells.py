"""What single cells hold: blanks, yes and no, addresses; and where text is cut."""

from __future__ import annotations

import re

from followup.api import InputError, checked_url, clean
from followup.builtin.spreadsheet.words import words

EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+\.[^\s@<>,;:\"()\[\]]*[^\W_]")

_BLANKS = frozenset({"na", "n a", "none", "null", "nan", "nil", "ka", "k a", "tba"})
_YES = frozenset({"yes", "y", "true", "x", "ja", "oui", "si", "sim", "vero", "wahr", "vrai"})
_NO = frozenset({"no", "n", "false", "nein", "non", "falsch", "faux", "falso", "nao"})
_CHECKED, _UNCHECKED = frozenset("✓✔☑✅"), frozenset("✗✘☐❌")
_PHONE = re.compile(r"[+(]?\d[\d\s()/.-]{5,}(?:\s*(?:x|ext\.?)\s*\d+)?")
_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d[\d.,\s]*%?")


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing: it is empty, or ``-``, ``N/A``, ``none`` and the like."""
    said = words(text)
    if said:
        return " ".join(said) in _BLANKS
    return _CHECKED.union(_UNCHECKED).isdisjoint(text)


def yes_or_no(text: str) -> bool | None:
    """Return what a yes-or-no cell says, none where it is no such cell."""
    mark = text.strip()
    said = " ".join(words(text))
    if said in _YES or mark in _CHECKED:
        return True
    return False if said in _NO or mark in _UNCHECKED else None


def is_yes_or_no(text: str) -> bool:
    """Tell whether a cell says yes or no and nothing else."""
    return yes_or_no(text) is not None


def is_email(text: str) -> bool:
    """Tell whether there is an e-mail address in a cell."""
    return EMAIL.search(text) is not None


def is_phone(text: str) -> bool:
    """Tell whether a cell is a telephone number."""
    return _PHONE.fullmatch(text.strip()) is not None


def is_number(text: str) -> bool:
    """Tell whether a cell is a number."""
    return _NUMBER.fullmatch(text.strip()) is not None


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
