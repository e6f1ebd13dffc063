"""Sending: what is stored before and after, and all that keeps a message from going twice."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import DANA, DAY, HOUR, NOON, HandClock, application, interview, reply, sent
from followup.domain.application import Contact
from followup.domain.channel import Receipt
from followup.domain.errors import RefusedError
from followup.domain.events import FollowUp
from followup.domain.message import Message
from followup.domain.outbox import Intent, State
from followup.domain.stage import Stage
from followup.domain.step import StepKind
from followup.store.repository import Repository
from followup.tracker import Tracker
from letters import MINUTE, NEWS, intents, messages, opened, send, tracker_by_radio
from radio import SENT, Radio


@pytest.fixture
def radio() -> Radio:
    return Radio()


@pytest.fixture
def tracker(tmp_path: Path, clock: HandClock, radio: Radio) -> Iterator[Tracker]:
    with tracker_by_radio(tmp_path, clock, radio) as tracker:
        yield tracker


class TestBeforeAndAfter:
    def test_the_intent_is_on_the_disk_before_the_channel_is_called(
        self, tracker: Tracker, radio: Radio, tmp_path: Path
    ) -> None:
        seen: list[Intent] = []

        def does(message: Message) -> Receipt:
            other = Repository(tmp_path / "followup.json")
            seen.extend(other.outbox().values())
            assert len(other.applications()[0].events) == 1
            return SENT

        radio.does = does
        send(tracker, override="they asked me to")
        (intent,) = seen
        assert intent.state is State.BEGUN
        assert intent.process == os.getpid()
        assert (intent.application_id, intent.channel, intent.contact) == (1, "radio", DANA)
        assert (intent.step, intent.override) == (StepKind.FOLLOW_UP, "they asked me to")
        name = intent.message.thread.message_id
        assert re.fullmatch(r"<[0-9a-f]{32}@sam\.example>", name)
        assert intent.content == f"{name} to dana@globex.example: Is there any news?"
        assert radio.sent == [intent.message]

    def test_what_was_sent_is_on_the_timeline_under_its_name(
        self, tracker: Tracker, radio: Radio
    ) -> None:
        assert send(tracker) == SENT
        (message,), (letter,), (intent,) = messages(tracker), radio.sent, intents(tracker)
        assert message.message_id == letter.thread.message_id
        assert message.at == letter.thread.at == intent.at == NOON
        assert (message.text, message.subject) == (NEWS.body, NEWS.subject)
        assert (message.channel, message.step) == ("radio", StepKind.FOLLOW_UP)
        assert (intent.state, intent.told, intent.content) == (State.SENT, "250 OK", "")
        assert tracker.card(1).stage is Stage.WAITING
        assert tracker.card(1).unconfirmed is None

    def test_the_fact_and_the_outbox_change_in_one_step(
        self, tracker: Tracker, radio: Radio, tmp_path: Path
    ) -> None:
        states: set[tuple[State, int]] = set()
        commit = tracker.repository._storage.commit

        def watched(step: object) -> None:
            commit(step)  # type: ignore[arg-type]
            other = Repository(tmp_path / "followup.json")
            (intent,) = other.outbox().values()
            states.add((intent.state, len(other.applications()[0].events)))

        tracker.repository._storage.commit = watched  # type: ignore[method-assign]
        send(tracker)
        assert states == {(State.BEGUN, 1), (State.SENT, 2)}

    def test_the_next_message_answers_it(
        self, tracker: Tracker, radio: Radio, clock: HandClock
    ) -> None:
        send(tracker)
        clock.advance(8 * DAY)
        draft = tracker.draft(1)
        assert draft.message.subject == "Re: The role"
        send(tracker, message=draft.message)
        first, second = radio.sent
        assert second.thread.references == (first.thread.message_id,)

    def test_plugins_are_told_of_it(self, tracker: Tracker, radio: Radio) -> None:
        tracker.take_happened()
        send(tracker)
        told = {type(happening).__name__ for happening in tracker.take_happened()}
        assert told == {"EventRecorded", "MessageSent"}

    def test_the_draft_goes_with_the_message(self, tracker: Tracker) -> None:
        draft = tracker.draft(1, channel="radio")
        tracker.drafts.put(1, replace(draft, message=NEWS))
        send(tracker)
        assert tracker.drafts.get(1) is None
        tracker.drafts.put(1, draft)

    def test_what_is_handed_off_is_not_in_the_outbox(self, tracker: Tracker) -> None:
        receipt = send(tracker, channel="clipboard")
        assert receipt.copy == NEWS.body
        assert not intents(tracker)
        assert not messages(tracker)

    def test_a_channel_that_hands_off_without_saying_so_has_sent_nothing(
        self, tracker: Tracker, radio: Radio
    ) -> None:
        radio.does = lambda _: Receipt(detail="opens", open_url="https://globex.example")
        send(tracker)
        assert [intent.state for intent in intents(tracker)] == [State.HANDED_OFF]
        assert not messages(tracker)
        send(tracker)


class TestWhatIsRefused:
    def test_what_a_rule_blocks_needs_a_reason(
        self, tracker: Tracker, radio: Radio, clock: HandClock
    ) -> None:
        tracker.log(1, interview(NOON - HOUR))
        with pytest.raises(RefusedError, match=r"too-early: .*; give a reason"):
            send(tracker)
        with pytest.raises(RefusedError, match="too-early"):
            send(tracker, override="  ")
        send(tracker, override="they asked me to write today")
        assert messages(tracker)[0].override == "they asked me to write today"

    def test_nobody_who_cannot_be_reached(self, tracker: Tracker) -> None:
        tracker.edit(replace(tracker.application(1), contacts=(Contact(name="Dana"),)))
        with pytest.raises(RefusedError, match="no contact with an e-mail address"):
            send(tracker)

    def test_nobody_but_whom_the_user_was_shown(self, tracker: Tracker, radio: Radio) -> None:
        tracker.edit(replace(tracker.application(1), contacts=(Contact(email="eve@evil.example"),)))
        with pytest.raises(RefusedError, match="contact at Globex was changed meanwhile"):
            send(tracker, shown=DANA)
        assert not radio.sent

    @pytest.mark.parametrize("ahead", [reply(NOON + HOUR), sent(NOON + DAY)])
    def test_nothing_while_the_clock_stands_before_a_fact(
        self, tracker: Tracker, radio: Radio, ahead: FollowUp
    ) -> None:
        tracker.add(application(ahead, company="Initech", contacts=()))
        with pytest.raises(RefusedError, match="clock stands before the newest recorded fact"):
            send(tracker)
        assert not radio.sent

    def test_nothing_while_the_clock_stands_before_the_last_message(
        self, tracker: Tracker, radio: Radio, clock: HandClock
    ) -> None:
        send(tracker)
        tracker.undo()
        clock.advance(-2 * HOUR)
        with pytest.raises(RefusedError, match="clock stands before"):
            send(tracker)

    @pytest.mark.parametrize(
        "other",
        [
            Contact(name="D. Lee", email=" DANA@Globex.Example"),
            Contact(name="Lee", email="lee@globex.example", phone="+49 171 1"),
        ],
    )
    def test_nobody_twice_within_a_minute_whatever_it_is_about(
        self, tracker: Tracker, radio: Radio, clock: HandClock, other: Contact
    ) -> None:
        tracker.edit(replace(tracker.application(1), contacts=(replace(DANA, phone="+49 171 1"),)))
        tracker.add(
            application(interview(NOON - 3 * DAY), company="Initech", contacts=(other,)),
        )
        send(tracker)
        clock.advance(20 * MINUTE / 60)
        for channel in ("radio", "email", "clipboard"):
            with pytest.raises(RefusedError, match=r"less than a minute ago: wait 40 s"):
                send(tracker, 2, channel=channel)
        clock.advance(40 * MINUTE / 60)
        send(tracker, 2)
        assert len(radio.sent) == 2

    def test_somebody_else_within_a_minute(self, tracker: Tracker, radio: Radio) -> None:
        lee = Contact(name="Lee", email="lee@initech.example")
        tracker.add(application(interview(NOON - 3 * DAY), company="Initech", contacts=(lee,)))
        send(tracker)
        send(tracker, 2)
        assert len(radio.sent) == 2

    def test_what_the_user_says_was_sent_counts_for_the_minute(self, tracker: Tracker) -> None:
        tracker.sending.log(1, NEWS, channel="clipboard")
        with pytest.raises(RefusedError, match="less than a minute ago"):
            send(tracker, override="once more")

    def test_what_did_not_get_through_does_not(
        self, tracker: Tracker, radio: Radio, clock: HandClock
    ) -> None:
        tracker.log(1, replace(sent(NOON), failed=True))
        send(tracker)

    def test_what_was_taken_back_still_does(self, tracker: Tracker, radio: Radio) -> None:
        send(tracker)
        assert tracker.undo().what == "log follow-up for Globex"
        assert not messages(tracker)
        assert [intent.state for intent in intents(tracker)] == [State.SENT]
        with pytest.raises(RefusedError, match="less than a minute ago"):
            send(tracker)
        tracker.redo()
        assert len(messages(tracker)) == len(radio.sent) == 1

    def test_an_application_that_changed_meanwhile_is_judged_anew(
        self, tracker: Tracker, radio: Radio, tmp_path: Path, clock: HandClock
    ) -> None:
        check = tracker.correspondence.check
        other = opened(tmp_path, clock, Radio())

        def slow(*about: object, **how: object) -> object:
            verdicts = check(*about, **how)  # type: ignore[arg-type]
            tracker.correspondence.check = check  # type: ignore[method-assign]
            other.log(1, interview(NOON - HOUR))
            return verdicts

        tracker.correspondence.check = slow  # type: ignore[method-assign,assignment]
        with pytest.raises(RefusedError, match="too-early"):
            send(tracker)
        assert not radio.sent
        other.close()
