"""What a status says, by the vocabulary in ``vocabulary/statuses.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from followup.api import OutcomeKind
from followup.builtin.spreadsheet.words import Words, phrases, place_of, vocabulary, words

_SHORTEST_STEM = 4  # letters; "inter" stands for "interview", "in" for nothing
_SHORTEST_TYPO = 6
_LIKENESS_OF_TYPO = 0.85
_LONGEST = 100  # characters; what a status says stands at its beginning
_LABEL = 4  # words; in what is longer they are taken as they stand


class Meaning(StrEnum):
    """What a phrase of a status stands for: an outcome, or one of those before it."""

    SAVED = "saved"
    OPEN = "open"
    UNDERWAY = "underway"
    INVITED = "invited"
    INTERVIEW = "interview"
    OFFER = "offer"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    GHOSTED = "ghosted"
    FILLED = "filled"


class Status(Struct, frozen=True, kw_only=True):
    """What a status says.

    ``saved`` is that nobody has applied yet, ``interviewed`` that there is or was an
    interview, which may be one that they ``invited`` to. One that is not ``known`` could not
    be read for sure. A ``telling`` one says more than that, which is worth a note.
    """

    outcome: OutcomeKind | None = None
    saved: bool = False
    invited: bool = False
    interviewed: bool = False
    known: bool = True
    telling: bool = False


UNKNOWN = Status(known=False, telling=True)

_WORDS = vocabulary("statuses")
_FILLERS, _NEGATIONS = (
    frozenset(word for (word,) in phrases(_WORDS["words"][kind]))
    for kind in ("fillers", "negations")
)
_REPEATED = re.compile(r"(.)\1{2,}")
_PLAIN = _FILLERS | _NEGATIONS
_PHRASES = tuple(
    sorted(
        ((phrase, meaning) for meaning in Meaning for phrase in phrases(*_WORDS[meaning].values())),
        key=lambda known: -len(known[0]),
    )
)
_KNOWN_WORDS = frozenset(word for phrase, _ in _PHRASES for word in phrase)
_SINGLE_WORDS = {phrase[0]: meaning for phrase, meaning in _PHRASES if len(phrase) == 1}
_STEMS = tuple(
    (word, meaning)
    for word, meaning in _SINGLE_WORDS.items()
    if meaning not in {Meaning.SAVED, Meaning.OPEN, Meaning.UNDERWAY}
)
_PARTS = re.compile(r"[+/,;&|>→\n]|->| [-–] |\b(?:and|then|und|et)\b", re.IGNORECASE)
_INTERVIEWS = frozenset({Meaning.INVITED, Meaning.INTERVIEW})
_BEFORE_OUTCOME = _INTERVIEWS | {Meaning.SAVED, Meaning.OPEN, Meaning.UNDERWAY}
_GOOD_NEWS = frozenset({Meaning.OFFER, Meaning.ACCEPTED})
# Two outcomes in one status: the one that counts.
_LAST_WORD = {
    frozenset({Meaning.OFFER, Meaning.ACCEPTED}): Meaning.ACCEPTED,
    frozenset({Meaning.OFFER, Meaning.WITHDRAWN}): Meaning.WITHDRAWN,
    frozenset({Meaning.REJECTED, Meaning.FILLED}): Meaning.REJECTED,
    frozenset({Meaning.REJECTED, Meaning.GHOSTED}): Meaning.REJECTED,
    frozenset({Meaning.FILLED, Meaning.GHOSTED}): Meaning.FILLED,
}


def read_status(text: str) -> Status:
    """Return what a status says; abbreviations and typing errors are understood."""
    return _read(text[:_LONGEST])


@lru_cache(maxsize=1024)
def _read(text: str) -> Status:
    meanings: set[Meaning] = set()
    rest: list[str] = []
    for part in _PARTS.split(text):
        found, left = _meanings(words(part))
        if Meaning.OPEN in found and not _GOOD_NEWS.isdisjoint(found):
            return UNKNOWN  # "offer pending" is not there yet
        meanings |= found
        rest += left
    outcomes = frozenset(meanings - _BEFORE_OUTCOME)
    outcome = _one_of(outcomes)
    if not meanings or (outcomes and not outcome) or not _NEGATIONS.isdisjoint(rest):
        return UNKNOWN
    return Status(
        outcome=OutcomeKind(outcome) if outcome else None,
        saved=meanings == {Meaning.SAVED},
        invited=meanings & _INTERVIEWS == {Meaning.INVITED},
        interviewed=not _INTERVIEWS.isdisjoint(meanings),
        telling=Meaning.UNDERWAY in meanings or not _FILLERS.issuperset(rest),
    )


def together(statuses: Sequence[Status]) -> Status:
    """Return what several columns say; it is not ``known`` where they contradict."""
    outcomes = frozenset(Meaning(status.outcome) for status in statuses if status.outcome)
    outcome = _one_of(outcomes)
    return Status(
        outcome=OutcomeKind(outcome) if outcome else None,
        saved=bool(statuses) and all(status.saved for status in statuses),
        interviewed=any(status.interviewed for status in statuses),
        known=outcome is not None or not outcomes,
    )


def _one_of(outcomes: frozenset[Meaning]) -> Meaning | None:
    """Return the outcome that counts, none where there is none or they contradict."""
    return next(iter(outcomes)) if len(outcomes) == 1 else _LAST_WORD.get(outcomes)


def _meanings(said: Words) -> tuple[set[Meaning], list[str]]:
    """Return what the words of one part mean, and those that mean nothing known."""
    found: set[Meaning] = set()
    is_label = len(said) <= _LABEL
    if is_label:
        said = tuple(map(_corrected, said))
    for phrase, meaning in _PHRASES:
        while (place := place_of(phrase, said)) is not None:
            # The gap keeps words apart that did not stand together.
            said = (*said[:place], "", *said[place + len(phrase) :])
            found.add(meaning)
    rest = []
    for word in filter(None, said):
        guess = _guessed(word) if is_label and word not in _PLAIN else None
        if guess:
            found.add(guess)
        else:
            rest.append(word)
    if not _INTERVIEWS.isdisjoint(found) and not rest:
        found -= _GOOD_NEWS  # "interview offered" is no job offer
    return found, rest


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """Return the known word that a word is with letters repeated, swapped or mistaken."""
    if word in _KNOWN_WORDS or word in _PLAIN or len(word) < _SHORTEST_TYPO:
        return word
    single = _REPEATED.sub(r"\1", word)
    swapped = (
        f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in range(len(word) - 1)
    )
    sure = next((one for one in (single, *swapped) if one in _KNOWN_WORDS), None)
    likely = get_close_matches(single, _KNOWN_WORDS, n=1, cutoff=_LIKENESS_OF_TYPO)
    return sure or next(iter(likely), word)


@lru_cache(maxsize=4096)
def _guessed(word: str) -> Meaning | None:
    """Return what an abbreviated word means, none where that is not sure."""
    if len(word) < _SHORTEST_STEM:
        return None
    meanings = {meaning for known, meaning in _STEMS if known.startswith(word)}
    return meanings.pop() if len(meanings) == 1 else None
