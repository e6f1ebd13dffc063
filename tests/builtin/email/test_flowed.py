"""What is sent in short lines is read as it was written (RFC 3676)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.builtin.email.flowed import SIGNATURE, WIDTH, flowed

WORDS = st.sampled_from(
    ["From ", "--", "-- ", ">", " ", "a", "word", "x" * 80, "Grüße", "  ", "\n"]
)
TEXTS = st.lists(WORDS, max_size=60).map("".join) | st.text("ab >-F\n", max_size=300)


def joined(text: str) -> str:
    """Text as a program shows it that knows the format (section 4.5), quoted lines as they are."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        plain = line[1:] if line.startswith(" ") else line
        if goes_on and not quoted and plain != SIGNATURE:
            lines[-1] += plain
        else:
            lines.append(plain)
        goes_on = plain.endswith(" ") and plain != SIGNATURE and not quoted
    return "\n".join(lines)


def as_meant(text: str) -> str:
    """Text without the white space that nobody sees."""
    return "\n".join(line if line == SIGNATURE else line.rstrip(" ") for line in text.split("\n"))


@given(TEXTS)
def test_it_reads_back(text: str) -> None:
    assert joined(flowed(text)) == as_meant(text)


@given(TEXTS)
def test_lines_are_short_where_words_are(text: str) -> None:
    for line in flowed(text).split("\n"):
        is_one_word = len(line.split()) <= 1 or line.lstrip().startswith(("--", ">"))
        assert len(line) <= WIDTH or is_one_word or max(map(len, line.split())) >= 80


@given(TEXTS)
def test_no_line_means_what_it_should_not(text: str) -> None:
    signatures = text.split("\n").count(SIGNATURE)
    quoted = sum(line.startswith(">") for line in text.split("\n"))
    lines = flowed(text).split("\n")
    assert not any(line.startswith("From ") for line in lines)
    assert lines.count(SIGNATURE) == signatures
    assert sum(line.startswith(">") for line in lines) == quoted


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Hi Dana,\n\nany news?", ["Hi Dana,", "", "any news?"]),
        ("From here on", [" From here on"]),
        ("  indented", ["   indented"]),
        ("> you wrote   ", ["> you wrote"]),
        ("Best\n-- \nSam", ["Best", "-- ", "Sam"]),
        ("word " * 20, ["word " * 14, ("word " * 6).strip()]),
        (f"see -- {'x' * 80}", ["see ", f"-- {'x' * 80}"]),
    ],
)
def test_it_looks_like_this(text: str, lines: list[str]) -> None:
    assert flowed(text).split("\n") == lines
