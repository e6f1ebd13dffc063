"""Moving a card: the fact that brings it to a column, or why it can't be there yet."""

from __future__ import annotations

import pytest

from builders import (
    DAY,
    HOUR,
    NOON,
    application,
    applied,
    interview,
    outcome,
    reply,
    sent,
    snooze,
    standing,
)
from followup.domain.board import Card
from followup.domain.events import AnyEvent
from followup.domain.moving import Way, way_to
from followup.domain.stage import Stage

COOLING = (interview(NOON - 17 * HOUR),)
DUE = (interview(NOON - 50 * HOUR),)
WAITING = (interview(NOON - 5 * DAY), sent(NOON - DAY))
AHEAD = (interview(NOON + 3 * HOUR),)
ANSWERED = (interview(NOON - 5 * DAY), reply(NOON - HOUR))
CLOSED = (applied(NOON - DAY), outcome(NOON - HOUR))


def way(stage: Stage, *events: AnyEvent) -> Way:
    """How an application with these events gets to a stage, at noon."""
    return way_to(stage, Card(application(*events), standing(*events, now=NOON)), NOON, "UTC")


@pytest.mark.parametrize(
    ("events", "stage", "fact"),
    [
        (COOLING, Stage.INTERVIEW, "interview"),
        (WAITING, Stage.REPLIED, "reply"),
        (DUE, Stage.WAITING, "compose"),
        (COOLING, Stage.WAITING, "compose"),
        (ANSWERED, Stage.WAITING, "promise"),
        (WAITING, Stage.CLOSED, "outcome"),
        (CLOSED, Stage.REPLIED, "outcome"),
        (CLOSED, Stage.INTERVIEW, "interview"),
    ],
)
def test_a_fact_brings_a_card_to_a_column(
    events: tuple[AnyEvent, ...], stage: Stage, fact: str
) -> None:
    assert way(stage, *events) == Way(fact=fact)


@pytest.mark.parametrize(
    ("events", "stage", "reason"),
    [
        (
            COOLING,
            Stage.DUE,
            "It opens in 31 h, Wed 11 Mar 19:00: f writes it now, s reminds you",
        ),
        (
            WAITING,
            Stage.LAST_CALL,
            "It opens in 16 d, Thu 26 Mar 12:00: f writes it now, s reminds you",
        ),
        (DUE, Stage.LAST_CALL, "No last call comes yet"),
        (AHEAD, Stage.DUE, "It opens in 3 d, Thu 12 Mar 15:00: it gets there by itself"),
        (
            AHEAD,
            Stage.COOLING,
            "It gets there by itself when the interview ends, Tue 10 Mar 15:00",
        ),
        (
            WAITING,
            Stage.COOLING,
            "It gets there by itself once an interview has ended: i books one",
        ),
        (
            (*DUE, snooze(NOON - HOUR, NOON + DAY)),
            Stage.DUE,
            "It is snoozed until Wed 11 Mar 12:00: f writes it now",
        ),
        (
            ANSWERED,
            Stage.DUE,
            "They answered: the ball is with you, and nothing is due until you log more",
        ),
        (DUE, Stage.DUE, "It is in Follow up already"),
        (
            DUE,
            Stage.APPLIED,
            "It was Applied once: what has happened since does not go away",
        ),
    ],
)
def test_a_column_that_a_card_cannot_be_in_says_why(
    events: tuple[AnyEvent, ...], stage: Stage, reason: str
) -> None:
    assert way(stage, *events) == Way(reason=reason)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("events", [(), COOLING, DUE, WAITING, AHEAD, ANSWERED, CLOSED])
def test_every_card_has_an_answer_for_every_column(
    events: tuple[AnyEvent, ...], stage: Stage
) -> None:
    answer = way(stage, *events)
    assert bool(answer.fact) is not bool(answer.reason)
