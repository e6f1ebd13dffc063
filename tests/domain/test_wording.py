"""The one line of a card that matters now."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from builders import (
    DAY,
    HOUR,
    NOON,
    application,
    applied,
    interview,
    outcome,
    promise,
    reply,
    sent,
    snooze,
)
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.board import Card
from followup.domain.events import AnyEvent
from followup.domain.stage import stand
from followup.domain.step import StepKind
from followup.domain.wording import fact, span

ENDED = NOON - 10 * DAY  # Saturday 28 February 2026, 12:00


def line(*events: AnyEvent, width: int | None = None) -> str:
    """The line of a card with these events, on Tuesday 10 March 2026 at noon in Berlin."""
    foresee = partial(Patient().steps, settings=PatientSettings(), zone="Europe/Berlin")
    about = application(*events)
    return fact(Card(about, stand(about, foresee, NOON)), NOON, "Europe/Berlin", width)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((), "nothing planned"),
        ((applied(NOON - 4 * DAY),), "nudge in 6 d"),
        ((interview(NOON + 4 * DAY),), "Sat 14 Mar 12:00, in 4 d"),
        ((interview(NOON + HOUR / 2),), "running now"),
        ((interview(NOON - 17 * HOUR),), "opens in 31 h"),
        ((interview(NOON - 51 * HOUR),), "open since 10:00"),
        ((interview(NOON - 65 * HOUR),), "due in 7 h"),
        ((interview(ENDED),), "7 d overdue"),
        ((interview(ENDED), sent(NOON - 3 * DAY)), "next in 4 d"),
        ((interview(ENDED), sent(NOON - 7 * DAY)), "check-in 1 of 2, open since 13:00"),
        ((sent(NOON - 2 * DAY),), "last sent Sun 8 Mar"),
        ((sent(NOON - 9 * DAY),), "gone quiet 9 d"),
        ((sent(NOON - 70 * DAY, StepKind.NUDGE),), "gone quiet 70 d"),
        ((promise(NOON, date(2026, 3, 16)),), "they decide Mon 16 Mar"),
        ((promise(NOON, date(2027, 1, 4)),), "they decide 4 Jan 2027"),
        ((interview(ENDED), snooze(NOON, NOON + DAY)), "snoozed until Wed 11 Mar"),
        ((reply(NOON - DAY),), "answered Mon 9 Mar"),
        ((reply(NOON - 100 * DAY),), "answered 30 Nov 2025"),
        ((outcome(NOON - DAY),), "rejected Mon 9 Mar"),
    ],
)
def test_every_stage_has_its_words(events: tuple[AnyEvent, ...], words: str) -> None:
    assert line(*events) == words


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (40, "Sat 14 Mar 12:00, in 4 d"),
        (20, "Sat 12:00, in 4 d"),
        (14, "Sat 12:00, 4 d"),
        (3, "Sat 12:00"),
    ],
)
def test_the_fullest_words_that_fit_are_taken(width: int, words: str) -> None:
    assert line(interview(NOON + 4 * DAY), width=width) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=1), "1 min"),
        (timedelta(minutes=59, seconds=1), "60 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=30, minutes=1), "31 h"),
        (timedelta(hours=48), "48 h"),
        (timedelta(hours=49), "3 d"),
        (-timedelta(days=4), "4 d"),
        (timedelta(days=729), "729 d"),
        (timedelta(days=2000), "5 y"),
    ],
)
def test_spans_are_told_in_one_unit(length: timedelta, words: str) -> None:
    assert span(length) == words
