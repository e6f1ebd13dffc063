"""The board as a value: where cards stand, in which order, and what a next board may keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import DAY, HOUR, NOON, application, interview, outcome, sent
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.application import Application
from followup.domain.board import Board
from followup.domain.events import AnyEvent
from followup.domain.stage import Stage
from followup.domain.step import Step
from followup.domain.timeline import Timeline
from strategies import START, histories

FORESEE = partial(Patient().steps, settings=PatientSettings(), zone="UTC")


def foresee(_: Application) -> Callable[[Timeline], Sequence[Step]]:
    return FORESEE


def numbered(*applications: Application) -> tuple[Application, ...]:
    return tuple(replace(one, id=number) for number, one in enumerate(applications, start=1))


@given(
    st.lists(histories, max_size=6),
    st.lists(st.integers(-20 * 24 * 60, 60 * 24 * 60), min_size=1, max_size=6),
)
def test_a_board_after_another_is_what_it_would_be_without(
    timelines: list[list[AnyEvent]], minutes: list[int]
) -> None:
    applications = numbered(*(application(*events) for events in timelines))
    previous = None
    for minute in minutes:
        now = START + timedelta(minutes=minute)
        previous = Board.of(applications, foresee, now, previous)
        assert previous == Board.of(applications, foresee, now)


def test_a_board_after_another_keeps_the_cards_that_nothing_touched() -> None:
    applications = numbered(
        application(interview(NOON)), application(interview(NOON + DAY)), application(outcome(NOON))
    )
    first = Board.of(applications, foresee, NOON + 47 * HOUR)
    second = Board.of(applications, foresee, NOON + 48 * HOUR, first)
    before = {card.id: card for card in first.cards()}
    after = {card.id: card for card in second.cards()}
    assert [before[number] is after[number] for number in (1, 2, 3)] == [False, True, True]


def test_a_board_after_another_sees_an_application_that_changed() -> None:
    (one,) = numbered(application(interview(NOON)))
    first = Board.of([one], foresee, NOON + 49 * HOUR)
    second = Board.of([one.with_event(sent(NOON + 49 * HOUR))], foresee, first.now, first)
    assert [card.stage for card in first.cards()] == [Stage.DUE]
    assert [card.stage for card in second.cards()] == [Stage.WAITING]


def test_what_there_is_to_do_comes_most_urgent_first_and_what_opens_next_soonest() -> None:
    days = {"Early": 1, "Late": 9, "Due": 2, "Earlier": 0}
    applications = numbered(
        *(application(interview(NOON - n * DAY), company=name) for name, n in days.items())
    )
    board = Board.of(applications, foresee, NOON)
    assert [card.application.company for card in board.to_do()] == ["Late", "Due"]
    assert [card.application.company for card in board.opening()] == ["Early", "Earlier"]
    assert board.changes_at == NOON + DAY
