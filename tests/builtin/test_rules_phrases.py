"""How phrases are written and found."""

from __future__ import annotations

import pytest

from followup.builtin.etiquette.languages import LANGUAGES, language
from followup.builtin.etiquette.phrases import Phrasebook, Signal
from followup.builtin.etiquette.reading import Spelling, fold, own_words, sentences_of

ENGLISH = Spelling(words={"can't": "can not"}, endings={"ll": "will"})


def found(phrase: str, text: str, **classes: list[str]) -> list[tuple[int, int]]:
    book = Phrasebook(
        {"it": [phrase]}, classes, leads=frozenset(["and"]), negations=frozenset(["not"])
    )
    (sentence,) = sentences_of(text, ENGLISH, frozenset(["but"]))
    return [(signal.first, signal.last) for signal in book.find(sentence)]


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        ("need your answer", "I need your answer", [(1, 3)]),
        ("need your answer", "I need an answer", []),
        ("need your/an answer", "I need an answer", [(1, 3)]),
        ("need [your | a clear] answer", "I need a clear answer", [(1, 4)]),
        ("need [your | a clear] answer", "I need answer", [(1, 2)]),
        ("need * answer", "I need a b c answer", [(1, 5)]),
        ("need * answer", "I need a b c d answer", []),
        ("need ** answer", "I need a b c d answer", [(1, 6)]),
        ("need * answer", "I need not answer", []),
        ("need not answer", "I need not answer", [(1, 3)]),
        ("need <thing>", "I need a yes or no", [(1, 5)]),
        ("need <thing>", "I need a yes", [(1, 3)]),
        ("need it/<thing>", "I need a yes", [(1, 3)]),
        ("need it/<thing>", "I need it", [(1, 2)]),
        ("^ decide", "decide", [(0, 0)]),
        ("^ decide", "you decide", []),
        ("^ decide", "well, decide", [(1, 1)]),
        ("^ decide", "you sit and decide", [(3, 3)]),
        ("i will", "I'll", [(0, 1)]),
        ("can not", "I can't", [(1, 2)]),
    ],
)
def test_phrases(phrase: str, text: str, places: list[tuple[int, int]]) -> None:
    assert found(phrase, text, thing=["a yes", "a yes or no"]) == places


def test_phrases_that_begin_alike_do_not_disturb_each_other() -> None:
    book = Phrasebook(
        {"one": ["i need <a>"], "two": ["i need an answer now"], "three": ["i need [an] hour"]},
        {"a": ["an answer", "an answer soon"]},
        leads=frozenset(),
        negations=frozenset(),
    )
    (sentence,) = sentences_of("I need an answer now", ENGLISH, frozenset())
    assert set(book.find(sentence)) == {Signal("one", 0, 3), Signal("two", 0, 4)}


@pytest.mark.parametrize(
    "phrase", ["would/like like/love to", "i [need | want/would want to] it", "no/yes yes"]
)
def test_a_phrase_that_cannot_be_meant_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="on a line of its own"):
        found(phrase, "I need it")


@pytest.mark.parametrize("phrase", ["so so", "need/want to need", "a/b * b/c"])
def test_a_phrase_may_say_a_word_twice(phrase: str) -> None:
    assert found(phrase, "I need it") == []


def test_words_keep_their_place_in_the_body() -> None:
    body = "Hi Dana,\n\nI wait; “you will have it by Friday” was said. Bye!"
    for sentence in sentences_of(own_words(body), ENGLISH, frozenset()):
        for word in sentence:
            assert fold(body[word.start : word.end])[0] == word.text[0]
    assert len(own_words(body)) == len(body)
    assert "Friday" not in own_words(body)


@pytest.mark.parametrize(
    ("written", "folded"), [("Français", "francais"), ("Über", "ueber"), ("Groß", "gross")]
)
def test_words_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("body", "sentences"),
    [("By the 1. Juni I sign", 1), ("By the 1. Then I sign", 2), ("Bis 3. März bin ich da", 1)],
)
def test_the_full_stop_of_a_date_ends_no_sentence(body: str, sentences: int) -> None:
    assert len(list(sentences_of(body, ENGLISH, frozenset()))) == sentences


def test_words_in_guillemets_are_somebody_else_s() -> None:
    assert "vendredi" not in own_words("Il disait : « Décidez-vous avant vendredi ! » Merci.")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_the_same_things(code: str) -> None:
    assert language(code).phrases.meanings | {"silence"} == language("en").phrases.meanings


class Counting(Phrasebook):
    """A phrasebook that counts its steps."""

    steps = 0

    def _step(self, state, word):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        self.steps += 1
        return super()._step(state, word)


def test_the_steps_grow_with_the_words_alone() -> None:
    def steps(words: int) -> int:
        book = Counting(
            {"it": ["a ** b ** c", "a [a] [a] [a] b", "a <many>"]},
            {"many": ["a a a a", "a ** a", "[a] b"]},
            leads=frozenset(),
            negations=frozenset(),
        )
        for sentence in sentences_of("a " * words, ENGLISH, frozenset()):
            list(book.find(sentence))
        return book.steps

    assert steps(2_000) <= 2 * steps(1_000) + 100
    assert steps(1_000) <= 20 * 1_000
