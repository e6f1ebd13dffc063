"""Applications, events and messages for tests, in as few words as possible.

Instants are aware, in UTC; ``zone`` is the IANA name of the zone that the user was in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from followup.api import (
    AnyEvent,
    Application,
    Applied,
    Card,
    Contact,
    FollowUp,
    Interview,
    Message,
    Note,
    Outcome,
    OutcomeKind,
    Promise,
    Reopen,
    Reply,
    Snooze,
    StepKind,
    Timeline,
)
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.stage import stand

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""The present of tests: a Tuesday."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

_FAR = datetime(2199, 1, 1, tzinfo=UTC)


def contact(**fields: str) -> Contact:
    """Return somebody who can be reached in every way, but for the fields that are given."""
    usual = {
        "name": "Dana Lee",
        "email": "dana@globex.example",
        "phone": "+49 171 1234567",
        "linkedin": "https://www.linkedin.com/in/dana-lee",
    }
    return Contact(**{**usual, **fields})


def application(*events: AnyEvent, company: str = "Globex", **fields: Any) -> Application:
    """Return an application with these events, and the fields that are given."""
    usual = {"role": "Backend Engineer", "contacts": (contact(),)}
    return Application(company=company, events=events, **{**usual, **fields})


def timeline(*events: AnyEvent, now: datetime = _FAR) -> Timeline:
    """Return the timeline of these events, as a policy is handed it at ``now``."""
    return Timeline.at(events, now)


def card(*events: AnyEvent, now: datetime = NOW, zone: str = "UTC", **fields: Any) -> Card:
    """Return the card of an application with these events, as it stands under ``patient``."""
    foresee = partial(Patient().steps, settings=PatientSettings(), zone=zone)
    pursued = application(*events, **{"id": 1, **fields})
    return Card(pursued, stand(pursued, foresee, now))


def message(body: str = "Is there any news?", subject: str = "The role") -> Message:
    """Return a message in English."""
    return Message(subject=subject, body=body)


def applied(at: datetime, zone: str = "UTC") -> Applied:
    """Return that the application was sent."""
    return Applied(at=at, zone=zone)


def interview(ends: datetime, zone: str = "UTC", *, cancelled: bool = False) -> Interview:
    """Return an interview of one hour: what counts is when it ends."""
    return Interview(at=ends - HOUR, ends=ends, zone=zone, cancelled=cancelled)


def follow_up(
    at: datetime, step: StepKind | None = None, zone: str = "UTC", *, failed: bool = False
) -> FollowUp:
    """Return a message that was sent by e-mail."""
    return FollowUp(at=at, zone=zone, step=step, channel="email", failed=failed)


def reply(at: datetime, zone: str = "UTC") -> Reply:
    """Return that they answered."""
    return Reply(at=at, zone=zone)


def promise(at: datetime, by: date, zone: str = "UTC") -> Promise:
    """Return that they promised, at an instant, to decide by a day."""
    return Promise(at=at, by=by, zone=zone)


def snooze(at: datetime, until: datetime, zone: str = "UTC") -> Snooze:
    """Return that the user does not want to be asked before an instant."""
    return Snooze(at=at, until=until, zone=zone)


def outcome(at: datetime, result: OutcomeKind = OutcomeKind.REJECTED, zone: str = "UTC") -> Outcome:
    """Return how it ended."""
    return Outcome(at=at, result=result, zone=zone)


def reopen(at: datetime, zone: str = "UTC") -> Reopen:
    """Return that it goes on after all."""
    return Reopen(at=at, zone=zone)


def note(at: datetime, text: str = "They use Rust.", zone: str = "UTC") -> Note:
    """Return something worth remembering."""
    return Note(at=at, text=text, zone=zone)
