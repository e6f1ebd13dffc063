"""Formulas are made harmless in a way that can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.builtin.formulas import neutralised, restored

texts = st.text() | st.text(alphabet="'=+-@＝＠\t\r\na1", max_size=6)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "'=1",
        "''-x",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Globex", "O'Hooli", "'n roll", "1=1", " =1", "'"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == restored(text) == text


@given(texts)
def test_it_can_be_taken_back(text: str) -> None:
    assert restored(neutralised(text)) == text


@given(texts)
def test_nothing_that_begins_like_a_formula_is_left(text: str) -> None:
    assert not neutralised(text).startswith(tuple("=+-@＝＋－＠\t\r\n"))
