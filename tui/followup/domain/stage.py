"""Stages: where an application stands, derived and never stored (design, section 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from followup.domain import instants
from followup.domain.application import Application
from followup.domain.events import FollowUp
from followup.domain.step import Step, StepKind
from followup.domain.timeline import Timeline

QUIET_AFTER_DAYS = 7
_INSTANT = timedelta.resolution


class Stage(StrEnum):
    """The columns of the board, in the order of the journey."""

    APPLIED = "applied"
    INTERVIEW = "interview"
    COOLING = "cooling"
    DUE = "due"
    WAITING = "waiting"
    LAST_CALL = "last_call"
    REPLIED = "replied"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage as people read it."""
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.APPLIED: "Applied",
    Stage.INTERVIEW: "Interview",
    Stage.COOLING: "Too early",
    Stage.DUE: "Follow up",
    Stage.WAITING: "Waiting",
    Stage.LAST_CALL: "Last call",
    Stage.REPLIED: "Replied",
    Stage.CLOSED: "Closed",
}
ACTIONABLE = frozenset({Stage.DUE, Stage.LAST_CALL})


class Standing(Struct, frozen=True, kw_only=True):
    """Where an application stands at one moment.

    ``next`` is the first of the remaining ``steps``, open or not. ``overdue`` and ``quiet``
    are badges. ``changes_at`` is the next instant (UTC) at which the clock alone may change
    any of this, none where it never will.
    """

    stage: Stage
    timeline: Timeline
    steps: tuple[Step, ...] = ()
    next: Step | None = None
    overdue: bool = False
    quiet: bool = False
    snoozed_until: datetime | None = None
    changes_at: datetime | None = None

    def step_of(self, kind: StepKind | None) -> Step | None:
        """Return the remaining step of a kind, the next one where no kind is named.

        Naming a kind that the policy does not foresee does not make it one: what is meant
        for it counts as the next step then.
        """
        return next((step for step in self.steps if step.kind is kind), self.next)

    def sent_as(self, message: FollowUp) -> StepKind | None:
        """Return the kind of step that a message was which does not say: that of the next one.

        Before the day on which a last call opens a message is none, so it is still to come.
        """
        step = self.next
        if step is None or step.kind is not StepKind.LAST_CALL:
            return step.kind if step else None
        opens_on = instants.day_of(step.opens, message.zone)
        return step.kind if opens_on <= message.day else None


def stand(
    application: Application, foresee: Callable[[Timeline], Sequence[Step]], now: datetime
) -> Standing:
    """Derive where an application stands at ``now``.

    ``foresee`` is a policy, bound to its settings and zone. It is not asked of applications
    that are closed or answered: no step remains for them (design, section 7).
    """
    timeline = Timeline.at(application.events, now)
    snooze = timeline.snooze
    snoozed_until = snooze.until if snooze and snooze.until > now else None
    is_over = timeline.outcome is not None or timeline.answered
    foreseen = () if is_over else foresee(timeline)
    steps = tuple(step for step in foreseen if step.lapses is None or now < step.lapses)
    step = steps[0] if steps else None
    stage = _stage(timeline, step, snoozed_until, now)
    quiet_from = _quiet_from(timeline) if stage is Stage.WAITING and not step else None
    return Standing(
        stage=stage,
        timeline=timeline,
        steps=steps,
        next=step,
        overdue=stage in ACTIONABLE and step is not None and step.due < now,
        quiet=quiet_from is not None and quiet_from <= now,
        snoozed_until=snoozed_until,
        changes_at=_changes_at(application, timeline, steps, snoozed_until, quiet_from, now),
    )


def _stage(
    timeline: Timeline, step: Step | None, snoozed_until: datetime | None, now: datetime
) -> Stage:
    """Derive the stage; the first match wins (design, section 2)."""
    interview = timeline.interview
    promise = timeline.promise
    is_open = step is not None and step.opens <= now
    if timeline.outcome:
        return Stage.CLOSED
    if interview and interview.ends > now:
        return Stage.INTERVIEW
    if timeline.answered:
        return Stage.REPLIED
    if step and is_open and not snoozed_until:
        return Stage.LAST_CALL if step.kind is StepKind.LAST_CALL else Stage.DUE
    if interview and step and not is_open and not timeline.sent_since(interview.ends):
        return Stage.COOLING
    if timeline.sent or (promise and now < promise.over) or snoozed_until:
        return Stage.WAITING
    return Stage.APPLIED


def _quiet_from(timeline: Timeline) -> datetime | None:
    """Return when a week without an answer to the last message has passed, in UTC."""
    if not timeline.last_sent:
        return None
    waited_for = timeline.last_sent.at
    if timeline.promise:
        waited_for = max(waited_for, timeline.promise.over)
    return instants.after(waited_for, days=QUIET_AFTER_DAYS)


def _changes_at(
    application: Application,
    timeline: Timeline,
    steps: tuple[Step, ...],
    snoozed_until: datetime | None,
    quiet_from: datetime | None,
    now: datetime,
) -> datetime | None:
    """Return the next instant at which the clock alone may change the standing, in UTC."""
    # What has a later instant may count from the start of its day; the rest counts already.
    moments = [event.known_from for event in application.events if event.at > now]
    for step in steps:
        # A step is overdue once its due instant has passed, not at that instant.
        moments += (step.opens, step.due + _INSTANT, step.lapses or now)
    if timeline.interview:
        moments.append(timeline.interview.ends)
    if timeline.promise:
        moments.append(timeline.promise.over)
    moments += (snoozed_until or now, quiet_from or now)
    return min([moment for moment in moments if moment > now], default=None)
