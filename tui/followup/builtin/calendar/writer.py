"""Our own calendar: interviews, the steps that remain and promises (RFC 5545).

All are events, because many calendars show no tasks; only interviews take the user's time. A UID
stays with its fact or step for good, and every calendar is a newer version of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import BinaryIO

from icalendar import Alarm, Calendar, Event

from followup.api import (
    Application,
    Board,
    Card,
    Interview,
    Stage,
    Step,
    clean,
    clean_page,
    own_uid,
    spoken_day,
)
from followup.builtin.calendar.events import COMPANY, ROLE, WHERE

PRODUCT = "-//followup//followup//EN"
_STEP_LENGTH = timedelta(minutes=30)
_DAY = timedelta(days=1)
_BEFORE_INTERVIEW = timedelta(hours=-1)
_BEFORE_INTERVIEW_DAY = timedelta(hours=-12)  # at noon of the day before
_ON_DAY = timedelta(hours=9)
_AT_ONCE = timedelta()
_MINUTE = 60


def write(board: Board, stream: BinaryIO) -> None:
    """Write a calendar; its sequence numbers count minutes, so that later ones are newer."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for card in sorted(board.cards(), key=attrgetter("id")):
        for event in (*_interviews(card, board.now), *_steps(card), *_promise(card)):
            event.add("dtstamp", board.now)
            event.add("last-modified", board.now)
            event.add("sequence", max(0, int(board.now.timestamp()) // _MINUTE))
            calendar.add_component(event)
    stream.write(calendar.to_ical())


def _interviews(card: Card, now: datetime) -> Iterator[Event]:
    interviews = (fact for fact in card.application.events if isinstance(fact, Interview))
    for number, interview in enumerate(interviews, start=1):
        event = _event(card, own_uid(card.id, number), "Interview")
        event.add(COMPANY, clean(card.application.company))
        event.add(ROLE, clean(card.application.role))
        if interview.date_only:
            event.add("dtstart", interview.day)
            event.add("dtend", interview.day + _DAY)
        else:
            event.add("dtstart", interview.at)
            event.add("dtend", interview.ends)
        event.add("status", "CANCELLED" if interview.cancelled else "CONFIRMED")
        place = _place(card.application, interview)
        if place:
            event.add("location", place)
        if interview.text:
            event.add("description", clean_page(interview.text))
        if not interview.cancelled and interview.ends > now:
            _remind(event, _BEFORE_INTERVIEW_DAY if interview.date_only else _BEFORE_INTERVIEW)
        yield event


def _place(application: Application, interview: Interview) -> str:
    """Return where an interview is: what its invitation says, else where the job is."""
    lines = clean_page(interview.text).splitlines()
    said = (line.removeprefix(WHERE) for line in lines if line.startswith(WHERE))
    return clean(next(said, application.location))


def _steps(card: Card) -> Iterator[Event]:
    for step in card.standing.steps:
        event = _event(card, _uid(card, f"{step.kind}-{step.number}"), step.kind.label)
        opens = _opens(card, step)
        event.add("dtstart", opens)
        event.add("dtend", opens + _STEP_LENGTH)
        event.add("transp", "TRANSPARENT")
        event.add("description", clean_page(step.why))
        _remind(event, _AT_ONCE)
        yield event


def _opens(card: Card, step: Step) -> datetime:
    """Return when a step opens in UTC, at the end of a snooze where that is later."""
    snoozed_until = card.standing.snoozed_until
    return max(step.opens, snoozed_until) if snoozed_until else step.opens


def _promise(card: Card) -> Iterator[Event]:
    """Yield the day by which they said that they would decide, while that is open."""
    promise = card.standing.timeline.promise
    if promise and card.stage is not Stage.CLOSED:
        event = _event(card, _uid(card, "promise"), "Decision promised")
        event.add("dtstart", promise.by)
        event.add("dtend", promise.by + _DAY)
        event.add("transp", "TRANSPARENT")
        event.add("description", clean_page(promise.text) or f"said on {spoken_day(promise.day)}")
        _remind(event, _ON_DAY)
        yield event


def _event(card: Card, uid: str, what: str) -> Event:
    application = card.application
    event = Event()
    event.add("uid", uid)
    event.add("summary", clean(f"{what}: {application.company}, {application.role}"))
    if application.url:
        event.add("url", clean(application.url, 2000))
    return event


def _uid(card: Card, what: str) -> str:
    return f"application-{card.id}-{what}@followup"


def _remind(event: Event, after_start: timedelta) -> None:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", after_start)
    event.add_component(alarm)
