"""The words by which mails about applications say what they are.

They stand in TOML files, one for each language and one for what needs none. A phrase is its
words in order: ``*`` lets up to six words pass, ``(a|b c)`` is either, ``(a)?`` may be missing,
``(a)*`` may come up to three times; a word by itself is a regular expression. Case, accents and
line breaks do not count.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de", "fr", "es")

MOST_SENTENCES = 200
"""Sentences of a mail that are looked at; what it is, it says at its beginning."""

_LONGEST_SENTENCE = 1_000  # characters
_ELEMENT = re.compile(r"\((?:[^()]|\([^()]*\))*\)[?*]?|\S+")
_MARK = re.compile(r"\s*(?:$|[:\-–—(\[|,.!/])")
_SENTENCE_END = re.compile(r"(?<=\D[.!?…])\s+|\n\s*\n|\n(?=\s*[-•*]\s)")


def fold(text: str) -> str:
    """Return text as it is compared: no case, no accents, plain quotation marks."""
    straight = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})
    apart = unicodedata.normalize("NFKD", straight.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, folded; what they are is only roughly known."""
    found = (" ".join(part.split()) for part in _SENTENCE_END.split(fold(text)))
    return tuple(part[:_LONGEST_SENTENCE] for part in found if part)[:MOST_SENTENCES]


def says(kind: str, sentences: Iterable[str], *, as_fact: bool = False) -> str:
    """Return the first words in sentences that say a thing, empty where none do.

    ``as_fact`` leaves out what is only said to be possible: "if you are not selected".
    """
    for sentence in sentences:
        found = _pattern(kind).search(sentence)
        if found and not (as_fact and _pattern("conditional").search(sentence)):
            return found[0]
    return ""


def begins(kind: str, text: str) -> bool:
    """Tell whether a text begins with what says a thing, and a mark or nothing follows."""
    text = fold(text).strip()
    found = _pattern(kind).match(text)
    return bool(found and _MARK.match(text, found.end()))


def is_one_of(kind: str, word: str) -> bool:
    """Tell whether a word, whole, is of a list, such as the names of mail systems."""
    return _pattern(kind).fullmatch(fold(word)) is not None


def is_domain_of(kind: str, domain: str) -> bool:
    """Tell whether a domain, or one that it is a part of, is in a list."""
    labels = domain.split(".")
    return any(".".join(labels[start:]) in _words(kind) for start in range(len(labels) - 1))


def is_listed(kind: str, word: str) -> bool:
    """Tell whether a word stands in a list of words."""
    return word in _words(kind)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for text in _texts(kind) for word in text.split())


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    phrases = [line for text in _texts(kind) for line in text.splitlines() if line.strip()]
    return re.compile("(?<!\\w)(?:" + "|".join(map(_expression, phrases)) + ")(?!\\w)")


def _expression(phrase: str) -> str:
    """Return the regular expression of a phrase."""
    expression, has_begun = "", False
    for element in _ELEMENT.findall(fold(phrase)):
        if element == "*":
            expression += r"(?:\W+\w+){0,6}?"
            continue
        is_group = element.startswith("(")
        count = {"?": "?", "*": "{0,3}"}.get(element[-1], "") if is_group else ""
        word = f"(?:{element[: -len(count[:1])] if count else element})".replace(" ", r"\W+")
        if has_begun:
            expression += rf"(?:\W+{word}){count}"
        else:
            # What may be missing at the beginning has its blank behind it.
            expression += rf"(?:{word}\W+){count}" if count else word
            has_begun = not count
    return expression


@cache
def _texts(kind: str) -> tuple[str, ...]:
    names = ("common", *LANGUAGES)
    return tuple(text for name in names if (text := _file(name).get(kind)))


@cache
def _file(name: str) -> dict[str, str]:
    path = files(__package__).joinpath("vocabulary", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))
