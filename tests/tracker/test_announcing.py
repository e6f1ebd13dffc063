"""Plugins are told of each fact, message and change of column exactly once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import (
    DAY,
    HOUR,
    NOON,
    HandClock,
    application,
    applied,
    interview,
    outcome,
    reply,
    sent,
)
from followup.api import Message, Note, Receipt
from followup.config import Config
from followup.domain.events import AnyEvent
from followup.domain.exchange import ImportOptions
from followup.extensions.host import PluginHost
from followup.store.errors import StoreError
from followup.store.repository import Repository
from followup.tracker import HistoryEntry, Tracker
from listening import Listener

Open = Callable[..., Tracker]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def open_tracker(tmp_path: Path, clock: HandClock, listener: Listener) -> Iterator[Open]:
    """Opens trackers over one store, as several processes have them."""
    opened: list[Tracker] = []

    def open_one(host: PluginHost | None = None) -> Tracker:
        repository = Repository(tmp_path / "followup.json")
        opened.append(Tracker(repository, host or listener.host(), Config(), clock))
        return opened[-1]

    yield open_one
    for tracker in opened:
        tracker.close()


@pytest.fixture
def tracker(open_tracker: Open) -> Tracker:
    return open_tracker()


def tick(tracker: Tracker) -> None:
    """What ``followup tick`` does."""
    tracker.refresh()
    tracker.publish(tracker.board())


class TestFacts:
    def test_a_fact_is_told_with_what_it_brought(
        self, tracker: Tracker, listener: Listener
    ) -> None:
        tracker.add(application(applied(NOON)))
        tracker.publish()
        assert listener.take() == ["Globex: applied", "Globex: None -> applied"]
        tracker.log(1, reply(NOON))
        tracker.publish()
        assert listener.take() == ["Globex: reply", "Globex: applied -> replied"]
        tracker.publish()
        tick(tracker)
        assert listener.take() == []

    def test_each_of_several_is_told_once(self, tracker: Tracker, listener: Listener) -> None:
        tracker.add(application(applied(NOON)))
        note = Note(at=NOON, text="called")
        for _ in range(2):
            tracker.log(1, note)  # twice in one minute, and meant so
        tracker.publish()
        assert listener.take() == [
            "Globex: applied",
            "Globex: note",
            "Globex: note",
            "Globex: None -> applied",
        ]

    def test_an_edit_tells_of_no_fact(self, tracker: Tracker, listener: Listener) -> None:
        tracker.add(application(applied(NOON)))
        tracker.publish()
        listener.take()
        tracker.edit(replace(tracker.application(1), role="SRE"))
        tracker.publish()
        assert listener.take() == []

    def test_a_message_is_told_once_it_is_on_the_timeline(
        self, tracker: Tracker, listener: Listener
    ) -> None:
        tracker.add(application(interview(NOON - 3 * DAY)))
        tracker.publish()
        listener.take()
        message = Message(body="How is it going?")
        tracker.log_sent(1, message, channel="email", receipt=Receipt(detail="250 OK", sent=True))
        tracker.publish()
        assert listener.take() == [
            "Globex: follow_up",
            "Globex: 'How is it going?' 250 OK",
            "Globex: due -> waiting",
        ]

    def test_undo_and_redo_change_columns_and_record_nothing(
        self, tracker: Tracker, listener: Listener
    ) -> None:
        tracker.add(application(applied(NOON)))
        tracker.log(1, outcome(NOON))
        tracker.publish()
        listener.take()
        for turn, told in [
            (tracker.undo, "closed -> applied"),
            (tracker.redo, "applied -> closed"),
        ]:
            turn()
            tracker.publish()
            assert listener.take() == [f"Globex: {told}"]

    def test_what_is_removed_is_told_no_more(self, tracker: Tracker, listener: Listener) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        listener.take()
        tracker.remove(1)
        tracker.publish()
        tracker.clock.advance(30 * DAY)  # type: ignore[attr-defined]
        tick(tracker)
        assert listener.take() == []

    def test_what_a_file_brings_is_told_like_any_other(
        self, tracker: Tracker, listener: Listener, tmp_path: Path
    ) -> None:
        tracker.add(application(applied(NOON), company="First"))
        tracker.publish()
        listener.take()
        path = tmp_path / "list.csv"
        path.write_text("Company,Role,Applied\nInitech,SRE,2026-03-09\nHooli,SRE,2026-03-10\n")
        options = ImportOptions(now=NOON, zone="UTC")
        tracker.importing.store(tracker.importing.preview(path, options))
        tracker.publish()
        assert listener.take() == [
            "Initech: applied",
            "Hooli: applied",
            "Initech: None -> applied",
            "Hooli: None -> applied",
        ]

    def test_what_is_logged_late_is_one_change(
        self, tracker: Tracker, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        clock.advance(3 * DAY)
        tick(tracker)
        clock.advance(37 * DAY)
        listener.take()
        # It brings no steps back that were open in between, had it been known.
        tracker.log(1, sent(NOON + 4 * DAY))
        tracker.publish()
        assert listener.take() == ["Globex: follow_up", "Globex: due -> last_call"]

    def test_the_clock_goes_before_what_is_logged(
        self, tracker: Tracker, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        listener.take()
        clock.advance(3 * DAY)
        tracker.log(1, reply(clock.now()))
        tracker.publish()
        assert listener.take() == [
            "Globex: reply",
            "Globex: cooling -> due",
            "Globex: due -> replied",
        ]


class TestClock:
    def test_what_was_missed_is_told_in_order(
        self, tracker: Tracker, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON), company="A"))
        tracker.add(application(interview(NOON + DAY), company="B"))
        tracker.add(application(interview(NOON - DAY), sent(NOON), company="C"))
        tracker.publish()
        tracker.close()
        listener.take()
        clock.advance(10 * DAY)
        tick(open_tracker())
        assert listener.take() == [
            "B: interview -> cooling",
            "A: cooling -> due",
            "B: cooling -> due",
            "C: waiting -> due",
        ]

    def test_a_clock_set_back_brings_nothing(
        self, tracker: Tracker, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        clock.advance(3 * DAY)
        tick(tracker)
        assert listener.take() == ["Globex: interview", "Globex: None -> due"]
        for moment in (NOON + DAY, NOON + 2 * DAY, NOON + 3 * DAY, NOON + DAY):
            clock.instant = moment
            tick(tracker)
            tick(open_tracker())
        assert listener.take() == []

    def test_a_store_without_marks_is_taken_as_it_is(
        self, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        silent = open_tracker(listener.host(tells=False))
        for company in ("A", "B"):
            silent.add(application(interview(NOON), company=company))
        silent.publish()
        tick(open_tracker())
        assert listener.take() == []
        clock.advance(3 * DAY)
        tick(open_tracker())
        assert listener.take() == ["A: cooling -> due", "B: cooling -> due"]

    def test_in_a_store_without_marks_what_is_changed_is_told_all_the_same(
        self, open_tracker: Open, listener: Listener
    ) -> None:
        silent = open_tracker(listener.host(tells=False))
        for company in ("A", "B"):
            silent.add(application(interview(NOON), company=company))
        first = open_tracker()
        first.log(1, reply(NOON))
        first.publish()
        assert listener.take() == ["A: reply", "A: cooling -> replied"]
        tick(open_tracker())
        assert listener.take() == []

    def test_what_happens_without_plugins_is_told_later(
        self, tracker: Tracker, open_tracker: Open, listener: Listener, clock: HandClock
    ) -> None:
        tracker.add(application(interview(NOON)))
        tracker.publish()
        listener.take()
        silent = open_tracker(listener.host(tells=False))
        silent.log(1, reply(NOON))
        silent.add(application(applied(NOON), company="New"))
        silent.publish()
        tick(silent)
        assert listener.take() == []
        tick(open_tracker())
        assert sorted(listener.take()) == ["Globex: cooling -> replied", "New: None -> applied"]


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
