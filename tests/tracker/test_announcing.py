"""Plugins are told of each fact, message and change of column exactly once."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import (
    DAY,
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
from followup.domain.exchange import ImportOptions
from followup.tracker import Tracker
from listening import Listener
from ticks import Open, tick


@pytest.fixture
def tracker(open_tracker: Open) -> Tracker:
    return open_tracker()


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
        tracker.sending.log(
            1, message, channel="email", receipt=Receipt(detail="250 OK", sent=True)
        )
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
