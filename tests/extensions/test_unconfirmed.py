"""A channel that fails while it sends may have sent: nobody claims that it did not."""

from __future__ import annotations

from pathlib import Path

import pytest

import hasty_worker
from builders import DAY, NOON, HandClock, application, interview
from followup.domain.errors import DeliveryError, FollowupError, InputError, UnconfirmedError
from followup.domain.message import Message
from followup.domain.outbox import State
from followup.extensions.outside import OutsidePlugins
from radio import radio_script
from scripts import write_script
from ui_board import tracker_over

DOUBT = "nobody knows whether the message went out, for Radio {}: look there before you send it"


def sent_over(directory: Path, send: str, expected: State) -> None:
    """Send a message over a channel that does so by this code; this is known of it then."""
    clock = HandClock()
    write_script(directory, "radio", radio_script(send))
    outside = OutsidePlugins(directory, clock.now, hasty_worker.COMMAND)
    tracker = tracker_over(
        directory / "followup.json", [application(interview(NOON - 3 * DAY))], clock, outside
    )
    try:
        tracker.sending.send(1, Message(body="Any news?"), channel="radio")
    finally:
        outside.close()
        tracker.close()
        (intent,) = tracker.repository.outbox().values()
        assert intent.state is expected
        sent = [event for event in tracker.application(1).events if event.name == "follow_up"]
        assert bool(sent) is (expected is State.SENT)
        assert (1 in tracker.outbox.unconfirmed()) is (expected is State.UNCONFIRMED)


@pytest.mark.parametrize(
    ("send", "reason"),
    [
        ("os._exit(0)", r"ended the process \(status 0\)"),
        ("ctypes.string_at(0)", r"ended the process \(SIGSEGV\)"),
        ("time.sleep(3600)", "took more than 0.8 s"),
        ("while True: pass", "took more than 0.8 s"),
        ("raise ValueError('no antenna')", "ValueError: no antenna"),
        ("return None", "returned nothing where a Receipt is expected"),
    ],
)
def test_where_it_is_lost_or_fails_it_may_have_gone_out(
    tmp_path: Path, send: str, reason: str
) -> None:
    with pytest.raises(UnconfirmedError, match=DOUBT.format(reason)):
        sent_over(tmp_path, send, State.UNCONFIRMED)


@pytest.mark.parametrize(
    ("send", "error", "state"),
    [
        ("raise DeliveryError('no such station')", DeliveryError, State.FAILED),
        ("raise InputError('no such station')", InputError, State.FAILED),
        ("raise UnconfirmedError('no such station')", UnconfirmedError, State.UNCONFIRMED),
    ],
)
def test_what_it_says_itself_is_believed(
    tmp_path: Path, send: str, error: type[FollowupError], state: State
) -> None:
    with pytest.raises(error, match="no such station"):
        sent_over(tmp_path, send, state)


def test_what_was_sent_is_on_the_timeline(tmp_path: Path) -> None:
    sent_over(tmp_path, 'return Receipt(detail="heard", sent=True)', State.SENT)


def test_only_the_plugin_of_the_channel_is_loaded_to_send(tmp_path: Path) -> None:
    trace = tmp_path / "loaded"
    write_script(tmp_path, "other", f"open({str(trace)!r}, 'a').write('x')")
    loaded = f"Path({str(trace)!r}).read_text()"
    sent_over(tmp_path, f"return Receipt(detail={loaded}, sent=True)", State.SENT)
    assert trace.read_text() == "x", "once, where all plugins are, and not to send"
