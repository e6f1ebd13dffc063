"""Passages: every change of column once, in order, however often somebody looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from builders import DAY, HOUR, NOON, application, applied, interview, reply, sent, snooze
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.application import Application
from followup.domain.events import AnyEvent, Interview
from followup.domain.passage import Mark, Passage, history, passages
from followup.domain.stage import Stage, stand
from followup.domain.step import Step
from followup.domain.timeline import Timeline
from strategies import START, histories, zones

LENGTH = timedelta(days=150)
"""Longer than all that may happen by the clock in a history."""


def foresee(timeline: Timeline, zone: str = "UTC") -> Sequence[Step]:
    return Patient().steps(timeline, PatientSettings(), zone)


def mark_of(pursued: Application, at: datetime, zone: str = "UTC") -> Mark:
    """The mark of an application that somebody looks at."""
    return Mark(stage=stand(pursued, partial(foresee, zone=zone), at).stage, at=at)


def walked(
    pursued: Application, mark: Mark, looks: Iterable[datetime], zone: str = "UTC"
) -> list[Passage]:
    """The passages that somebody sees who looks at these moments, one after the other."""
    seen: list[Passage] = []
    for now in looks:
        for passage in passages(pursued, partial(foresee, zone=zone), mark, now):
            seen.append(passage)
            mark = passage.mark
    return seen


def stages(seen: Iterable[Passage]) -> list[tuple[str | None, str]]:
    return [(passage.previous, passage.stage) for passage in seen]


def test_what_the_clock_brings_comes_in_order() -> None:
    met = application(interview(NOON))
    seen = walked(met, mark_of(met, NOON - DAY), [NOON + 30 * DAY])
    assert stages(seen) == [("interview", "cooling"), ("cooling", "due")]
    assert [passage.at for passage in seen] == [NOON, NOON + 48 * HOUR]


def test_what_happened_meanwhile_comes_where_it_belongs() -> None:
    before = application(interview(NOON), sent(NOON + 2 * DAY))
    after = application(*before.events, reply(NOON + 10 * DAY))
    seen = walked(after, mark_of(before, NOON + 3 * DAY), [NOON + 30 * DAY])
    assert stages(seen) == [("waiting", "due"), ("due", "replied")]
    assert [passage.at for passage in seen] == [NOON + 9 * DAY, NOON + 10 * DAY]


def test_what_came_and_went_is_there_as_well() -> None:
    met = application(interview(NOON), snooze(NOON + 3 * DAY, NOON + 5 * DAY))
    seen = walked(met, mark_of(met, NOON), [NOON + 30 * DAY])
    assert [passage.stage for passage in seen] == [Stage.DUE, Stage.WAITING, Stage.DUE]


def test_where_the_clock_stands_before_the_mark_the_present_counts() -> None:
    met = application(interview(NOON))
    mark = Mark(stage=Stage.DUE, at=NOON + 9 * DAY)
    assert stages(walked(met, mark, [NOON + 9 * DAY])) == []
    assert stages(walked(met, mark, [NOON + DAY])) == [("due", "cooling")]


def test_nothing_comes_of_nothing() -> None:
    old = application(applied(NOON))
    assert walked(old, mark_of(old, NOON + 11 * DAY), [NOON + 900 * DAY]) == []


fractions = st.lists(st.floats(0, 1), max_size=40).map(sorted)


@given(histories, zones, fractions, st.floats(0, 1))
def test_many_looks_see_what_one_look_sees(
    events: list[AnyEvent], zone: str, looks: list[float], first: float
) -> None:
    pursued = application(*events)
    begin, end = START - DAY + first * 60 * DAY, START - DAY + LENGTH
    mark = mark_of(pursued, begin, zone)
    often = [begin + look * (end - begin) for look in looks]
    at_once = walked(pursued, mark, [end], zone)
    assert walked(pursued, mark, [*often, end], zone) == at_once


@given(histories, zones, st.floats(0, 1))
def test_the_last_one_is_where_it_stands(events: list[AnyEvent], zone: str, when: float) -> None:
    pursued, begin = application(*events), START - DAY
    mark, now = mark_of(pursued, begin, zone), begin + when * LENGTH
    seen = walked(pursued, mark, [now], zone)
    last = seen[-1].stage if seen else mark.stage
    assert last is stand(pursued, partial(foresee, zone=zone), now).stage


@given(histories, zones)
def test_each_leads_on_from_the_one_before(events: list[AnyEvent], zone: str) -> None:
    pursued, begin = application(*events), START - DAY
    mark = mark_of(pursued, begin, zone)
    seen = walked(pursued, mark, [begin + LENGTH], zone)
    for earlier, later in zip([mark, *(passage.mark for passage in seen)], seen, strict=False):
        assert later.previous is earlier.stage
        assert later.stage is not earlier.stage
        assert earlier.at < later.at <= begin + LENGTH


def test_the_history_begins_with_the_first_fact() -> None:
    pursued = application(
        applied(NOON - 5 * DAY),
        interview(NOON - HOUR),
        sent(NOON + 3 * DAY),
        interview(NOON + 9 * DAY - HOUR),
    )
    told = [(one.at, one.stage) for one in history(pursued, foresee, NOON + 9 * DAY)]
    assert told == [
        (NOON - 5 * DAY, Stage.APPLIED),
        (NOON - 2 * HOUR, Stage.INTERVIEW),
        (NOON - HOUR, Stage.COOLING),
        (NOON + 47 * HOUR, Stage.DUE),
        (NOON + 3 * DAY, Stage.WAITING),
        (NOON + 9 * DAY - 2 * HOUR, Stage.INTERVIEW),
        (NOON + 9 * DAY - HOUR, Stage.COOLING),
    ]


@given(histories, st.integers(0, 60 * 24))
def test_the_history_ends_where_an_application_stands(events: list[AnyEvent], hours: int) -> None:
    now = START + hours * HOUR
    pursued = application(*events)
    told = list(history(pursued, foresee, now))
    assert [one.at for one in told] == sorted(one.at for one in told)
    assert all(one.stage is not one.previous for one in told)
    assert [one.previous for one in told[1:]] == [one.stage for one in told[:-1]]
    begun = min((event.known_from for event in events), default=now + HOUR) <= now
    assert bool(told) is begun
    ahead = any(isinstance(event, Interview) and event.known_from > now for event in events)
    if begun and not ahead:
        assert told[-1].stage is stand(pursued, foresee, now).stage
