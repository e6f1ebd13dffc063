"""Words as they are compared: case, accents, punctuation and camel case make no difference."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

Words = tuple[str, ...]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def words(text: str) -> Words:
    """Return the words of a text: ``companyName`` and ``Company_Name:`` have the same."""
    decomposed = unicodedata.normalize("NFKD", _HUMP.sub(" ", text).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(_WORD.findall(plain))


def place_of(phrase: Words, text: Words) -> int | None:
    """Return where the words of a phrase follow one another in a text, none where they don't."""
    length = len(phrase)
    for start in range(len(text) - length + 1):
        if text[start : start + length] == phrase:
            return start
    return None


def phrases(*texts: str) -> tuple[Words, ...]:
    """Return phrases, written with commas between them, as their words, the longest first."""
    found = {words(phrase) for text in texts for phrase in text.split(",")}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def vocabulary(name: str) -> dict[str, Any]:
    """Return a file of words that ships beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"vocabulary/{name}.toml").read_text("utf-8"))
