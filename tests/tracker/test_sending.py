"""Sending: what is stored before and after, and all that keeps a message from going twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import DANA, DAY, HOUR, NOON, HandClock, application, applied, interview, reply, sent
from followup.config import Config
from followup.domain.application import Contact
from followup.domain.channel import Receipt
from followup.domain.errors import DeliveryError, InputError, RefusedError, UnconfirmedError
from followup.domain.events import FollowUp
from followup.domain.message import Message
from followup.domain.outbox import Intent, State
from followup.domain.secret import Secret
from followup.domain.stage import Stage
from followup.domain.step import StepKind
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store.errors import StoreError
from followup.store.repository import Repository
from followup.tracker import Tracker
from radio import SENT, Radio

NEWS = Message(subject="The role", body="Is there any news?")
MINUTE = HOUR / 60


@pytest.fixture
def radio() -> Radio:
    return Radio()


@pytest.fixture
def tracker(tmp_path: Path, clock: HandClock, radio: Radio) -> Iterator[Tracker]:
    """A tracker with one application of which a follow-up is due."""
    tracker = opened(tmp_path, clock, radio)
    tracker.add(application(interview(NOON - 3 * DAY)))
    yield tracker
    tracker.close()


def opened(directory: Path, clock: HandClock, radio: Radio) -> Tracker:
    host = PluginHost([*builtin_plugins("0"), radio.plugin])
    return Tracker(Repository(directory / "followup.json"), host, Config(name="Alex"), clock)


def send(tracker: Tracker, id_: int = 1, message: Message = NEWS, **how: object) -> Receipt:
    given = {"channel": "radio", **how}
    return tracker.sending.send(id_, message, **given).receipt  # type: ignore[arg-type]


def messages(tracker: Tracker, id_: int = 1) -> list[FollowUp]:
    events = tracker.application(id_).events
    return [event for event in events if isinstance(event, FollowUp)]


def intents(tracker: Tracker) -> list[Intent]:
    return list(tracker.repository.outbox().values())


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


class TestWhatFails:
    @pytest.mark.parametrize("fault", [DeliveryError("no such mailbox"), InputError("no address")])
    def test_what_could_not_be_sent_is_nowhere_but_told(
        self, tracker: Tracker, radio: Radio, fault: Exception
    ) -> None:
        draft = replace(tracker.draft(1, channel="radio"), message=NEWS)
        tracker.drafts.put(1, draft)
        radio.fails_with(fault)
        with pytest.raises(type(fault), match=str(fault)):
            send(tracker)
        assert not messages(tracker)
        assert tracker.drafts.get(1) == draft
        assert not tracker.outbox.unconfirmed()
        failed = tracker.outbox.failed(1)
        assert failed
        assert failed.told == str(fault)
        assert tracker.card(1).stage is Stage.DUE
        # The next try needs no minute: nothing went.
        radio.does = lambda _: SENT
        send(tracker)
        assert tracker.outbox.failed(1) is None

    @pytest.mark.parametrize(
        "fault", [UnconfirmedError("cut after DATA"), RuntimeError("bug"), KeyboardInterrupt()]
    )
    def test_what_may_have_gone_is_unconfirmed_and_not_sent_again(
        self, tracker: Tracker, radio: Radio, clock: HandClock, fault: BaseException
    ) -> None:
        radio.fails_with(fault)
        with pytest.raises(type(fault)):
            send(tracker)
        assert tracker.card(1).unconfirmed == NOON
        assert not messages(tracker)
        clock.advance(2 * DAY)
        radio.does = lambda _: SENT
        with pytest.raises(RefusedError, match=r"nobody knows whether .* `followup send 1 --went`"):
            send(tracker)
        assert not radio.sent

    def test_it_is_the_first_thing_to_do_whatever_the_stage(
        self, tracker: Tracker, radio: Radio, clock: HandClock
    ) -> None:
        for number in range(3):
            tracker.add(application(interview(NOON - 9 * DAY), company=f"Company {number}"))
        radio.fails_with(UnconfirmedError("cut"))
        with pytest.raises(UnconfirmedError):
            send(tracker)
        before = tracker.board()
        tracker.log(1, interview(NOON + 2 * DAY))
        board = tracker.board(previous=before)
        assert [card.id for card in board.to_do()] == [1, 2, 3, 4]
        assert 1 not in [card.id for card in board.opening()]
        tracker.outbox.settle(1, went=False)
        assert [card.id for card in tracker.board(previous=board).to_do()] == [2, 3, 4]

    def test_where_it_cannot_be_stored_that_it_went_it_is_unconfirmed(
        self, tracker: Tracker, radio: Radio, tmp_path: Path, clock: HandClock
    ) -> None:
        def does(message: Message) -> Receipt:
            (tmp_path / "followup.json.journal").chmod(0o400)
            (tmp_path / "followup.json").rename(tmp_path / "elsewhere")
            return SENT

        radio.does = does
        with pytest.raises(StoreError, match="the message went out, but that is not stored"):
            send(tracker)
        (tmp_path / "elsewhere").rename(tmp_path / "followup.json")
        clock.advance(5 * MINUTE)
        other = opened(tmp_path, clock, radio)
        assert list(other.outbox.unconfirmed()) == [1]
        other.close()

    def test_an_application_that_was_removed_meanwhile_is_no_trouble(
        self, tracker: Tracker, radio: Radio, tmp_path: Path, clock: HandClock
    ) -> None:
        def does(message: Message) -> Receipt:
            other = opened(tmp_path, clock, Radio())
            other.remove(1)
            other.close()
            return SENT

        radio.does = does
        send(tracker)
        assert [intent.state for intent in intents(tracker)] == [State.SENT]


class TestWhatIsUnconfirmed:
    @pytest.fixture
    def unconfirmed(self, tracker: Tracker, radio: Radio, clock: HandClock) -> Intent:
        radio.fails_with(UnconfirmedError("cut after DATA"))
        with pytest.raises(UnconfirmedError):
            send(tracker, override="why not")
        radio.does = lambda _: SENT
        clock.advance(3 * HOUR)
        return tracker.outbox.unconfirmed()[1]

    def test_it_went(self, tracker: Tracker, unconfirmed: Intent) -> None:
        tracker.outbox.settle(1, went=True)
        (message,) = messages(tracker)
        assert message.at == NOON
        assert message.message_id == unconfirmed.message.thread.message_id
        assert (message.override, message.step) == ("why not", StepKind.FOLLOW_UP)
        assert not tracker.outbox.unconfirmed()
        assert tracker.card(1).unconfirmed is None

    def test_it_did_not_go(self, tracker: Tracker, radio: Radio, unconfirmed: Intent) -> None:
        tracker.outbox.settle(1, went=False)
        assert not messages(tracker)
        draft = tracker.drafts.get(1)
        assert draft
        assert (draft.message, draft.channel) == (NEWS, "radio")
        send(tracker)
        assert len(messages(tracker)) == len(radio.sent) == 1

    def test_what_was_written_since_stays_the_draft(
        self, tracker: Tracker, unconfirmed: Intent
    ) -> None:
        newer = tracker.draft(1, channel="radio")
        tracker.drafts.put(1, newer)
        tracker.outbox.settle(1, went=False)
        assert tracker.drafts.get(1) == newer

    def test_it_is_settled_once(self, tracker: Tracker, unconfirmed: Intent) -> None:
        tracker.outbox.settle(1, went=True)
        with pytest.raises(RefusedError, match="no message is unconfirmed"):
            tracker.outbox.settle(1, went=True)
        assert len(messages(tracker)) == 1

    def test_whoever_finds_it_confirms_it(self, tracker: Tracker, unconfirmed: Intent) -> None:
        name = unconfirmed.message.thread.message_id
        assert tracker.outbox.confirm("<other@sam.example>") is None
        assert tracker.outbox.confirm("") is None
        assert tracker.outbox.confirm(name) == unconfirmed
        assert tracker.outbox.confirm(name) is None
        assert [message.message_id for message in messages(tracker)] == [name]

    def test_undo_of_what_was_confirmed_does_not_make_it_doubtful_again(
        self, tracker: Tracker, unconfirmed: Intent
    ) -> None:
        tracker.outbox.settle(1, went=True)
        tracker.undo()
        assert not messages(tracker)
        assert not tracker.outbox.unconfirmed()
        assert [intent.state for intent in intents(tracker)] == [State.SENT]

    def test_another_process_sees_it(
        self, tracker: Tracker, unconfirmed: Intent, tmp_path: Path, clock: HandClock
    ) -> None:
        other = opened(tmp_path, clock, Radio())
        known = other.known()
        assert list(other.outbox.unconfirmed()) == [1]
        tracker.outbox.settle(1, went=False)
        assert other.refresh()
        assert other.known() != known
        assert not other.outbox.unconfirmed()
        other.close()

    def test_a_channel_that_says_so_later_is_believed_more_than_the_user(
        self, tracker: Tracker, radio: Radio, tmp_path: Path, clock: HandClock
    ) -> None:
        def does(message: Message) -> Receipt:
            clock.advance(10 * MINUTE)  # as on a computer that slept
            other = opened(tmp_path, clock, Radio())
            other.outbox.settle(1, went=False)
            other.close()
            return SENT

        radio.does = does
        send(tracker)
        assert len(messages(tracker)) == 1
        assert not tracker.outbox.unconfirmed()


class TestTheProcessThatSends:
    def begin(self, tracker: Tracker, process: int, clock: HandClock) -> None:
        intent = Intent(
            application_id=1,
            message=NEWS,
            channel="radio",
            contact=DANA,
            at=clock.now(),
            until=clock.now() + 2 * MINUTE,
            process=process,
        )
        with tracker.repository.change("send", clock.now()) as changes:
            changes.post(intent)

    def test_while_it_runs_nothing_is_in_doubt(self, tracker: Tracker, clock: HandClock) -> None:
        self.begin(tracker, os.getpid(), clock)
        assert not tracker.outbox.unconfirmed()
        for attempt in (lambda: send(tracker), lambda: tracker.outbox.settle(1, went=False)):
            with pytest.raises(RefusedError, match="a message is on its way there"):
                attempt()
        clock.advance(2 * MINUTE)
        assert list(tracker.outbox.unconfirmed()) == [1]

    def test_a_message_without_a_name_is_found_by_nobody(
        self, tracker: Tracker, clock: HandClock
    ) -> None:
        self.begin(tracker, os.getpid(), clock)
        clock.advance(2 * MINUTE)
        assert tracker.outbox.confirm("") is None
        assert list(tracker.outbox.unconfirmed()) == [1]

    def test_once_it_is_dead_it_is_unconfirmed_at_once(
        self, tracker: Tracker, clock: HandClock
    ) -> None:
        dead = subprocess.Popen([sys.executable, "-c", ""])
        dead.wait()
        self.begin(tracker, dead.pid, clock)
        assert list(tracker.outbox.unconfirmed()) == [1]
        assert tracker.board().to_do()[0].unconfirmed == NOON


class TestSecrets:
    def test_what_was_typed_is_known_until_the_end_and_stored_nowhere(
        self, tracker: Tracker, radio: Radio, clock: HandClock, tmp_path: Path
    ) -> None:
        radio.question = "Password of sam"
        assert tracker.sending.asks("radio") == "Password of sam"
        send(tracker, secret=Secret("canary"))
        assert tracker.sending.asks("radio") == ""
        clock.advance(8 * DAY)
        send(tracker)
        assert radio.secrets == ["canary", "canary"]
        tracker.close()
        for path in tmp_path.rglob("*"):
            assert path.is_dir() or b"canary" not in path.read_bytes()

    @pytest.mark.parametrize("worked_before", [False, True])
    def test_what_does_not_work_is_asked_for_again(
        self, tracker: Tracker, radio: Radio, clock: HandClock, *, worked_before: bool
    ) -> None:
        radio.question = "Password of sam"
        if worked_before:
            send(tracker, secret=Secret("canary"))
            clock.advance(8 * DAY)
        radio.fails_with(DeliveryError("wrong password"))
        with pytest.raises(DeliveryError):
            send(tracker, secret=None if worked_before else Secret("canary"))
        assert tracker.sending.asks("radio") == "Password of sam"


def test_an_application_without_a_contact_waits_a_minute_too(tracker: Tracker) -> None:
    tracker.add(application(applied(NOON - 11 * DAY), contacts=(), company="Initech"))
    tracker.sending.log(2, NEWS, channel="clipboard")
    with pytest.raises(RefusedError, match="something went to Initech less than a minute ago"):
        send(tracker, 2, channel="clipboard", override="once more")
