"""Moments as people give them, turned into facts for a timeline (design, section 3).

A day without a time counts so that nothing is ever too early.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeVar

from followup.domain import instants
from followup.domain.errors import InputError
from followup.domain.events import AnyEvent, Interview, Promise, Snooze
from followup.domain.when import When

USUAL_LENGTH = timedelta(hours=1)  # of an interview of which only one end is known

Fact = TypeVar("Fact", bound=AnyEvent)


def beginning(when: When, zone: str) -> datetime:
    """Return the moment in UTC, the start of the day where no time of day is known.

    That is how a date reads as the clock (``--at``) and as the end of a snooze.
    """
    return instants.start_of_day(when.day, zone) if when.date_only else when.instant


def at_fact(kind: type[Fact], when: When, zone: str, **details: Any) -> Fact:
    """Return a fact that happened then, with the fields that its kind has beside."""
    return kind(at=when.instant, zone=zone, date_only=when.date_only, **details)


def interview(starts: When, ends: When | None, zone: str, text: str = "") -> Interview:
    """Return an interview; without a known end it takes an hour.

    On a date alone it is taken to end at 18:00 in the user's zone. Raises ``InputError``
    for an end without a time of day.
    """
    if ends and ends.date_only:
        raise InputError("the end of an interview needs a time: write it like 2026-03-04 16:00")
    if ends:
        at = ends.instant - USUAL_LENGTH if starts.date_only else starts.instant
        return Interview(at=at, ends=ends.instant, zone=zone, text=text)
    if starts.date_only:
        over = instants.at_time(starts.day, instants.END_OF_INTERVIEW_DAY, zone)
        return Interview(at=over - USUAL_LENGTH, ends=over, zone=zone, date_only=True, text=text)
    over = starts.instant + USUAL_LENGTH
    return Interview(at=starts.instant, ends=over, zone=zone, text=text)


def promise(by: When, when: When, zone: str, text: str = "") -> Promise:
    """Return a promise, made at a moment, to decide by a day; its time of day is let go."""
    return at_fact(Promise, when, zone, by=by.day, text=text)


def snooze(until: When, when: When, zone: str, text: str = "") -> Snooze:
    """Return a snooze until a time, or until the start of a day."""
    return at_fact(Snooze, when, zone, until=beginning(until, zone), text=text)
