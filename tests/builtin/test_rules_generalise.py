"""Ultimatums in words that nobody foresaw, as far as a known corpus can tell.

Each file of ``etiquette/`` is judged without the phrases that only its own messages need: so
every message counts as if it were the first of its kind.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from followup.builtin.etiquette import languages
from followup.builtin.etiquette.judgement import judge
from followup.builtin.etiquette.phrases import Phrasebook, Signal
from followup.builtin.etiquette.reading import Sentence

CORPUS = {
    file.stem: tomllib.loads(file.read_text("utf-8"))
    for file in sorted(Path(__file__).with_name("etiquette").glob("*.toml"))
}


class Forgetful(Phrasebook):
    """A phrasebook that knows which of its phrases were found, and can forget some."""

    def __init__(
        self,
        phrases: Mapping[str, Iterable[str]],
        classes: Mapping[str, Iterable[str]],
        *,
        leads: frozenset[str],
        negations: frozenset[str],
    ) -> None:
        each = {
            f"{kind} {number}": [phrase]
            for kind, written in phrases.items()
            for number, phrase in enumerate(written)
        }
        super().__init__(each, classes, leads=leads, negations=negations)
        self.found: set[str] = set()
        self.forgotten: set[str] = set()

    def find(self, sentence: Sentence) -> Iterator[Signal]:
        longest: dict[tuple[str, int], int] = {}
        for signal in super().find(sentence):
            self.found.add(signal.kind)
            if signal.kind not in self.forgotten:
                at = signal.kind.partition(" ")[0], signal.first
                longest[at] = max(signal.last, longest.get(at, 0))
        for (kind, first), last in longest.items():
            yield Signal(kind, first, last)


def is_blocked(body: str) -> bool:
    judge.cache_clear()
    return judge(body).ultimatum is not None


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Forgetful]]:
    monkeypatch.setattr(languages, "Phrasebook", Forgetful)
    languages.language.cache_clear()
    known = [languages.language(code).phrases for code in languages.LANGUAGES]
    yield [book for book in known if isinstance(book, Forgetful)]
    languages.language.cache_clear()
    judge.cache_clear()


def test_most_ultimatums_need_no_phrase_of_their_own(
    books: list[Forgetful], capsys: pytest.CaptureFixture[str]
) -> None:
    needed_in: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for name, labelled in CORPUS.items():
        for book in books:
            book.found.clear()
        for bodies in labelled.values():
            for body in bodies:
                is_blocked(body)
        for number, book in enumerate(books):
            for phrase in book.found:
                needed_in[number, phrase].add(name)
    pairs: Counter[tuple[bool, bool]] = Counter()
    for name, labelled in CORPUS.items():
        for number, book in enumerate(books):
            book.forgotten = {
                phrase
                for (at, phrase), files in needed_in.items()
                if at == number and files == {name}
            }
        for label, bodies in labelled.items():
            pairs.update((label == "ultimatum", is_blocked(body)) for body in bodies)
    right = pairs[True, True]
    precision = right / (right + pairs[False, True])
    recall = right / (right + pairs[True, False])
    with capsys.disabled():
        print(f"\nunforeseen ultimatums: precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    assert precision >= 0.97
    assert recall >= 0.92
