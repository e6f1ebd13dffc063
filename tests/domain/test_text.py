from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from followup.domain.text import ONE_LINE_LIMIT, clean, clean_page

OBEYED = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202e\u2066\u200e\u061c\ufeff"}


def test_escape_sequences_lose_their_power() -> None:
    assert clean("\x1b]0;owned\x07Globex\x9b31m") == "]0;ownedGlobex31m"


def test_one_line_stays_one_line() -> None:
    assert clean(" Globex\r\n Inc\u2028Ltd\t. ") == "Globex Inc Ltd ."


def test_pages_keep_their_lines_and_emoji_their_joiners() -> None:
    assert clean_page("a\r\nb\u2029c\n\n👩\u200d💻") == "a\nb\nc\n\n👩\u200d💻"


def test_lengths_are_capped() -> None:
    assert len(clean("x" * 10_000)) == ONE_LINE_LIMIT


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not OBEYED & set(clean(text))
    assert OBEYED & set(clean_page(text)) <= {"\n"}
    assert clean(clean(text)) == clean(text)
    clean_page(text).encode("utf-8")
