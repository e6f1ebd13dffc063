"""What holds for every history, every zone and every reading of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from builders import HOUR, application, interview, standing
from followup.builtin.patient import Patient, PatientSettings
from followup.domain import instants as arithmetic
from followup.domain.board import Board
from followup.domain.events import AnyEvent
from followup.domain.stage import Stage, Standing
from followup.domain.step import StepKind
from followup.domain.timeline import Timeline
from strategies import histories, instants, moments, zones

FORESEE = partial(Patient().steps, settings=PatientSettings(), zone="Europe/Berlin")


@given(ended=instants, zone=zones)
def test_elapsed_time_is_exact_in_every_zone(ended: datetime, zone: str) -> None:
    local = ended.astimezone(ZoneInfo(zone))
    stood = standing(interview(local, zone=zone), now=ended, zone=zone)
    assert stood.next is not None
    assert stood.next.opens.timestamp() - ended.timestamp() == 48 * 3600
    assert stood.next.due.timestamp() - ended.timestamp() == 72 * 3600


@given(moment=instants, zone=zones)
def test_a_day_starts_before_all_of_its_instants_and_ends_after_them(
    moment: datetime, zone: str
) -> None:
    day = arithmetic.day_of(moment, zone)
    assert arithmetic.start_of_day(day, zone) <= moment < arithmetic.start_of_next_day(day, zone)
    for clock in (arithmetic.NOON, arithmetic.END_OF_INTERVIEW_DAY):
        assert arithmetic.day_of(arithmetic.at_time(day, clock, zone), zone) == day


@given(history=histories, now=moments)
def test_every_application_stands_in_exactly_one_column(
    history: list[AnyEvent], now: datetime
) -> None:
    board = Board.of([application(*history)], lambda _: FORESEE, now)
    assert [len(column.cards) for column in board.columns].count(1) == 1
    assert [column.stage for column in board.columns] == list(Stage)
    assert len(board.cards()) == 1


def _seen(stood: Standing) -> tuple[object, ...]:
    return stood.stage, stood.next, stood.overdue, stood.quiet, stood.snoozed_until


@given(history=histories, now=moments, part=st.floats(0, 1))
def test_nothing_changes_by_the_clock_before_it_was_foretold(
    history: list[AnyEvent], now: datetime, part: float
) -> None:
    before = standing(*history, now=now)
    until = before.changes_at or now + timedelta(days=1000)
    assert until > now
    between = min(now + (until - now) * part, until - timedelta.resolution)
    assert _seen(standing(*history, now=between)) == _seen(before)


@given(history=histories, now=moments)
def test_stepping_the_clock_never_skips_a_step(history: list[AnyEvent], now: datetime) -> None:
    """Every step that is foreseen has its time as the next one, open and to be done."""
    events = [event for event in history if event.is_known_at(now)]
    foreseen = standing(*events, now=now).steps
    opened = []
    clock: datetime | None = now
    while clock:
        stood = standing(*events, now=clock)
        if stood.next and stood.next.opens <= clock and stood.next.kind not in opened:
            opened.append(stood.next.kind)
        clock = stood.changes_at
    assert opened == [step.kind for step in foreseen]


@given(ended=moments, later=st.integers(0, 10_000), zone=zones)
def test_due_moves_with_the_end_of_the_interview(ended: datetime, later: int, zone: str) -> None:
    early = standing(interview(ended), now=ended, zone=zone).next
    late = standing(interview(ended + later * HOUR), now=ended, zone=zone).next
    assert early is not None
    assert late is not None
    assert early.due <= late.due
    assert late.due - early.due == later * HOUR


@given(history=histories, now=moments)
def test_never_a_last_call_before_anything_was_sent(history: list[AnyEvent], now: datetime) -> None:
    stood = standing(*history, now=now)
    last = stood.timeline.interview
    if not last or not stood.timeline.sent_since(last.ends):
        assert all(step.kind is not StepKind.LAST_CALL for step in stood.steps)


@given(history=histories)
def test_steps_stand_in_order_and_give_way_only_after_they_opened(
    history: list[AnyEvent],
) -> None:
    steps = FORESEE(Timeline.at(history, datetime(2100, 1, 1, tzinfo=UTC)))
    assert [step.opens for step in steps] == sorted(step.opens for step in steps)
    for step in steps:
        assert step.opens < step.due
        assert step.lapses is None or step.opens < step.lapses
