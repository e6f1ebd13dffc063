"""The languages whose etiquette is known: each a vocabulary in a TOML file."""

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


class _Vocabulary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A vocabulary as its file has it: entries are lines, or words where they are single."""

    breaks: str
    leads: str = ""
    negations: str
    endings: dict[str, str] = {}
    spelling: dict[str, str] = {}
    classes: dict[str, str]
    phrases: dict[str, str]


class Language(Struct, frozen=True, kw_only=True):
    """What is known of a language: where clauses begin, its spelling, its phrases."""

    breaks: frozenset[str]
    spelling: Spelling
    phrases: Phrasebook


@cache
def language(code: str) -> Language:
    """Return a language of ``LANGUAGES``, read when it is first needed."""
    vocabulary = convert(_read(code), _Vocabulary)
    return Language(
        breaks=_words(vocabulary.breaks),
        spelling=Spelling(words=vocabulary.spelling, endings=vocabulary.endings),
        phrases=Phrasebook(
            _lines(vocabulary.phrases),
            _lines(vocabulary.classes),
            leads=_words(vocabulary.leads),
            negations=_words(vocabulary.negations),
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


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(
        files(__package__).joinpath("vocabulary", f"{name}.toml").read_text("utf-8")
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


def _lines(entries: Mapping[str, str]) -> dict[str, list[str]]:
    return {
        name: [line.replace("'", " ") for line in text.splitlines() if line]
        for name, text in entries.items()
    }
