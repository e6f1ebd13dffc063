"""What ``patient`` foresees, counted in working days and opened within office hours."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from followup.api import (
    Applied,
    FollowUp,
    Interview,
    Promise,
    Pursuit,
    Step,
    StepKind,
    Timeline,
    after,
    spoken,
    spoken_day,
    told_anchor,
)
from followup_business_days.office import Office
from followup_business_days.reckoning import Opening, Reckoner
from followup_business_days.settings import BusinessDaysSettings


class BusinessDays:
    """Follow up after 2 working days, check in twice, and call last after 15 of them."""

    name = "business-days"
    title = "Business days: patient, in working days and office hours"
    settings_type = BusinessDaysSettings

    def steps(
        self, timeline: Timeline, settings: BusinessDaysSettings, zone: str
    ) -> Sequence[Step]:
        """Return the steps that remain, the next one first."""
        if timeline.answered:
            return []
        reckoner = Reckoner(office=Office.of(settings, zone), zone=zone)
        plan = _Plan(settings=settings, reckoner=reckoner)
        pursuit = Pursuit.of(timeline)
        if pursuit:
            return plan.pursue(pursuit, timeline)
        if timeline.interview:
            return [plan.follow_up(timeline.interview)]
        if timeline.applied and not timeline.sent:
            return [plan.nudge(timeline.applied)]
        return []


class _Plan(Struct, frozen=True, kw_only=True):
    """The steps that the settings ask for, one method each."""

    settings: BusinessDaysSettings
    reckoner: Reckoner

    def nudge(self, applied: Applied) -> Step:
        opening = self._counted(self.settings.nudge_after_working_days, applied)
        return self._step(StepKind.NUDGE, opening)

    def follow_up(self, interview: Interview) -> Step:
        hours = self.settings.follow_up_after_hours
        opening = self._counted(self.settings.follow_up_after_working_days, interview)
        earliest = after(interview.ends, hours=hours)
        opening = self.reckoner.held(opening, earliest, f"the first {hours:g} h")
        return self._step(StepKind.FOLLOW_UP, opening)

    def pursue(self, pursuit: Pursuit, timeline: Timeline) -> list[Step]:
        """Return the check-in and the last call that remain after the first message."""
        if pursuit.has_called_last:
            return []
        check_in = self._check_in(pursuit, timeline.promise)
        last_call = self._last_call(timeline)
        if not check_in or not last_call:
            return [step for step in (check_in, last_call) if step]
        if check_in.opens >= last_call.opens:
            return [last_call]
        # A check-in that was not sent gives way when the last call opens.
        return [replace(check_in, lapses=last_call.opens), last_call]

    def _check_in(self, pursuit: Pursuit, promise: Promise | None) -> Step | None:
        settings = self.settings
        if pursuit.check_ins >= settings.check_ins:
            return None
        opening = self._counted(settings.check_in_after_working_days, pursuit.anchor)
        if promise:
            promised = f"the promised {spoken_day(promise.by)}"
            opening = self.reckoner.held(opening, promise.over, promised)
        step = self._step(StepKind.CHECK_IN, opening)
        return replace(step, number=pursuit.check_ins + 1, of=settings.check_ins)

    def _last_call(self, timeline: Timeline) -> Step | None:
        """Return the last call; there is none before something was sent since the interview."""
        interview, promise, settings = timeline.interview, timeline.promise, self.settings
        if not interview or not timeline.sent_since(interview.ends):
            return None
        count = self.reckoner.counted
        opening = self._counted(settings.last_call_after_working_days, interview)
        newest = max(fact.at for fact in (timeline.last_sent, timeline.reply) if fact)
        told = f"the newest message {spoken(newest, self.reckoner.zone)}"
        opening = opening.moved_to(count(settings.last_call_gap_working_days, newest, told))
        if promise:
            told = f"the promised {spoken_day(promise.by)}"
            grace = settings.last_call_working_days_after_promise
            opening = opening.moved_to(count(grace, promise.over, told))
        step = self._step(StepKind.LAST_CALL, opening)
        due_after = settings.last_call_due_after_working_days
        return replace(
            step, due=max(step.due, self.reckoner.office.after(interview.ends, due_after))
        )

    def _counted(
        self, working_days: int, anchor: Applied | Interview | FollowUp | Promise
    ) -> Opening:
        # The moment of an interview is its end, that of any other fact its instant.
        told = told_anchor(anchor, self.reckoner.zone)
        return self.reckoner.counted(working_days, anchor.moment, told)

    def _step(self, kind: StepKind, opening: Opening) -> Step:
        due = self.reckoner.office.after(opening.at, self.settings.due_after_working_days)
        return Step(kind=kind, opens=opening.at, due=due, why=opening.why)
