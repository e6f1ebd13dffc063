"""Section 2 of the design, sentence by sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from builders import (
    DAY,
    HOUR,
    NOON,
    applied,
    interview,
    outcome,
    promise,
    reopen,
    reply,
    sent,
    snooze,
    standing,
)
from followup.domain.events import OutcomeKind
from followup.domain.stage import Stage
from followup.domain.step import StepKind

ENDED = NOON
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize("result", OutcomeKind)
def test_every_outcome_closes(result: OutcomeKind) -> None:
    assert standing(outcome(NOON, result), now=NOON).stage is Stage.CLOSED


def test_an_outcome_closes_even_while_an_interview_is_booked() -> None:
    booked = interview(NOON + 9 * DAY)
    assert standing(booked, outcome(NOON), now=NOON).stage is Stage.CLOSED


def test_a_later_reopen_opens_a_closed_application_and_a_later_outcome_closes_it_again() -> None:
    events = (applied(NOON), outcome(NOON + DAY), reopen(NOON + 2 * DAY))
    assert standing(*events, now=NOON + 2 * DAY).stage is Stage.APPLIED
    again = (*events, outcome(NOON + 3 * DAY))
    assert standing(*again, now=NOON + 3 * DAY).stage is Stage.CLOSED


def test_a_reopen_before_the_outcome_does_not_open_it() -> None:
    assert standing(reopen(NOON - DAY), outcome(NOON), now=NOON).stage is Stage.CLOSED


def test_an_interview_is_its_own_stage_while_it_is_ahead_and_while_it_runs() -> None:
    event = interview(ENDED)
    assert standing(event, now=ENDED - 30 * DAY).stage is Stage.INTERVIEW
    assert standing(event, now=ENDED - HOUR / 2).stage is Stage.INTERVIEW
    assert standing(event, now=ENDED - TICK).stage is Stage.INTERVIEW
    assert standing(event, now=ENDED).stage is Stage.COOLING


def test_a_cancelled_interview_does_not_count() -> None:
    events = (applied(NOON - DAY), interview(NOON + DAY, cancelled=True))
    assert standing(*events, now=NOON).stage is Stage.APPLIED


def test_a_booked_interview_goes_before_a_reply() -> None:
    events = (interview(NOON - 5 * DAY), reply(NOON - DAY), interview(NOON + DAY))
    assert standing(*events, now=NOON).stage is Stage.INTERVIEW


@pytest.mark.parametrize(
    "later", [interview(NOON + 2 * HOUR), sent(NOON + HOUR), promise(NOON + HOUR, NOON.date())]
)
def test_replied_while_the_reply_is_the_newest_contact(later: object) -> None:
    events = (interview(NOON - 5 * DAY), sent(NOON - DAY), reply(NOON))
    assert standing(*events, now=NOON).stage is Stage.REPLIED
    after_all = standing(*events, later, now=NOON + 3 * HOUR)  # type: ignore[arg-type]
    assert after_all.stage is not Stage.REPLIED


def test_a_note_after_the_reply_changes_nothing() -> None:
    events = (reply(NOON), snooze(NOON + HOUR, NOON + DAY))
    assert standing(*events, now=NOON + 2 * HOUR).stage is Stage.REPLIED


def test_too_early_until_the_step_opens_then_to_do() -> None:
    opens = ENDED + 48 * HOUR
    assert standing(interview(ENDED), now=opens - TICK).stage is Stage.COOLING
    assert standing(interview(ENDED), now=opens).stage is Stage.DUE


def test_overdue_is_a_badge_once_the_due_time_has_passed() -> None:
    due = ENDED + 72 * HOUR
    assert not standing(interview(ENDED), now=due).overdue
    late = standing(interview(ENDED), now=due + TICK)
    assert late.overdue
    assert late.stage is Stage.DUE


def test_a_nudge_is_something_to_do_too() -> None:
    assert standing(applied(NOON - 10 * DAY), now=NOON).stage is Stage.DUE
    assert standing(applied(NOON - 10 * DAY), now=NOON - TICK).stage is Stage.APPLIED


def test_last_call_has_a_column_of_its_own() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY))
    called = standing(*events, now=ENDED + 21 * DAY)
    assert called.next is not None
    assert called.next.kind is StepKind.LAST_CALL
    assert called.stage is Stage.LAST_CALL


@pytest.mark.parametrize("days", [3, 22])
def test_a_snoozed_step_waits_until_the_snooze_is_over(days: int) -> None:
    now = ENDED + days * DAY
    events = (interview(ENDED), sent(ENDED + 2 * DAY)) if days > 20 else (interview(ENDED),)
    snoozed = (*events, snooze(now, now + DAY))
    assert standing(*snoozed, now=now).stage is Stage.WAITING
    assert standing(*snoozed, now=now).next is not None
    woken = Stage.LAST_CALL if days > 20 else Stage.DUE
    assert standing(*snoozed, now=now + DAY).stage is woken


def test_the_newest_snooze_counts() -> None:
    now = ENDED + 3 * DAY
    events = (interview(ENDED), snooze(now, now + 9 * DAY), snooze(now + HOUR, now + 2 * HOUR))
    assert standing(*events, now=now + 3 * HOUR).stage is Stage.DUE


def test_waiting_once_something_was_sent() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY))
    assert standing(*events, now=ENDED + 3 * DAY).stage is Stage.WAITING


def test_a_message_before_the_interview_does_not_keep_it_from_being_too_early() -> None:
    events = (sent(ENDED - 3 * DAY), interview(ENDED))
    assert standing(*events, now=ENDED + DAY).stage is Stage.COOLING


def test_a_message_that_failed_was_not_sent() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY, failed=True))
    assert standing(*events, now=ENDED + 3 * DAY).stage is Stage.DUE


def test_waiting_while_a_promise_is_pending_and_no_longer() -> None:
    event = promise(NOON, (NOON + 3 * DAY).date())
    over = event.over
    assert standing(event, now=NOON).stage is Stage.WAITING
    assert standing(event, now=over - TICK).stage is Stage.WAITING
    assert standing(event, now=over).stage is Stage.APPLIED


def test_gone_quiet_a_week_after_the_last_message_when_no_steps_remain() -> None:
    called = ENDED + 22 * DAY
    events = (interview(ENDED), sent(ENDED + 2 * DAY), sent(called, StepKind.LAST_CALL))
    fresh = standing(*events, now=called + 7 * DAY - TICK)
    assert fresh.stage is Stage.WAITING
    assert not fresh.quiet
    assert standing(*events, now=called + 7 * DAY).quiet


def test_waiting_with_a_step_ahead_is_not_quiet() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY))
    assert not standing(*events, now=ENDED + 9 * DAY - TICK).quiet


def test_the_rest_is_applied() -> None:
    assert standing(now=NOON).stage is Stage.APPLIED
    assert standing(applied(NOON), now=NOON).stage is Stage.APPLIED


def test_no_step_is_named_for_closed_and_replied_applications() -> None:
    assert standing(interview(ENDED), reply(ENDED + DAY), now=ENDED + 9 * DAY).next is None
    assert standing(interview(ENDED), outcome(ENDED + DAY), now=ENDED + 9 * DAY).next is None


def test_facts_after_the_clock_have_not_happened_yet() -> None:
    events = (interview(ENDED), reply(ENDED + 5 * DAY), outcome(ENDED + 6 * DAY))
    assert standing(*events, now=ENDED + 3 * DAY).stage is Stage.DUE
    assert standing(*events, now=ENDED + 5 * DAY).stage is Stage.REPLIED
    assert standing(*events, now=ENDED + 6 * DAY).stage is Stage.CLOSED


def test_a_fact_without_a_time_counts_from_the_start_of_its_day() -> None:
    from msgspec.structs import replace

    events = (interview(ENDED), replace(reply(NOON + 5 * DAY), date_only=True))
    midnight = NOON + 5 * DAY - 12 * HOUR
    assert standing(*events, now=midnight).stage is Stage.REPLIED
    assert standing(*events, now=midnight - TICK).stage is Stage.DUE
