"""Phrases: the words by which a language says a thing, and how they are found in a sentence.

A phrase is written as its words, one after the other. ``a/b`` is either word, ``<name>`` any
entry of that class (each a phrase again; ``a/<name>`` a word or any), ``[a | b c]`` is either
phrase or none, ``*`` lets up to three words pass and ``**`` up to six. Words that turn a meaning
round ("not") never pass. A phrase behind ``^ `` is only found where a clause begins, as orders do.

All phrases of a language are followed at once, one step a word, so the time that a sentence
takes grows with its words and not with the phrases that there are.

``a/b c/d`` is (a or b) and then (c or d). Who means "a" or "b c" needs two lines, and often
writes the same word on both sides: ``like/would like``. Such a phrase is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from followup.builtin.etiquette.reading import Sentence, fold

_LEADING = "^ "
_GAPS = {"*": 3, "**": 6}
_ELEMENT = re.compile(r"\[[^\]]+\]|[^\s\[]+")


class Signal(Struct, frozen=True):
    """A phrase that was found: what it means, and its first and last word in the sentence."""

    kind: str
    first: int
    last: int


class _Place:
    """A place between two words of a phrase; phrases that begin alike share theirs."""

    __slots__ = ("beyond", "freely", "gap", "means")

    def __init__(self, gap: int = 0) -> None:
        self.beyond: dict[str, _Place] = {}  # by the element that leads there
        self.freely: list[_Place] = []  # where no word is needed to get
        self.gap = gap  # how many words may pass here
        self.means: set[str] = set()


_Position = tuple[_Place, int]  # a place, and how many words have passed at it


class _State:
    """All places that the words so far can have led to, and where the next word leads."""

    __slots__ = ("means", "onward", "passing")

    def __init__(
        self,
        means: Sequence[str],
        onward: dict[str, _State | frozenset[_Position]],
        passing: frozenset[_Position],
    ) -> None:
        self.means = means
        self.onward = onward  # states are made of positions when they are first reached
        self.passing = passing


class Phrasebook:
    """The phrases of a language, by what they mean."""

    def __init__(
        self,
        phrases: Mapping[str, Iterable[str]],
        classes: Mapping[str, Iterable[str]],
        *,
        leads: frozenset[str],
        negations: frozenset[str],
    ) -> None:
        """Learn the phrases; raise ``ValueError`` with the one that cannot be meant."""
        self._classes = classes
        self._leads = leads
        self._negations = negations
        self._states: dict[frozenset[_Position], _State] = {}
        self._words: dict[_Place, dict[str, list[_Place]]] = {}
        self.meanings = frozenset(phrases)
        anywhere, leading = _Place(), _Place()
        for kind, written in phrases.items():
            for phrase in written:
                start = leading if phrase.startswith(_LEADING) else anywhere
                _along(start, phrase.removeprefix(_LEADING)).means.add(kind)
        self._anywhere = self._state(frozenset({(anywhere, 0)}))
        self._leading = self._state(frozenset({(anywhere, 0), (leading, 0)}))

    def find(self, sentence: Sentence) -> Iterator[Signal]:
        """Yield what is said in a sentence: of each meaning, the longest from each word."""
        words = [word.text for word in sentence]
        for first, word in enumerate(words):
            leads = first == 0 or sentence[first - 1].clause != sentence[first].clause
            leads = leads or words[first - 1] in self._leads
            start = self._leading if leads else self._anywhere
            if word in start.onward:
                for kind, last in self._follow(start, words, first).items():
                    yield Signal(kind, first, last)

    def _follow(self, start: _State, words: Sequence[str], first: int) -> dict[str, int]:
        """Return the last words of the phrases that begin at a word, by what they mean."""
        lasts: dict[str, int] = {}
        state = start
        for at in range(first, len(words)):
            reached = self._step(state, words[at])
            if reached is None:
                break
            state = reached
            for kind in state.means:
                lasts[kind] = at
        return lasts

    def _step(self, state: _State, word: str) -> _State | None:
        """Return the state that a word leads to, none where no phrase goes on with it."""
        onward = state.onward.get(word)
        if isinstance(onward, _State):
            return onward
        if onward is None:
            if word in self._negations or not state.passing:
                return None
            return self._state(state.passing)
        reached = state.onward[word] = self._state(onward)
        return reached

    def _state(self, positions: frozenset[_Position]) -> _State:
        """Return the state of being at any of these positions."""
        if positions in self._states:
            return self._states[positions]
        onward: dict[str, set[_Position]] = {}
        everywhere = self._with_what_may_be_missing(positions)
        for place, _ in everywhere:
            for word, beyond in self._words_from(place).items():
                onward.setdefault(word, set()).update((reached, 0) for reached in beyond)
        passing = frozenset(
            (place, passed + 1) for place, passed in everywhere if passed < place.gap
        )
        for word in onward.keys() - self._negations:
            onward[word].update(passing)
        state = self._states[positions] = _State(
            sorted({kind for place, _ in everywhere for kind in place.means}),
            {word: frozenset(reached) for word, reached in onward.items()},
            passing,
        )
        return state

    def _with_what_may_be_missing(self, positions: Iterable[_Position]) -> set[_Position]:
        everywhere: set[_Position] = set()
        ahead = list(positions)
        while ahead:
            position = ahead.pop()
            if position not in everywhere:
                everywhere.add(position)
                self._words_from(position[0])
                ahead.extend((place, 0) for place in position[0].freely)
        return everywhere

    def _words_from(self, place: _Place) -> Mapping[str, Sequence[_Place]]:
        """Return where each word leads from a place, looked into when it is first reached."""
        if place not in self._words:
            words: dict[str, list[_Place]] = {}
            looked_into: set[str] = set()
            while elements := place.beyond.keys() - looked_into:
                for element in elements:
                    self._look_into(place, element, words)
                looked_into |= elements
            self._words[place] = words
        return self._words[place]

    def _look_into(self, place: _Place, element: str, words: dict[str, list[_Place]]) -> None:
        """Open what an element stands for: more phrases from the place, or words."""
        beyond = place.beyond[element]
        if element in _GAPS:
            place.freely.append(beyond)
        elif element.startswith("["):
            place.freely.append(beyond)
            for way in element[1:-1].split("|"):
                _along(place, way).freely.append(beyond)
        else:
            for way in element.split("/"):
                if way.startswith("<"):
                    for entry in self._classes[way[1:-1]]:
                        _along(place, entry).freely.append(beyond)
                else:
                    words.setdefault(fold(way), []).append(beyond)


def _along(place: _Place, phrase: str) -> _Place:
    """Return the place at the end of a phrase that begins at a place."""
    elements = _ELEMENT.findall(phrase)
    for one, other in pairwise(_ways(element) for element in elements):
        if len(one | other) > 1 and one & other:
            raise ValueError(f"{phrase!r}: write each way on a line of its own")
    for element in elements:
        place = place.beyond.setdefault(element, _Place(_GAPS.get(element, 0)))
    return place


def _ways(element: str) -> set[str]:
    """Return what an element is one of, nothing where it may be missing."""
    return set() if element[0] in "[*" else set(element.split("/"))
