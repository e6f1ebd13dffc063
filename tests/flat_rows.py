"""Applications whose every fact fits into a flat row, with texts of every kind, for Hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from builders import HOUR
from exports import HOSTILE, NOW
from followup.api import END_OF_INTERVIEW_DAY, NOON, after, at_time
from followup.domain.application import Application, Contact
from followup.domain.errors import InputError
from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Promise,
    Reopen,
    Reply,
    Snooze,
)
from followup.domain.exchange import UNDATED
from followup.domain.hygiene import checked_application
from followup.domain.step import StepKind

_SPECIAL = [HOSTILE, "=1+1", "'=1", "+49 30", "-", "＝1", "＠x", "'", "N/A", "none", "Total", '"']
texts = st.text(max_size=6) | st.sampled_from(_SPECIAL) | st.text("a,;|\t\n'=\"", max_size=5)
names = texts.map(lambda text: text or "x")
moments = st.integers(-60 * 24 * 60, 30 * 24 * 60).map(lambda minutes: NOW + minutes * HOUR / 60)
days = st.integers(-60, 30).map(lambda number: (NOW + timedelta(number)).date())
spans = st.integers(1, 72 * 60).map(lambda minutes: minutes * HOUR / 60)
steps = st.none() | st.sampled_from(StepKind)

_CONTACT = st.builds(
    Contact,
    name=names,
    email=st.sampled_from(["", "dana@globex.example", "d@x", "=d@globex.example"]),
    phone=st.sampled_from(["", "+49 30 1234567", "call me"]),
    linkedin=st.sampled_from(["", "https://www.linkedin.com/in/dana?a=1&b=2"]),
)


def _timed(kind: Callable[..., AnyEvent], zone: str, **more: object) -> st.SearchStrategy[AnyEvent]:
    """Facts of a kind at some time, and on a day without one."""
    noons = days.map(lambda day: at_time(day, NOON, zone))
    details = {name: st.just(value) for name, value in more.items()}
    return st.builds(kind, at=moments, zone=st.just(zone), **details) | st.builds(
        kind, at=noons, zone=st.just(zone), date_only=st.just(True), **details
    )


def _whole_days(zone: str) -> st.SearchStrategy[Interview]:
    def build(day: date, further: int) -> Interview:
        starts = after(at_time(day, END_OF_INTERVIEW_DAY, zone), hours=-1)
        ends = at_time(day + timedelta(further), END_OF_INTERVIEW_DAY, zone)
        return Interview(at=starts, ends=ends, zone=zone, date_only=True)

    return st.builds(build, days, st.integers(0, 2))


def facts(zone: str) -> st.SearchStrategy[AnyEvent]:
    """Facts of every kind, dated as the program dates them, with all that may be left out."""

    def interview(at: datetime, span: timedelta, cancelled: bool) -> Interview:
        return Interview(at=at, ends=at + span, zone=zone, cancelled=cancelled)

    return st.one_of(
        _timed(Applied, zone),
        st.builds(interview, moments, spans | st.just(HOUR), st.booleans()),
        _whole_days(zone),
        steps.flatmap(lambda step: _timed(FollowUp, zone, step=step)),
        _timed(FollowUp, zone, failed=True, text="bounced", message_id="<1@x>"),
        days.flatmap(lambda day: _timed(Promise, zone, by=day)),
        _timed(Reply, zone, text="hello"),
        st.builds(lambda at, span: Snooze(at=at, until=at + span), moments, spans),
        st.sampled_from(OutcomeKind).flatmap(lambda kind: _timed(Outcome, zone, result=kind)),
        st.builds(Outcome, at=moments, result=st.sampled_from(OutcomeKind), text=st.just(UNDATED)),
        _timed(Reopen, zone),
        _timed(Note, zone, text="remember"),
    )


def sheets(zone: str) -> st.SearchStrategy[list[Application]]:
    """Lists of applications with any facts, but no two of one application at one moment."""
    timelines = st.lists(facts(zone), max_size=8, unique_by=lambda event: event.moment)
    applications = st.builds(
        Application,
        company=names,
        role=names,
        contacts=st.lists(_CONTACT, max_size=3).map(tuple),
        tags=st.lists(texts, max_size=3).map(tuple),
        url=st.sampled_from(["", "https://globex.example/jobs?id=1&x=<y>", "http://x/(1)"]),
        location=texts,
        salary=texts,
        source=texts,
        notes=texts,
        policy=st.sampled_from(["", "patient", "not-installed"]),
        events=timelines.map(tuple),
    )
    fit = applications.filter(_is_fit).map(checked_application)
    return st.lists(fit, min_size=1, max_size=4)


def _is_fit(application: Application) -> bool:
    """Tell whether company and role are there once they were cleaned."""
    try:
        checked_application(application)
    except InputError:
        return False
    return True
