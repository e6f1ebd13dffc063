"""A message as a list of sentences, and those as words that phrases can be looked for in.

Only the writer's own words are read: quoted text, quotations and the signature are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

from followup.api import own_lines

# German writes its umlauts and sharp s both ways: both are read as two letters.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "ʼ": "'"})
# Three words and more in quotation marks are somebody else's; fewer are the writer's irony.
_QUOTATION = re.compile(
    r"(?:[“„\"]|«\s*)(?=[^\s“”„»\"]+(?:\s+[^\s“”„»\"]+){2})[^“”„»\"\n]{1,400}[“”»\"]"
)
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*['’ʼ]?)"
    r"|(?P<number>\d+(?:\.(?=\s+(?:Jan|Feb|M[aä]r|Apr|Ma[iy]|Ju[nl]|Aug|Sep|O[kc]t|Nov|De[zc])))?)"
    r"|(?P<end>\n[ ]*(?:\n|(?:[-*•]|\d+[.)])[ ])|[.!?…]+(?=\s|$|[\"')\]”»])(?!\s+[a-z]))"
    r"|(?P<pause>[,;:()–—]|[.!?…]+(?=\s)|\s-+\s)",
)
NUMBER = "#"
QUESTION = "?"
# Nobody says so much in one breath: what has no full stop is cut, so that it takes no longer.
_LONGEST_BREATH = 100


class Word(Struct, frozen=True):
    """A word as phrases spell it, where it stands in the body, and the clause it is in."""

    text: str
    start: int
    end: int
    clause: int


Sentence = tuple[Word, ...]


class Spelling(Struct, frozen=True, kw_only=True):
    """How a language shortens words: whole words, and what follows an apostrophe."""

    words: Mapping[str, str] = {}
    endings: Mapping[str, str] = {}


def fold(word: str) -> str:
    """Return a word in small letters and without accents, as phrases spell it."""
    word = word.lower().translate(_SPELLED_OUT)
    if word.isascii():
        return word
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


def own_words(body: str) -> str:
    """Return the body with blanks where somebody else speaks, no character moved."""
    return _QUOTATION.sub(lambda quotation: " " * len(quotation[0]), own_lines(body))


def words_of(body: str) -> set[str]:
    """Return the different words of a body, folded."""
    return {fold(found[0]) for found in re.finditer(r"[^\W\d_]+", body)}


def sentences_of(body: str, spelling: Spelling, breaks: frozenset[str]) -> Iterator[Sentence]:
    """Yield the sentences of a body; at each word of ``breaks`` another clause begins."""
    words: list[Word] = []
    clause = 0
    for token in _TOKEN.finditer(body):
        kind, (start, end) = token.lastgroup, token.span()
        if words and kind == "end" and "?" in token[0]:
            words.append(Word(QUESTION, start, end, clause))
        if words and (kind == "end" or len(words) >= _LONGEST_BREATH):
            yield tuple(words)
            words, clause = [], 0
        if kind == "end":
            continue
        if kind == "pause":
            clause += 1
        elif kind == "number":
            words.append(Word(NUMBER, start, end, clause))
        else:
            for text in _spelled(fold(token[0]), spelling):
                clause += text in breaks
                words.append(Word(text, start, end, clause))
    if words:
        yield tuple(words)


def _spelled(word: str, spelling: Spelling) -> list[str]:
    """Return the words that a shortened one stands for: ``can't`` is ``can not``."""
    if word in spelling.words:
        return spelling.words[word].split()
    if "'" not in word:
        return [word]
    first, _, rest = word.partition("'")
    return [first, *(spelling.endings.get(part, part) for part in rest.split("'") if part)]
