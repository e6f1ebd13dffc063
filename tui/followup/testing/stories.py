"""Stories to try plugins on: what can happen to an application, in every order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, product

from msgspec import Struct
from msgspec.structs import replace

from followup.api import AnyEvent, StepKind, Timeline
from followup.testing.factories import (
    DAY,
    HOUR,
    applied,
    follow_up,
    interview,
    note,
    outcome,
    promise,
    reopen,
    reply,
    snooze,
    timeline,
)

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "UTC",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
STARTS = (
    datetime(2026, 3, 27, 16, tzinfo=UTC),  # two days later Berlin's clocks go forward
    datetime(2026, 10, 23, 23, tzinfo=UTC),  # and back
    datetime(2026, 12, 30, 8, tzinfo=UTC),
    datetime(2028, 2, 27, 12, tzinfo=UTC),  # a leap year
    datetime(2026, 6, 13, 5, tzinfo=UTC),  # a Saturday
)
GAPS = (HOUR, 50 * HOUR, 8 * DAY, 23 * DAY)
MOST_IN_EVERY_ORDER = 3

Fact = Callable[[datetime, str], AnyEvent]

FACTS: tuple[Fact, ...] = (
    applied,
    lambda at, zone: replace(applied(at, zone), date_only=True),
    interview,
    lambda at, zone: replace(interview(at, zone), date_only=True),
    lambda at, zone: interview(at, zone, cancelled=True),
    lambda at, zone: follow_up(at, zone=zone),
    lambda at, zone: follow_up(at, StepKind.LAST_CALL, zone),
    lambda at, zone: follow_up(at, zone=zone, failed=True),
    reply,
    lambda at, zone: promise(at, (at + 5 * DAY).date(), zone),
    lambda at, zone: snooze(at, at + 3 * DAY, zone),
    lambda at, zone: outcome(at, zone=zone),
    reopen,
    lambda at, zone: note(at, zone=zone),
)

_INTERVIEW, _MESSAGE = FACTS[2], FACTS[5]
LONG_STORIES: tuple[tuple[Fact, ...], ...] = (
    (applied, *[_MESSAGE] * 6),
    (applied, _INTERVIEW, *[_MESSAGE] * 12),
    (_INTERVIEW, _MESSAGE, reply) * 4,
    (_INTERVIEW, *[_MESSAGE] * 3) * 3,
)


class Story(Struct, frozen=True):
    """A timeline and the user's zone."""

    timeline: Timeline
    zone: str

    def __str__(self) -> str:
        """Return what happened, for whoever has to find out what went wrong."""
        told = ", ".join(f"{event.name} {event.at:%Y-%m-%d %H:%M}" for event in self.events)
        return f"[{told or 'nothing'}] in {self.zone}"

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        """What happened, in order."""
        return self.timeline.events


def stories() -> Iterator[Story]:
    """Yield some 3,000 stories: up to three facts in every order, and a few long ones.

    Zones, seasons and the time between facts take turns, so that it is always the same.
    """
    lengths = range(MOST_IN_EVERY_ORDER + 1)
    orders = chain.from_iterable(product(FACTS, repeat=length) for length in lengths)
    for number, facts in enumerate(chain(orders, LONG_STORIES)):
        zone = ZONES[number % len(ZONES)]
        start, gap = STARTS[number % len(STARTS)], GAPS[number % len(GAPS)]
        yield Story(timeline(*_told(facts, zone, start, gap)), zone)


def _told(
    facts: tuple[Fact, ...], zone: str, start: datetime, gap: timedelta
) -> Iterator[AnyEvent]:
    for count, fact in enumerate(facts):
        yield fact(start + count * gap, zone)
