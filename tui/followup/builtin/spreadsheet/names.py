"""How well a column's name fits a field, by the vocabulary in ``vocabulary/columns.toml``.

A *name* means its field by itself and beside filler words; a *loose* name only by itself, and
where nothing names the field better; a *hint* is a word in a longer name, which needs the
content of the column to bear it out and no word beside it that tells of something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from followup.api import ImportField
from followup.builtin.spreadsheet.words import Words, phrases, place_of, vocabulary, words

NAMED, FILLED, LOOSE, HINTED = 1.0, 0.9, 0.6, 0.3

_COLUMNS: dict[str, Any] = vocabulary("columns")
_NAMES = {field: phrases(*texts.values()) for field, texts in _COLUMNS["names"].items()}
NAMED_FIELDS = frozenset(_NAMES)
_LANGUAGES = {
    language: frozenset(
        phrase
        for texts in _COLUMNS["names"].values()
        for phrase in phrases(texts.get(language, ""))
    )
    for language in ("en", "de", "fr", "es", "it", "pt", "nl")
}
_LOOSE = {field: phrases(text) for field, text in _COLUMNS["loose"].items()}
_HINTS = {field: phrases(text) for field, text in _COLUMNS["hints"].items()}
_FILLERS, _ELSEWHERE, _DATES = (
    frozenset(word for phrase in phrases(_COLUMNS["words"][kind]) for word in phrase)
    for kind in ("fillers", "elsewhere", "dates")
)


@lru_cache(maxsize=8192)
def likeness(name: str, field: ImportField) -> float:
    """Return how well a column's name fits a field: one of the four degrees, or 0."""
    said = words(name)
    names = _NAMES.get(field, ())
    if said in names:
        return NAMED
    rest = _without(said, names)
    if len(rest) < len(said) and _FILLERS.issuperset(rest):
        return FILLED
    if said in _LOOSE.get(field, ()):
        return LOOSE
    # The words in a status column speak for themselves.
    is_elsewhere = field != "status" and not _ELSEWHERE.isdisjoint(said)
    is_hinted = any(place_of(hint, said) is not None for hint in _HINTS.get(field, ()))
    return HINTED if is_hinted and not is_elsewhere else 0


def foreign_language_of(names: Iterable[str]) -> str:
    """Return the language in which more columns are named than in English, empty without one."""
    said = [words(name) for name in names]
    counts = {
        language: sum(name in known for name in said) for language, known in _LANGUAGES.items()
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts["en"] else ""


def says_date(name: str) -> bool:
    """Tell whether a column's name says that it holds dates."""
    return not _DATES.isdisjoint(words(name))


def _without(said: Words, known: tuple[Words, ...]) -> Words:
    """Return what is left of a name once all the phrases in it are taken out, longest first."""
    for phrase in known:
        while (place := place_of(phrase, said)) is not None:
            said = said[:place] + said[place + len(phrase) :]
    return said
