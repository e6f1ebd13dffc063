"""The board as a value: where cards stand, in which order, and what a next board may keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import DAY, HOUR, NOON, application, interview, outcome, sent
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.application import Application
from followup.domain.board import Board
from followup.domain.dealing import Deal
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
    st.lists(
        st.tuples(
            st.integers(-20 * 24 * 60, 60 * 24 * 60),
            st.sets(st.integers(0, 5)),
            st.sets(st.integers(1, 6)),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_a_board_dealt_again_is_what_it_would_be_if_dealt_anew(
    timelines: list[list[AnyEvent]], looks: list[tuple[int, set[int], set[int], bool]]
) -> None:
    everything = numbered(*(application(*events) for events in timelines))
    here, deal = everything, None
    for minute, gone, doubted, is_noted in looks:
        now = START + timedelta(minutes=minute)
        if gone:  # some are not there, or are there again
            here = tuple(one for number, one in enumerate(everything) if number not in gone)
        if here and is_noted:
            here = (here[0].with_event(sent(START)), *here[1:])
        doubts = dict.fromkeys(doubted, NOON)
        dealt = (deal.again if deal else Deal.of)(here, foresee, now, doubts)
        anew = Deal.of(here, foresee, now, doubts)
        assert dealt.board == anew.board == Board.of(here, foresee, now, doubts)
        assert dealt.changes_at == anew.changes_at
        deal = dealt


@given(st.lists(histories, max_size=6), st.integers(-20 * 24 * 60, 60 * 24 * 60))
def test_a_board_changes_when_its_first_card_does(
    timelines: list[list[AnyEvent]], minute: int
) -> None:
    applications = numbered(*(application(*events) for events in timelines))
    deal = Deal.of(applications, foresee, START + timedelta(minutes=minute))
    moments = [card.standing.changes_at for card in deal.board.cards()]
    assert deal.changes_at == min(filter(None, moments), default=None)
    assert deal.board.next_to_open() == next(iter(deal.board.opening()), None)


def test_a_board_dealt_again_keeps_the_cards_that_nothing_touched() -> None:
    applications = numbered(
        application(interview(NOON)), application(interview(NOON + DAY)), application(outcome(NOON))
    )
    first = Deal.of(applications, foresee, NOON + 47 * HOUR)
    second = first.again(applications, foresee, NOON + 48 * HOUR)
    before = {card.id: card for card in first.board.cards()}
    after = {card.id: card for card in second.board.cards()}
    assert [before[number] is after[number] for number in (1, 2, 3)] == [False, True, True]


def test_the_clock_looks_at_no_application_but_those_that_it_moves() -> None:
    class Watched(tuple[Application, ...]):
        looks = 0

        def __iter__(self) -> Iterator[Application]:
            Watched.looks += 1
            return super().__iter__()

    applications = Watched(numbered(application(interview(NOON)), application(interview(NOON))))
    deal = Deal.of(applications, foresee, NOON)
    assert Watched.looks == 1
    for hours in (1, 2, 50):
        deal = deal.again(applications, foresee, NOON + hours * HOUR)
    assert Watched.looks == 1
    assert [card.stage for card in deal.board.cards()] == [Stage.DUE, Stage.DUE]


def test_a_board_dealt_again_sees_an_application_that_changed() -> None:
    (one,) = numbered(application(interview(NOON)))
    first = Deal.of([one], foresee, NOON + 49 * HOUR)
    then = [one.with_event(sent(NOON + 49 * HOUR))]
    second = first.again(then, foresee, first.board.now)
    assert [card.stage for card in first.board.cards()] == [Stage.DUE]
    assert [card.stage for card in second.board.cards()] == [Stage.WAITING]


def test_what_there_is_to_do_comes_most_urgent_first_and_what_opens_next_soonest() -> None:
    days = {"Early": 1, "Late": 9, "Due": 2, "Earlier": 0}
    applications = numbered(
        *(application(interview(NOON - n * DAY), company=name) for name, n in days.items())
    )
    board = Board.of(applications, foresee, NOON)
    assert [card.application.company for card in board.to_do()] == ["Late", "Due"]
    assert [card.application.company for card in board.opening()] == ["Early", "Earlier"]
    assert board.next_to_open() == board.opening()[0]
    assert Deal.of(applications, foresee, NOON).changes_at == NOON + DAY
