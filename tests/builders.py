"""Applications, events and clocks for tests, in as few words as possible."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from followup.builtin.patient import Patient, PatientSettings
from followup.domain.application import Application, Contact
from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Outcome,
    OutcomeKind,
    Promise,
    Reopen,
    Reply,
    Snooze,
)
from followup.domain.stage import Standing, stand
from followup.domain.step import StepKind

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DANA = Contact(name="Dana Lee", email="dana@globex.example")


def application(*events: AnyEvent, company: str = "Globex", **fields: object) -> Application:
    """An application with these events."""
    given = {"role": "Backend Engineer", "contacts": (DANA,), **fields}
    return Application(company=company, events=events, **given)  # type: ignore[arg-type]


def applied(at: datetime) -> Applied:
    return Applied(at=at)


def interview(ends: datetime, *, cancelled: bool = False, zone: str = "UTC") -> Interview:
    """An interview of one hour."""
    return Interview(at=ends - HOUR, ends=ends, cancelled=cancelled, zone=zone)


def sent(at: datetime, step: StepKind | None = None, *, failed: bool = False) -> FollowUp:
    return FollowUp(at=at, step=step, channel="email", failed=failed)


def reply(at: datetime) -> Reply:
    return Reply(at=at)


def promise(at: datetime, by: date, zone: str = "UTC") -> Promise:
    return Promise(at=at, by=by, zone=zone)


def snooze(at: datetime, until: datetime) -> Snooze:
    return Snooze(at=at, until=until)


def outcome(at: datetime, result: OutcomeKind = OutcomeKind.REJECTED) -> Outcome:
    return Outcome(at=at, result=result)


def reopen(at: datetime) -> Reopen:
    return Reopen(at=at)


def standing(*events: AnyEvent, now: datetime, zone: str = "UTC") -> Standing:
    """Where an application with these events stands under ``patient``."""
    foresee = partial(Patient().steps, settings=PatientSettings(), zone=zone)
    return stand(application(*events), foresee, now)


class HandClock:
    """A clock that stands until a test moves it."""

    def __init__(self, instant: datetime = NOON, zone: str = "UTC") -> None:
        self.instant = instant
        self.zone = zone

    def now(self) -> datetime:
        return self.instant

    def advance(self, length: timedelta) -> None:
        self.instant += length
