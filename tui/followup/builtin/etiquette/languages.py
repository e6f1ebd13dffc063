"""The languages whose etiquette is known: each a folder of TOML files in ``vocabulary/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct, convert

from followup.builtin.etiquette.phrases import Phrasebook
from followup.builtin.etiquette.reading import Spelling, fold, words_of

LANGUAGES = ("en", "de", "fr", "es")


_PHRASES = ("time", "demanding", "pressing", "leaving", "others", "courtesy", "explaining")


class _Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of a language as their file has them: entries are lines, or words of a line."""

    breaks: str
    leads: str
    negations: str
    endings: dict[str, str] = {}
    spelling: dict[str, str] = {}
    classes: dict[str, str]


class Language(Struct, frozen=True, kw_only=True):
    """What is known of a language: where clauses begin, its spelling, its phrases."""

    breaks: frozenset[str]
    spelling: Spelling
    phrases: Phrasebook


@cache
def language(code: str) -> Language:
    """Return a language of ``LANGUAGES``, read when it is first needed."""
    words = convert(_read(code, "words"), _Words)
    phrases = {kind: text for file in _PHRASES for kind, text in _read(code, file).items()}
    return Language(
        breaks=_words(words.breaks),
        spelling=Spelling(words=words.spelling, endings=words.endings),
        phrases=Phrasebook(
            _lines(phrases),
            _lines(words.classes),
            leads=_words(words.leads),
            negations=_words(words.negations),
        ),
    )


def language_of(body: str, presumed: str) -> Language:
    """Return the language that most of a body's words tell, else the presumed one."""
    words = words_of(body)
    codes = sorted(LANGUAGES, key=lambda code: code != presumed)
    return language(max(codes, key=lambda code: len(words & _common_words()[code])))


@cache
def _common_words() -> Mapping[str, frozenset[str]]:
    return {code: _words(text) for code, text in _read("common").items()}


def _read(*path: str) -> dict[str, Any]:
    file = files(__package__).joinpath("vocabulary", *path[:-1], f"{path[-1]}.toml")
    return tomllib.loads(file.read_text("utf-8"))


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


def _lines(entries: Mapping[str, str]) -> dict[str, list[str]]:
    return {
        name: [line.replace("'", " ") for line in text.splitlines() if line]
        for name, text in entries.items()
    }
