"""What a sequence of follow-ups is, and the fact from which its next message counts."""

from __future__ import annotations

from hypothesis import given

from builders import DAY, NOON, applied, interview, promise, reply, sent
from followup.domain.events import AnyEvent
from followup.domain.pursuit import Pursuit
from followup.domain.step import StepKind
from followup.domain.timeline import Timeline
from strategies import histories

FAR = NOON + 900 * DAY


def pursuit(*events: AnyEvent) -> Pursuit | None:
    return Pursuit.of(Timeline.at(events, FAR))


def test_none_is_under_way_before_the_first_message_after_an_interview() -> None:
    assert pursuit() is None
    assert pursuit(applied(NOON), sent(NOON + DAY)) is None
    assert pursuit(sent(NOON - DAY), interview(NOON)) is None
    assert pursuit(interview(NOON), sent(NOON + DAY, failed=True)) is None


def test_the_first_message_begins_it_and_the_newest_is_its_anchor() -> None:
    messages = tuple(sent(NOON + days * DAY) for days in (2, 9))
    begun = Pursuit(sent=messages, anchor=messages[1], check_ins=1)
    assert pursuit(interview(NOON), *messages) == begun
    assert pursuit(interview(NOON), interview(NOON + DAY, cancelled=True), *messages) == begun


def test_a_reply_ends_it() -> None:
    assert pursuit(interview(NOON), sent(NOON + DAY), reply(NOON + 2 * DAY)) is None


def test_a_message_after_a_reply_takes_it_up_again_and_is_no_check_in() -> None:
    again = sent(NOON + 3 * DAY)
    resumed = pursuit(interview(NOON), sent(NOON + DAY), reply(NOON + 2 * DAY), again)
    assert resumed == Pursuit(sent=(again,), anchor=again, check_ins=0)


def test_a_promise_after_a_reply_takes_it_up_again_and_every_message_is_a_check_in() -> None:
    promised = promise(NOON + DAY, (NOON + 5 * DAY).date())
    assert pursuit(reply(NOON), promised) == Pursuit(sent=(), anchor=promised, check_ins=0)
    checked = sent(NOON + 6 * DAY)
    later = promise(NOON + 7 * DAY, (NOON + 9 * DAY).date())
    resumed = Pursuit(sent=(checked,), anchor=checked, check_ins=1)
    assert pursuit(reply(NOON), promised, checked, later) == resumed


def test_facts_of_one_instant_count_in_the_order_in_which_they_were_recorded() -> None:
    promised = promise(NOON, NOON.date())
    assert pursuit(reply(NOON), promised, interview(NOON)) is None
    assert pursuit(interview(NOON), reply(NOON), promised) is not None


def test_it_knows_whether_the_last_call_was_made() -> None:
    first, last = sent(NOON + DAY), sent(NOON + 22 * DAY, StepKind.LAST_CALL)
    begun, over = pursuit(interview(NOON), first), pursuit(interview(NOON), first, last)
    assert begun is not None
    assert not begun.has_called_last
    assert over is not None
    assert over.has_called_last


@given(histories)
def test_none_is_under_way_once_they_answered(events: list[AnyEvent]) -> None:
    timeline = Timeline.at(events, FAR)
    assert not (timeline.answered and Pursuit.of(timeline))
