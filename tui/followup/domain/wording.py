"""The words on a card: the one line that matters now, and spans of time as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta

from followup.domain import instants
from followup.domain.board import Card
from followup.domain.stage import Stage, Standing
from followup.domain.step import Step

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def span(length: timedelta) -> str:
    """Return a length of time in its one telling unit: ``45 min``, ``31 h``, ``4 d``.

    Hours count up to two days, because the first follow-up is a matter of 48 of them.
    """
    length = abs(length)
    if length < _HOUR:
        return f"{max(1, -(-length // _MINUTE))} min"
    if length <= 2 * _DAY:
        return f"{-(-length // _HOUR)} h"
    return f"{-(-length // _DAY)} d"


def fact(card: Card, now: datetime, zone: str) -> str:
    """Return the one fact about a card that matters at ``now``, in the days of ``zone``."""
    standing = card.standing
    timeline = standing.timeline
    match card.stage:
        case Stage.CLOSED if timeline.outcome:
            return f"{timeline.outcome.result} {instants.spoken_day(timeline.outcome.day)}"
        case Stage.INTERVIEW if timeline.interview:
            return _interview(standing, now, zone)
        case Stage.REPLIED if timeline.reply:
            return f"answered {instants.spoken_day(instants.day_of(timeline.reply.at, zone))}"
        case Stage.DUE | Stage.LAST_CALL if standing.next:
            return _to_do(standing, standing.next, now, zone)
        case _:
            return _ahead(standing, now, zone)


def _interview(standing: Standing, now: datetime, zone: str) -> str:
    interview = standing.timeline.interview
    assert interview is not None
    if interview.date_only:
        return instants.spoken_day(interview.day)
    if interview.at <= now:
        return "running now"
    return f"{instants.spoken(interview.at, zone)}, in {span(interview.at - now)}"


def _to_do(standing: Standing, step: Step, now: datetime, zone: str) -> str:
    if standing.overdue:
        return f"{span(now - step.due)} overdue"
    what = "" if step.of == 1 else f"{step.kind.label.lower()} {step.number} of {step.of}, "
    if instants.day_of(step.opens, zone) == instants.day_of(now, zone):
        return f"{what}open since {instants.spoken(step.opens, zone)[-5:]}"
    return f"{what}due in {span(step.due - now)}"


def _ahead(standing: Standing, now: datetime, zone: str) -> str:
    timeline = standing.timeline
    if standing.snoozed_until:
        return f"snoozed until {instants.spoken_day(instants.day_of(standing.snoozed_until, zone))}"
    if standing.quiet and timeline.last_sent:
        return f"gone quiet {span(now - timeline.last_sent.at)}"
    if timeline.promise and now < timeline.promise.over:
        return f"they decide {instants.spoken_day(timeline.promise.by)}"
    if standing.next:
        word = {Stage.COOLING: "opens", Stage.APPLIED: "nudge"}.get(standing.stage, "next")
        return f"{word} in {span(standing.next.opens - now)}"
    if timeline.last_sent:
        return f"last sent {instants.spoken_day(instants.day_of(timeline.last_sent.at, zone))}"
    return "nothing planned"
