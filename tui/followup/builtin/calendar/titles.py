"""What the title of an event says: whether it is an interview, with whom and for what role."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum

from msgspec import Struct

from followup.api import clean
from followup.builtin.calendar.vocabulary import words

_MOST_LETTERS = 200  # of a title that is looked at
_ARTICLE = 1  # letters of the longest one that counts here
_MOST_WORDS = 6  # of a company
_LONGEST_ROLE = 80
_MOST_PREFIXES = 5
# What follows an "@" in the subject of Google's mails: "@ Mon Nov 30, 2026 10am - 11am (CET)".
_WHEN = re.compile(
    r"\s+@\s+(?:[A-Za-zé]{2,4}\.?,? )?(?:[A-Za-zé]{3,9}\.? \d{1,2}|\d{1,2}\.? [A-Za-zé]{3,9}).*$"
)
_WITH_SLASH = re.compile(r"\bw/\s*")
_PAIR = re.compile(r"\s*(?:<\s*[-=/|]*\s*>|↔|⟷|⇄|⇔|<-+>|&lt;&gt;)\s*|\s+(?:x|X|×|//|<)\s+")
_BREAK = re.compile(
    r"\s+[-–—|•·~/+]+\s+|\s*(?::(?!in\b|innen\b)|[;|•·—()\[\]])\s*|,\s+(?!(?:Inc|LLC|Ltd|GmbH|Corp|S\.A)\b)|\s+-+|-+\s+"
)
_AROUND_ROLE = re.compile(
    r"^(?:role|position|stelle|poste|puesto)\b:?\s*(?:de )?|\s*\b(?:role|position|post|job|stelle)$"
    r"|\s*\(?[mfdwhx]/[mfdwhx](?:/[mfdwhx])?\)?$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN_PEOPLE = frozenset(
    (
        *("", "and", "und", "et", "y", "e", "between", "zwischen", "entre"),
        *("frau", "herr", "herrn", "mr", "mrs", "ms", "m", "mme", "sr", "sra", "dr", "prof"),
    )
)
_ABBREVIATED = re.compile(r"\b(?:\w\.)+\w$|\b(?:Inc|Ltd|Co|Corp|Bros|Intl)$", re.IGNORECASE)
_OF_THEIRS = re.compile(r"['’]s(?: .*)?$")
_BLANKS = " \t.,:;|-–—_/\\'\"“”„<>#*&+"


class Kind(StrEnum):
    """What an event looks like by its title."""

    INTERVIEW = "interview"
    MEETING = "meeting"
    UNRELATED = "unrelated"
    UNKNOWN = "unknown"


class Title(Struct, frozen=True, kw_only=True):
    """A title as it was understood; what it does not say is empty."""

    text: str
    kind: Kind
    company: str = ""
    role: str = ""
    cancelled: bool = False


def read_title(text: str, names: Collection[str]) -> Title:
    """Return what a title says; ``names`` are words of the names of people, in small letters."""
    text, cancelled = _without_prefixes(clean(text, _MOST_LETTERS))
    text = _WHEN.sub("", text)
    told = words("title", "when").sub("", _WITH_SLASH.sub("with ", text))
    phrases = list(_phrases(told))
    role = next((role for phrase in phrases if (role := _role(phrase.text))), "")
    return Title(
        text=text,
        kind=_kind(text),
        company=_company(phrases, names),
        role=role,
        cancelled=cancelled,
    )


class _Phrase(Struct, frozen=True):
    """A part of a title, and how surely it is a company where it can be one."""

    text: str
    trust: int


_AT, _PAIRED, _WITH, _ALONE, _FOR = range(5)


def _without_prefixes(text: str) -> tuple[str, bool]:
    """Return a title without what programs put before it, and whether that was a cancellation."""
    cancelled = False
    for _ in range(_MOST_PREFIXES):
        for name in ("prefixes", "cancelled"):
            found = re.match(
                rf"\W*{words('title', name).pattern}\W*[:\]–—-]\W*", text, re.IGNORECASE
            )
            if found:
                cancelled |= name == "cancelled"
                text = text[found.end() :]
    return text.strip(), cancelled


def _kind(text: str) -> Kind:
    if words("title", "practice").search(text):
        return Kind.UNRELATED
    if words("title", "interview").search(text):
        return Kind.INTERVIEW
    if words("title", "unrelated").search(text):
        return Kind.UNRELATED
    is_meeting = words("title", "meeting").search(text) or _PAIR.search(text)
    return Kind.MEETING if is_meeting else Kind.UNKNOWN


def _phrases(text: str) -> Iterator[_Phrase]:
    """Yield the parts of a title: between marks, and behind words such as ``at`` and ``for``."""
    sides = _PAIR.split(text)
    for side in sides:
        for segment in _BREAK.split(side):
            trust = _PAIRED if len(sides) > 1 else _ALONE
            place = 0
            for connector in words("words", "at", "with", "for").finditer(segment):
                if segment[place : connector.start()].strip(_BLANKS):
                    yield _Phrase(segment[place : connector.start()].strip(_BLANKS), trust)
                trust, place = _trust(connector[0]), connector.end()
            yield _Phrase(segment[place:].strip(_BLANKS), trust)


def _trust(connector: str) -> int:
    if words("words", "at").fullmatch(connector):
        return _AT
    return _WITH if words("words", "with").fullmatch(connector) else _FOR


def _company(phrases: list[_Phrase], names: Collection[str]) -> str:
    found = (
        (phrase.trust, place, company)
        for place, phrase in enumerate(phrases)
        if phrase.trust != _FOR and (company := _named(phrase, names))
    )
    return min(found, default=(0, 0, ""))[2]


def _named(phrase: _Phrase, names: Collection[str]) -> str:
    """Return the company that a phrase names, empty where it names none."""
    if _role(phrase.text):
        return ""
    around = words("title", "edges", "interview", "meeting")
    name = _OF_THEIRS.sub("", _trimmed(phrase.text, around))
    name += "." if _ABBREVIATED.search(name) else ""
    rest = words("title", "generic", "interview", "meeting", "unrelated").sub(" ", name)
    parts = name.split()
    said = [part.strip(_BLANKS).casefold() for part in parts]
    joins = not _BETWEEN_PEOPLE.isdisjoint(said)
    is_person = any(one in names for one in said) and (joins or all(one in names for one in said))
    is_name = name[:1] != name[:1].lower() or not name[:1].isalpha() or phrase.trust == _AT
    is_cased = name[:1].lower() != name[:1].upper()
    if not _LETTER.search(rest) or is_person or len(parts) > _MOST_WORDS:
        return ""
    return name if is_name or not is_cased else ""


def _trimmed(text: str, around: re.Pattern[str]) -> str:
    """Return a text without words around it that match; no article ends a name."""
    while True:
        ends = (one for one in around.finditer(text) if not text[one.end() :].strip(_BLANKS))
        found = around.match(text) or next((one for one in ends if len(one[0]) > _ARTICLE), None)
        if not found or not found[0]:
            return text.strip(_BLANKS)
        text = (text[: found.start()] + text[found.end() :]).strip(_BLANKS)


def _role(text: str) -> str:
    """Return the role that a phrase names, empty where it names none."""
    if not words("role", "nouns").search(words("title", "interview").sub(" ", text)):
        return ""
    role = _trimmed(text, words("title", "edges", "interview", "meeting"))
    role = _AROUND_ROLE.sub("", role)
    return role[:_LONGEST_ROLE].strip() if words("role", "nouns").search(role) else ""
