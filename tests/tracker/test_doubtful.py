"""Messages that fail or may have gone: told, settled once, and never sent again by themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import DANA, DAY, HOUR, NOON, HandClock, application, applied, interview
from followup.domain.channel import Receipt
from followup.domain.errors import DeliveryError, InputError, RefusedError, UnconfirmedError
from followup.domain.message import Message
from followup.domain.outbox import Intent, State
from followup.domain.secret import Secret
from followup.domain.stage import Stage
from followup.domain.step import StepKind
from followup.store.errors import StoreError
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

    def test_it_is_news_for_a_day_or_until_another_one_went(
        self, tracker: Tracker, radio: Radio, clock: HandClock
    ) -> None:
        radio.fails_with(DeliveryError("no such mailbox"))
        with pytest.raises(DeliveryError):
            send(tracker)
        clock.advance(HOUR)
        assert tracker.outbox.failed(1)
        tracker.sending.log(1, NEWS, channel="clipboard")
        assert tracker.outbox.failed(1) is None
        tracker.undo()
        clock.advance(DAY)
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
        before = tracker.deal()
        tracker.log(1, interview(NOON + 2 * DAY))
        deal = tracker.deal(previous=before)
        assert [card.id for card in deal.board.to_do()] == [1, 2, 3, 4]
        assert 1 not in [card.id for card in deal.board.opening()]
        tracker.outbox.settle(1, went=False)
        board = tracker.deal(previous=deal).board
        assert [card.id for card in board.to_do()] == [2, 3, 4]

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
