"""Several trackers over one store tell each change of column exactly once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    DAY,
    HOUR,
    NOON,
    HandClock,
    application,
    interview,
    outcome,
    reply,
    sent,
)
from followup.config import Config
from followup.domain.events import AnyEvent
from followup.store.errors import StoreError
from followup.store.repository import Repository
from followup.tracker import HistoryEntry, Tracker
from listening import Listener
from ticks import Open, tick


@pytest.fixture
def tracker(open_tracker: Open) -> Tracker:
    return open_tracker()


class TestTogether:
    def test_who_is_first_tells_it(
        self, tracker: Tracker, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        one, other = open_tracker(), open_tracker()
        listener.take()
        clock.advance(3 * DAY)
        boards = one.board(), other.board()
        one.publish(boards[0])
        other.publish(boards[1])
        assert listener.take() == ["Globex: cooling -> due"]

    def test_a_change_is_told_although_others_marked_in_between(
        self, tracker: Tracker, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        other = open_tracker()
        listener.take()
        clock.advance(3 * DAY)
        tracker.log(1, reply(clock.now()))
        other.publish(other.board())  # neither knows of what the other one does
        assert listener.take() == ["Globex: cooling -> due"]
        tracker.publish()
        assert listener.take() == ["Globex: reply", "Globex: due -> replied"]

    def test_what_another_has_told_already_is_not_told_again(
        self, tracker: Tracker, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        listener.take()
        clock.advance(3 * DAY)
        tracker.log(1, reply(clock.now()))
        tick(open_tracker())
        assert listener.take() == ["Globex: cooling -> due", "Globex: due -> replied"]
        for _ in range(2):
            tracker.publish()
            assert listener.take() in (["Globex: reply"], [])
            tracker.refresh()

    def test_a_board_that_is_old_brings_nothing_old_back(
        self, tracker: Tracker, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        other = open_tracker()
        board = tracker.board()
        other.log(1, reply(NOON))
        other.publish()
        listener.take()
        tracker.refresh()
        tracker.publish(board)
        assert listener.take() == []

    def test_what_cannot_be_marked_is_told_later(
        self,
        tracker: Tracker,
        listener: Listener,
        clock: HandClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        listener.take()
        clock.advance(3 * DAY)
        with monkeypatch.context() as patch:

            def fail(*_: object) -> frozenset[int]:
                raise StoreError("the disk is full")

            patch.setattr(tracker.repository, "mark", fail)
            board = tracker.board()
            tracker.publish(board)
            tracker.log(1, reply(clock.now()))
            tracker.publish()
            assert listener.take() == ["Globex: reply"]
        tracker.publish(board)
        assert listener.take() == ["Globex: cooling -> due", "Globex: due -> replied"]

    def test_processes_that_tick_at_once_tell_each_change_once(self, tmp_path: Path) -> None:
        """Three tick and one also logs, over the same days, none waiting for another."""
        store, out = tmp_path / "followup.json", tmp_path / "told"
        clock = HandClock(NOON)
        first = Tracker(Repository(store), Listener().host(), Config(), clock)
        companies = [f"C{number}" for number in range(8)]
        for number, company in enumerate(companies):
            first.add(application(interview(NOON + number * HOUR), company=company))
        first.publish()
        first.close()
        here = Path(__file__)
        tickers = [
            subprocess.Popen(
                [sys.executable, str(here.with_name("ticking.py")), str(store), str(out), role],
                env={**os.environ, "PYTHONPATH": str(here.parents[1])},
            )
            for role in ("tick", "tick", "tick", "log")
        ]
        assert [ticker.wait(timeout=120) for ticker in tickers] == [0, 0, 0, 0]
        told = [
            line
            for path in tmp_path.glob("told.*")
            for line in path.read_text().split("\n")
            if line
        ]
        facts = [line for line in told if "->" not in line]
        assert sorted(facts) == sorted(f"{company}: reply" for company in companies[::2])
        for number, company in enumerate(companies):
            of_it = [line for line in told if line.startswith(f"{company}: ") and "->" in line]
            expected = ["interview -> cooling"] if number else []
            expected += ["cooling -> due"]
            expected += ["due -> replied"] if number % 2 == 0 else []
            assert sorted(of_it) == sorted(f"{company}: {change}" for change in expected)


deeds = st.lists(
    st.tuples(
        st.sampled_from(("log", "late", "publish", "tick", "pass", "undo", "redo", "refresh")),
        st.booleans(),
        st.integers(0, 5),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(deeds)
def test_what_is_told_leads_from_column_to_column(todo: list[tuple[str, bool, int]]) -> None:
    clock, listener = HandClock(NOON), Listener()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "followup.json"
        both = [Tracker(Repository(path), listener.host(), Config(), clock) for _ in range(2)]
        both[0].add(application(interview(NOON)))
        both[0].publish()
        both[1].refresh()
        for what, which, number in todo:
            _do(both[which], what, number, clock)
        for tracker in both:
            tick(tracker)
        stage = both[0].card(1).stage
        for tracker in both:
            tracker.close()
    column = "None"
    for told in listener.take():
        if " -> " in told:
            previous, _, entered = told.removeprefix("Globex: ").partition(" -> ")
            assert (previous, entered != previous) == (column, True)
            column = entered
    assert column == stage


def _do(tracker: Tracker, what: str, number: int, clock: HandClock) -> None:
    facts: list[Callable[..., AnyEvent]] = [reply, sent, outcome, interview]
    fact = facts[number % len(facts)]
    match what:
        case "log":
            tracker.log(1, fact(clock.now()))
        case "late":
            tracker.log(1, fact(clock.now() - number * DAY))
        case "publish":
            tracker.publish()
        case "tick":
            tick(tracker)
        case "pass":
            clock.advance(timedelta(days=number, hours=1))
        case "refresh":
            tracker.refresh()
        case "undo" if len(_done(tracker)) > 1:  # the first is that it was added
            tracker.undo()
        case "redo" if len(_done(tracker)) < len(Repository(tracker.repository.path).history()):
            tracker.redo()


def _done(tracker: Tracker) -> list[HistoryEntry]:
    """The changes in the store that are not undone, whatever the tracker knows of them."""
    history = Repository(tracker.repository.path).history()
    return [entry for entry in history if not entry.undone]
