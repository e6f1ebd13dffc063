"""Mails of many makes are told apart; none but a person's is taken for an answer."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.mail.classifying import Kind, classify
from followup.mail.letters import Letter
from followup.mail.reading import read
from mail.people import PEOPLE
from mail.post import NOW, Sample, mail
from mail.programs import PROGRAMS
from mail.returned import RETURNED


def worded() -> list[Sample]:
    """The mails of ``wordings.toml``."""
    found = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))["mail"]
    return [
        Sample(
            name=f"{number} {one['text'][:40]!r}",
            kind=Kind(one.pop("kind")),
            raw=mail(one.pop("text"), **one),
            hard=True,
        )
        for number, one in enumerate(found)
    ]


SAMPLES = [*PEOPLE, *PROGRAMS, *RETURNED, *worded()]


def kind_of(raw: bytes) -> Kind:
    return classify(read(Letter(raw=raw), NOW)).kind


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}: {sample.name}")
def test_a_mail_is_what_it_is(sample: Sample) -> None:
    assert kind_of(sample.raw) is sample.kind


def test_half_of_the_samples_are_hard() -> None:
    table = Counter((sample.kind, kind_of(sample.raw)) for sample in SAMPLES)
    for kind in Kind:
        row = {str(heard): n for (meant, heard), n in table.items() if meant is kind}
        print(f"{kind:16} {row}")  # noqa: T201 - the confusion table, for pytest -s
    assert len(SAMPLES) >= 120
    assert sum(sample.hard for sample in SAMPLES) >= len(SAMPLES) / 2


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}: {sample.name}")
def test_bytes_that_are_lost_or_changed_take_no_one_down(sample: Sample) -> None:
    for length in range(0, len(sample.raw), 97):
        kind_of(sample.raw[:length])
    kind_of(sample.raw.replace(b"\r\n", b"\n"))
    kind_of(sample.raw.replace(b"e", b"\xff"))


@given(st.binary(max_size=2000))
def test_whatever_bytes_say_nothing_is_raised(raw: bytes) -> None:
    kind_of(raw)


@given(st.binary(max_size=300), st.sampled_from(("Content-Type", "From", "Subject", "Date")))
def test_no_header_breaks_the_reading(value: bytes, name: str) -> None:
    letter = name.encode() + b": " + value.replace(b"\n", b" ") + b"\r\n" + mail("Hello")
    kind_of(letter)
