"""The default policy, ``patient``: two days, a week, three weeks (design, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from followup.api import (
    Interview,
    Pursuit,
    Settings,
    Step,
    StepKind,
    Timeline,
    after,
    hookimpl,
    spoken,
    spoken_day,
    told_anchor,
)

Span = Annotated[float, Meta(ge=0, le=10_000)]  # never negative, never beyond the calendar
Count = Annotated[int, Meta(ge=0, le=100)]


class PatientSettings(Settings, frozen=True, kw_only=True):
    """The durations of ``patient``, in the units that their names say."""

    nudge_after_days: Span = 10
    follow_up_after_hours: Span = 48
    check_in_after_days: Span = 7
    check_ins: Count = 2
    last_call_after_days: Span = 21
    last_call_gap_hours: Span = 48
    last_call_due_after_days: Span = 28
    last_call_days_after_promise: Span = 7
    due_after_hours: Span = 24


class Patient:
    """Follow up 48 hours after the interview, check in twice, and call last after 3 weeks."""

    name = "patient"
    title = "Patient: 48 h, then weekly, a last call after 3 weeks"
    settings_type = PatientSettings

    def steps(self, timeline: Timeline, settings: PatientSettings, zone: str) -> Sequence[Step]:
        """Return the steps that remain, the next one first (design, section 3)."""
        if timeline.answered:
            return []
        pursuit = Pursuit.of(timeline)
        if pursuit:
            return _pursue(pursuit, timeline, settings, zone)
        if timeline.interview:
            return [_follow_up(timeline.interview, settings, zone)]
        return _nudge(timeline, settings, zone)


def _pursue(
    pursuit: Pursuit, timeline: Timeline, settings: PatientSettings, zone: str
) -> list[Step]:
    """Return the check-in and the last call that remain after the first message."""
    if pursuit.has_called_last:
        return []
    last_call = _last_call(timeline, settings, zone)
    check_in = _check_in(pursuit, timeline, settings, zone)
    if check_in and last_call:
        # An unsent check-in gives way when the last call opens.
        if check_in.opens >= last_call.opens:
            return [last_call]
        return [replace(check_in, lapses=last_call.opens), last_call]
    return [step for step in (check_in, last_call) if step]


def _nudge(timeline: Timeline, settings: PatientSettings, zone: str) -> list[Step]:
    if not timeline.applied or timeline.sent:
        return []
    applied = timeline.applied
    opens = after(applied.at, days=settings.nudge_after_days)
    why = f"{settings.nudge_after_days:g} days after {told_anchor(applied, zone)}"
    return [_step(StepKind.NUDGE, opens, why, settings)]


def _follow_up(interview: Interview, settings: PatientSettings, zone: str) -> Step:
    opens = after(interview.ends, hours=settings.follow_up_after_hours)
    why = f"{settings.follow_up_after_hours:g} h after {told_anchor(interview, zone)}"
    return _step(StepKind.FOLLOW_UP, opens, why, settings)


def _check_in(
    pursuit: Pursuit, timeline: Timeline, settings: PatientSettings, zone: str
) -> Step | None:
    if pursuit.check_ins >= settings.check_ins:
        return None
    opens = after(pursuit.anchor.at, days=settings.check_in_after_days)
    why = f"{settings.check_in_after_days:g} days after {told_anchor(pursuit.anchor, zone)}"
    promise = timeline.promise
    if promise and promise.over > opens:
        opens = promise.over
        why += f", moved to the day after the promised {spoken_day(promise.by)}"
    return Step(
        kind=StepKind.CHECK_IN,
        opens=opens,
        due=after(opens, hours=settings.due_after_hours),
        why=why,
        number=pursuit.check_ins + 1,
        of=settings.check_ins,
    )


def _last_call(timeline: Timeline, settings: PatientSettings, zone: str) -> Step | None:
    interview = timeline.interview
    if not interview or not timeline.sent_since(interview.ends):
        return None
    newest = max(fact.at for fact in (timeline.last_sent, timeline.reply) if fact)
    opens = after(interview.ends, days=settings.last_call_after_days)
    why = f"{settings.last_call_after_days:g} days after {told_anchor(interview, zone)}"
    gap_ends = after(newest, hours=settings.last_call_gap_hours)
    if gap_ends > opens:
        opens = gap_ends
        why += f", moved to {settings.last_call_gap_hours:g} h after {spoken(newest, zone)}"
    promise = timeline.promise
    if promise:
        grace_ends = after(promise.over, days=settings.last_call_days_after_promise)
        if grace_ends > opens:
            opens = grace_ends
            why += (
                f", moved to {settings.last_call_days_after_promise:g} days"
                f" after the promised {spoken_day(promise.by)}"
            )
    due = max(
        after(opens, hours=settings.due_after_hours),
        after(interview.ends, days=settings.last_call_due_after_days),
    )
    return Step(kind=StepKind.LAST_CALL, opens=opens, due=due, why=why)


def _step(kind: StepKind, opens: datetime, why: str, settings: PatientSettings) -> Step:
    due = after(opens, hours=settings.due_after_hours)
    return Step(kind=kind, opens=opens, due=due, why=why)


@hookimpl
def register_policies() -> list[Patient]:
    """Add ``patient`` to the policies."""
    return [Patient()]
