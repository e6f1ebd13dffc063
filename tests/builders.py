"""Applications, events and clocks for tests, in as few words as possible."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from followup.builtin.patient import Patient, PatientSettings
from followup.domain.application import Application, Contact
from followup.domain.events import AnyEvent
from followup.domain.stage import Standing, stand
from followup.testing import (
    DAY,
    HOUR,
    HandClock,
    applied,
    interview,
    outcome,
    promise,
    reopen,
    reply,
    snooze,
)
from followup.testing import NOW as NOON
from followup.testing import follow_up as sent

__all__ = [
    "DANA",
    "DAY",
    "HOUR",
    "NOON",
    "HandClock",
    "application",
    "applied",
    "interview",
    "outcome",
    "promise",
    "reopen",
    "reply",
    "sent",
    "snooze",
    "standing",
]

DANA = Contact(name="Dana Lee", email="dana@globex.example")


def application(*events: AnyEvent, company: str = "Globex", **fields: object) -> Application:
    """An application with these events."""
    given = {"role": "Backend Engineer", "contacts": (DANA,), **fields}
    return Application(company=company, events=events, **given)  # type: ignore[arg-type]


def standing(*events: AnyEvent, now: datetime, zone: str = "UTC") -> Standing:
    """Where an application with these events stands under ``patient``."""
    foresee = partial(Patient().steps, settings=PatientSettings(), zone=zone)
    return stand(application(*events), foresee, now)
