"""Random histories for Hypothesis: any events, in any order, in any zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from builders import HOUR
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
from followup.domain.step import StepKind

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
)
START = datetime(2026, 2, 1, tzinfo=UTC)
zones = st.sampled_from(ZONES)
instants = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2037, 12, 31), timezones=st.just(UTC)
)
moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


spans = st.integers(1, 30 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
flags = st.booleans()


def interview(at: datetime, zone: str, day_only: bool, cancelled: bool) -> Interview:
    return Interview(at=at, ends=at + HOUR, zone=zone, date_only=day_only, cancelled=cancelled)


def promise(at: datetime, zone: str, ahead: timedelta) -> Promise:
    return Promise(at=at, zone=zone, by=(at + ahead).date())


def snooze(at: datetime, ahead: timedelta) -> Snooze:
    return Snooze(at=at, until=at + ahead)


events: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(Applied, at=moments, zone=zones, date_only=flags),
    st.builds(interview, moments, zones, flags, flags),
    st.builds(promise, moments, zones, spans),
    st.builds(
        FollowUp,
        at=moments,
        zone=zones,
        date_only=flags,
        failed=flags,
        step=st.none() | st.sampled_from(StepKind),
    ),
    st.builds(Reply, at=moments, zone=zones, date_only=flags),
    st.builds(snooze, moments, spans),
    st.builds(Outcome, at=moments, zone=zones, result=st.sampled_from(OutcomeKind)),
    st.builds(Reopen, at=moments),
    st.builds(Note, at=moments, text=st.just("n")),
)
histories = st.lists(events, max_size=8)
