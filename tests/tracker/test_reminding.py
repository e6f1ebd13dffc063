"""The user is reminded of each step that opens once at most, by whoever sees it first."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import DAY, HOUR, NOON, HandClock, application, interview, reply, sent, snooze
from followup.config import Config
from followup.domain.reminders import ReminderSettings, opened
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.tracker import Tracker

Make = Callable[..., Tracker]
MINUTE = timedelta(minutes=1)


def reminded(tracker: Tracker) -> str:
    """What ``followup tick`` would remind of."""
    tracker.refresh()
    board = tracker.board()
    tracker.publish(board)
    return tracker.reminding.take(board)


@pytest.fixture
def make(tmp_path: Path, clock: HandClock) -> Iterator[Make]:
    made: list[Tracker] = []

    def make_one(**settings: object) -> Tracker:
        wanted = ReminderSettings(desktop=True, **settings)  # type: ignore[arg-type]
        host = PluginHost(builtin_plugins("0"))
        repository = Repository(tmp_path / "followup.json")
        made.append(Tracker(repository, host, Config(reminders=wanted), clock))
        return made[-1]

    yield make_one
    for tracker in made:
        tracker.close()


def test_a_step_that_opens_is_told_once(make: Make, clock: HandClock) -> None:
    tracker = make()
    tracker.add(application(interview(NOON)))
    assert reminded(tracker) == ""
    clock.advance(48 * HOUR - MINUTE)
    assert reminded(tracker) == ""
    clock.advance(MINUTE)
    assert reminded(tracker) == "1 follow-up opened: Globex"
    clock.advance(DAY)
    assert reminded(tracker) == reminded(make()) == ""


def test_the_next_step_is_told_as_well(make: Make, clock: HandClock) -> None:
    tracker = make()
    tracker.add(application(interview(NOON), sent(NOON + 2 * DAY)))
    clock.advance(2 * DAY)
    assert reminded(tracker) == ""
    clock.advance(7 * DAY)
    assert reminded(tracker) == "1 follow-up opened: Globex"


def test_what_opens_at_once_is_told_at_once(make: Make, clock: HandClock) -> None:
    tracker = make()
    for number in range(5):
        tracker.add(application(interview(NOON + number * MINUTE), company=f"C{number}"))
    clock.advance(3 * DAY)
    assert reminded(tracker) == "5 follow-ups opened: C0, C1, C2 and 2 more"


def test_what_was_open_when_reminders_were_turned_on_is_told_once(
    make: Make, clock: HandClock
) -> None:
    tracker = make()
    clock.advance(3 * DAY)
    tracker.add(application(interview(NOON)))
    assert reminded(tracker) == "1 follow-up opened: Globex"
    assert reminded(tracker) == ""


def test_undoing_an_answer_does_not_tell_the_step_again(make: Make, clock: HandClock) -> None:
    tracker = make()
    tracker.add(application(interview(NOON)))
    clock.advance(3 * DAY)
    assert reminded(tracker)
    tracker.log(1, reply(clock.now()))
    assert reminded(tracker) == ""
    tracker.undo()
    assert reminded(tracker) == ""


def test_the_end_of_a_snooze_is_told_as_the_step_is(make: Make, clock: HandClock) -> None:
    tracker = make()
    tracker.add(application(interview(NOON)))
    clock.advance(3 * DAY)
    assert reminded(tracker)
    tracker.log(1, snooze(clock.now(), clock.now() + DAY))
    assert reminded(tracker) == ""
    clock.advance(DAY)
    assert reminded(tracker) == "1 follow-up opened: Globex"
    assert reminded(tracker) == ""


def test_who_is_first_tells_it_alone(make: Make, clock: HandClock) -> None:
    one = make()
    one.add(application(interview(NOON)))
    one.publish()
    other = make()
    clock.advance(3 * DAY)
    boards = one.board(), other.board()
    one.publish(boards[0])
    other.refresh()
    assert one.reminding.waiting(boards[0]).keys() == {1}
    assert other.reminding.waiting(boards[1]).keys() == {1}
    assert one.reminding.take(boards[0])
    assert other.reminding.take(boards[1]) == ""


def test_what_falls_into_quiet_hours_is_told_together_after_them(
    make: Make, clock: HandClock
) -> None:
    tracker = make(quiet="22:00-08:00")
    for number in range(3):
        tracker.add(application(interview(NOON + (11 + number) * HOUR), company=f"C{number}"))
    tracker.publish()
    clock.advance(2 * DAY)  # noon; they open at 23, 0 and 1 o'clock
    told: list[tuple[datetime, str]] = []
    for _ in range(24 * 4):
        clock.advance(15 * MINUTE)
        if text := reminded(tracker):
            told.append((clock.now(), text))
    assert told == [(NOON + 2 * DAY + 20 * HOUR, "3 follow-ups opened: C0, C1, C2")]


def test_what_was_settled_in_quiet_hours_is_told_no_more(make: Make, clock: HandClock) -> None:
    tracker = make(quiet="22:00-08:00")
    tracker.add(application(interview(NOON + 11 * HOUR)))
    clock.advance(2 * DAY + 12 * HOUR)
    assert reminded(tracker) == ""
    tracker.log(1, reply(clock.now()))
    clock.advance(DAY)
    assert reminded(tracker) == ""


def test_nobody_is_reminded_by_a_clock_that_stands_wrong(make: Make, clock: HandClock) -> None:
    tracker = make()
    tracker.add(application(interview(NOON)))
    tracker.add(application(reply(NOON + 9 * DAY), company="Initech"))
    clock.advance(3 * DAY)
    assert reminded(tracker) == ""
    clock.advance(7 * DAY)
    assert reminded(tracker) == "1 follow-up opened: Globex"


def test_a_preview_reminds_of_nothing(make: Make, clock: HandClock) -> None:
    tracker = make()
    tracker.add(application(interview(NOON)))
    tracker.publish()
    assert tracker.reminding.take(tracker.board(clock.now() + 3 * DAY)) == ""


def undo(tracker: Tracker) -> None:
    """Take back what was done since the applications were added."""
    if any(not entry.undone for entry in tracker.history()[:-2]):
        tracker.undo()


DEEDS: dict[str, Callable[[Tracker, HandClock], object]] = {
    "take": lambda _tracker, _clock: None,
    "hour": lambda _tracker, clock: clock.advance(HOUR),
    "day": lambda _tracker, clock: clock.advance(DAY),
    "sent": lambda tracker, clock: tracker.log(1, sent(clock.now())),
    "reply": lambda tracker, clock: tracker.log(2, reply(clock.now())),
    "snooze": lambda tracker, clock: tracker.log(1, snooze(clock.now(), clock.now() + 5 * HOUR)),
    "undo": lambda tracker, _clock: undo(tracker),
}
ACTS = st.tuples(st.integers(0, 1), st.sampled_from(["tick", "look", *DEEDS]))


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=40))
def test_two_that_tick_by_turns_tell_each_opening_once_at_most(acts: list[tuple[int, str]]) -> None:
    """``look`` deals a board and ``take`` takes from it later, whatever happened in between."""
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock(NOON)
        config = Config(reminders=ReminderSettings(desktop=True, quiet="22:00-08:00"))
        trackers = [
            Tracker(
                Repository(Path(folder) / "f.json"), PluginHost(builtin_plugins("0")), config, clock
            )
            for _ in range(2)
        ]
        for number in range(2):
            begun = interview(NOON + number * HOUR)
            trackers[0].add(application(begun, company=f"C{number}"))
        trackers[1].refresh()
        boards = [tracker.board() for tracker in trackers]
        told: Counter[tuple[str, datetime]] = Counter()
        for who, act in acts:
            tracker = trackers[who]
            if act in {"tick", "look"}:
                tracker.refresh()
                boards[who] = tracker.board()
                tracker.publish(boards[who])
            else:
                DEEDS[act](tracker, clock)
            if act in {"tick", "take"}:
                moments = {card.application.company: at for at, card in opened(boards[who])}
                if text := tracker.reminding.take(boards[who]):
                    assert 8 <= clock.now().hour < 22
                    names = text.partition(": ")[2].split(", ")
                    told.update((name, moments[name]) for name in names)
        for tracker in trackers:
            tracker.close()
        assert all(count == 1 for count in told.values()), told
