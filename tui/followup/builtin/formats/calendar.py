"""iCalendar: interviews and the steps that remain (RFC 5545), through ``icalendar``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import BinaryIO

from icalendar import Calendar, Event

from followup.api import Board, Card, Interview, Step, clean, clean_page

_PRODUCT = "-//followup//followup//EN"
_STEP_LENGTH = timedelta(minutes=30)


def write(board: Board, stream: BinaryIO) -> None:
    """Write a calendar; what it calls an event keeps its UID for good (section 3.8.4.7)."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for card in sorted(board.cards(), key=attrgetter("id")):
        for event in (*_interviews(card), *_steps(card)):
            event.add("dtstamp", board.now)
            calendar.add_component(event)
    stream.write(calendar.to_ical())


def _interviews(card: Card) -> Iterator[Event]:
    interviews = (fact for fact in card.application.events if isinstance(fact, Interview))
    for number, interview in enumerate(interviews, start=1):
        event = _event(card, f"interview-{number}", "Interview")
        if interview.date_only:
            event.add("dtstart", interview.day)
            event.add("dtend", interview.day + timedelta(days=1))
        else:
            event.add("dtstart", interview.at)
            event.add("dtend", interview.ends)
        event.add("status", "CANCELLED" if interview.cancelled else "CONFIRMED")
        if card.application.location:
            event.add("location", clean(card.application.location))
        if interview.text:
            event.add("description", clean_page(interview.text))
        yield event


def _steps(card: Card) -> Iterator[Event]:
    for step in card.standing.steps:
        event = _event(card, f"{step.kind}-{step.number}", step.kind.label)
        opens = _opens(card, step)
        event.add("dtstart", opens)
        event.add("dtend", opens + _STEP_LENGTH)
        event.add("transp", "TRANSPARENT")
        event.add("description", clean_page(step.why))
        yield event


def _opens(card: Card, step: Step) -> datetime:
    """Return when a step opens in UTC, at the end of a snooze where that is later."""
    snoozed_until = card.standing.snoozed_until
    return max(step.opens, snoozed_until) if snoozed_until else step.opens


def _event(card: Card, uid: str, what: str) -> Event:
    application = card.application
    event = Event()
    event.add("uid", f"application-{card.id}-{uid}@followup")
    event.add("summary", clean(f"{what}: {application.company}, {application.role}"))
    if application.url:
        event.add("url", clean(application.url, 2000))
    return event
