"""What is to be sent, and when, by the convention that says thank you first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from followup.api import (
    Applied,
    Interview,
    Promise,
    Pursuit,
    Settings,
    Step,
    StepKind,
    Timeline,
    after,
    day_of,
    spoken_day,
    told_anchor,
)
from followup_thanks_24h.weekdays import counted_from, weekdays_after

Count = Annotated[int, Meta(ge=0, le=100)]
Length = Annotated[float, Meta(ge=0, le=10_000)]


class ThanksSettings(Settings, frozen=True, kw_only=True):
    """The durations of ``thanks-24h``, in the units that their names say."""

    nudge_after_days: Length = 10
    thank_you_due_after_hours: Length = 24
    check_in_after_working_days: Count = 5
    check_in_again_after_days: Length = 7
    check_ins: Count = 2
    due_after_hours: Length = 24


class Thanks:
    """Say thank you within a day, check in after a working week and again a week later."""

    name = "thanks-24h"
    title = "Thanks: within 24 h, two check-ins, no last call"
    settings_type = ThanksSettings

    def steps(self, timeline: Timeline, settings: ThanksSettings, zone: str) -> Sequence[Step]:
        """Return the step that remains, if one does; working days are those of ``zone``."""
        if timeline.answered:
            return []
        pursuit = Pursuit.of(timeline)
        if pursuit:
            if pursuit.has_called_last or pursuit.check_ins >= settings.check_ins:
                return []
            return [_check_in(pursuit, timeline.promise, settings, zone)]
        if timeline.interview:
            return [_thank_you(timeline.interview, settings, zone)]
        if timeline.applied and not timeline.sent:
            return [_nudge(timeline.applied, settings, zone)]
        return []


def _nudge(applied: Applied, settings: ThanksSettings, zone: str) -> Step:
    opens = after(applied.at, days=settings.nudge_after_days)
    return Step(
        kind=StepKind.NUDGE,
        opens=opens,
        due=after(opens, hours=settings.due_after_hours),
        why=f"{settings.nudge_after_days:g} days after {told_anchor(applied, zone)}",
    )


def _thank_you(interview: Interview, settings: ThanksSettings, zone: str) -> Step:
    return Step(
        kind=StepKind.THANK_YOU,
        opens=interview.ends,
        due=after(interview.ends, hours=settings.thank_you_due_after_hours),
        why=f"right after {told_anchor(interview, zone)}",
    )


def _check_in(
    pursuit: Pursuit, promise: Promise | None, settings: ThanksSettings, zone: str
) -> Step:
    opens, why = _counted(pursuit, settings, zone)
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


def _counted(pursuit: Pursuit, settings: ThanksSettings, zone: str) -> tuple[datetime, str]:
    """Return when the next check-in opens, promises aside, and why."""
    anchor = told_anchor(pursuit.anchor, zone)
    if pursuit.check_ins:
        days = settings.check_in_again_after_days
        return after(pursuit.anchor.at, days=days), f"{days:g} days after {anchor}"
    start = counted_from(pursuit.anchor.at, zone)
    opens = weekdays_after(start, settings.check_in_after_working_days, zone)
    why = f"{settings.check_in_after_working_days} working days after {anchor}"
    if start != pursuit.anchor.at:
        why += f", counted from {spoken_day(day_of(start, zone))}"
    return opens, why
