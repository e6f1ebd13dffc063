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


@st.composite
def events(draw: st.DrawFn) -> AnyEvent:
    """One event of any kind within two months of ``START``."""
    at = draw(moments)
    when = {"at": at, "zone": draw(zones), "date_only": draw(st.booleans())}
    ahead = timedelta(minutes=draw(st.integers(1, 30 * 24 * 60)))
    makers = {
        Applied: lambda: Applied(**when),
        Interview: lambda: Interview(**when, ends=at + HOUR, cancelled=draw(st.booleans())),
        Promise: lambda: Promise(**when, by=(at + ahead).date()),
        FollowUp: lambda: FollowUp(
            **when,
            step=draw(st.none() | st.sampled_from(StepKind)),
            failed=draw(st.booleans()),
        ),
        Reply: lambda: Reply(**when),
        Snooze: lambda: Snooze(**when, until=at + ahead),
        Outcome: lambda: Outcome(**when, result=draw(st.sampled_from(OutcomeKind))),
        Reopen: lambda: Reopen(**when),
        Note: lambda: Note(**when, text="n"),
    }
    return makers[draw(st.sampled_from(list(makers)))]()


histories = st.lists(events(), max_size=8)
