"""Events as people tell them: on timelines, and in the reasons for a date."""

from __future__ import annotations

from datetime import datetime

from followup.domain import instants
from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Outcome,
    Promise,
    Reopen,
    Reply,
    Snooze,
)


def told_day(event: AnyEvent, zone: str) -> str:
    """Return when an event was: ``Tue 17 Nov 2026 15:00``, without a time that is not known."""
    if event.date_only:
        return f"{instants.spoken_day(event.day)} {event.day.year}"
    return told_moment(event.at, zone)


def told_moment(instant: datetime, zone: str) -> str:
    """Return an instant with its year, as the clocks of ``zone`` show it."""
    day = instants.day_of(instant, zone)
    return f"{instants.spoken_day(day)} {day.year} {instants.spoken(instant, zone)[-5:]}"


def told(event: AnyEvent, zone: str) -> str:
    """Return what an event was: ``interview until 16:00``; its text is left to the caller."""
    match event:
        case Interview(cancelled=True):
            return "interview, cancelled"
        case Interview(date_only=False):
            return f"interview until {instants.spoken(event.ends, zone)[-5:]}"
        case Promise():
            return f"they promised to decide by {instants.spoken_day(event.by)}"
        case FollowUp():
            return _told_message(event)
        case Snooze():
            return f"snoozed until {instants.spoken(event.until, zone)}"
        case Outcome():
            return f"outcome: {event.result}"
        case Reply():
            return "they answered"
        case Reopen():
            return "reopened"
        case _:
            return event.name


def told_anchor(event: Applied | Interview | FollowUp | Promise, zone: str) -> str:
    """Return a fact as the reason for a date: ``your interview ended Tue 17 Nov 16:00``."""
    if isinstance(event, Interview) and not event.date_only:
        return f"your interview ended {instants.spoken(event.ends, zone)}"
    when = instants.spoken_day(event.day) if event.date_only else instants.spoken(event.at, zone)
    match event:
        case Interview():
            return f"your interview {when}, taken to end at {instants.END_OF_INTERVIEW_DAY:%H:%M}"
        case Applied():
            return f"you applied {when}"
        case FollowUp():
            return f"your last message {when}"
        case Promise():
            return f"they promised an answer {when}"


def _told_message(event: FollowUp) -> str:
    what = event.step.label.lower() if event.step else "message"
    way = f" by {event.channel}" if event.channel else ""
    fate = "did not get through" if event.failed else "sent"
    why = f", although it was advised against: {event.override}" if event.override else ""
    return f"{what} {fate}{way}{why}"
