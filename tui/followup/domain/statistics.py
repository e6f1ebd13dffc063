"""What came of all applications: their replies, how far they came, and what each week brought.

No figure stands without the number of its cases, and none is made of fewer than ``TOO_FEW``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct

from followup.domain import instants
from followup.domain.events import (
    AnyEvent,
    Applied,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Reply,
    Snooze,
)
from followup.domain.replies import Case, Replies, cases, share
from followup.domain.timeline import Timeline

FEWEST_WEEKS = 12
"""Weeks that are always there, whether they brought anything or not."""

_WEEK = timedelta(weeks=1)

Key = TypeVar("Key", int, str)


class Milestone(StrEnum):
    """How far an application can come, in the order of the journey."""

    APPLIED = "applied"
    INTERVIEWED = "interviewed"
    FOLLOWED_UP = "followed_up"
    ANSWERED = "answered"
    OFFER = "offer"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The milestone as people read it."""
        return self.value.replace("_", " ").capitalize()


class Reached(Struct, frozen=True, kw_only=True):
    """How many applications have come to a milestone.

    ``share`` is the share of all of them. ``before`` is how many came to the milestone before
    it, none where it is the first, and ``onward`` the share of these that came to both. Shares
    are from 0 to 1, and none where the cases are too few. A milestone can be left out, so a
    later one may have been reached by more.
    """

    milestone: Milestone
    count: int
    share: float | None
    before: int | None
    onward: float | None


class Week(Struct, frozen=True, kw_only=True):
    """A week of ISO 8601, by its Monday: applications that were sent, replies that came."""

    monday: date
    applications: int
    replies: int

    @property
    def name(self) -> str:
        """The week as ISO 8601 writes it: ``2026-W48``."""
        year, week, _ = self.monday.isocalendar()
        return f"{year:04}-W{week:02}"


class Statistics(Struct, frozen=True, kw_only=True):
    """What came of all applications until ``now`` (UTC).

    ``applications`` are those that were pursued by then. ``closed`` says how those ended that
    are closed. ``weeks`` go from the first in which anything was sent or answered to the
    present one, and are at least ``FEWEST_WEEKS``.
    """

    now: datetime
    applications: int
    replies: Replies
    by_channel: dict[str, Replies]
    by_number: dict[int, Replies]
    funnel: tuple[Reached, ...]
    closed: dict[OutcomeKind, int]
    weeks: tuple[Week, ...]

    @classmethod
    def of(cls, timelines: Iterable[Timeline], now: datetime, zone: str) -> Statistics:
        """Sum up timelines as they are at ``now`` (UTC), in the weeks of ``zone``.

        Channels come with the most used first, the numbers of messages in order.
        """
        pursued = [timeline for timeline in timelines if is_pursued(timeline, now)]
        messages = [cases(timeline, now) for timeline in pursued]
        sent = [message for of_one in messages for message in of_one]
        by_channel = _grouped(sent, lambda message: message.channel)
        by_number = _grouped(sent, lambda message: message.number)
        ends = Counter(timeline.outcome.result for timeline in pursued if timeline.outcome)
        return cls(
            now=now,
            applications=len(pursued),
            replies=Replies.of(sent),
            by_channel=dict(sorted(by_channel.items(), key=lambda one: (-one[1].sent, one[0]))),
            by_number=dict(sorted(by_number.items())),
            funnel=_funnel(
                [
                    _reached(timeline, of_one, now)
                    for timeline, of_one in zip(pursued, messages, strict=True)
                ]
            ),
            closed={kind: ends[kind] for kind in OutcomeKind},
            weeks=_weeks(pursued, now, zone),
        )

    @property
    def open(self) -> int:
        """How many applications are not closed."""
        return self.applications - sum(self.closed.values())


def is_pursued(timeline: Timeline, now: datetime) -> bool:
    """Tell whether an application was sent by ``now`` (UTC), or else anything came of it.

    One that is only planned or noted down is not pursued yet.
    """
    return any(_shows_pursuit(event, now) for event in timeline.events)


def _shows_pursuit(event: AnyEvent, now: datetime) -> bool:
    match event:
        case Note() | Snooze():
            return False
        case Applied():
            return event.known_from <= now
        case _:
            return True


def _grouped(messages: Iterable[Case], key: Callable[[Case], Key]) -> dict[Key, Replies]:
    groups: dict[Key, list[Case]] = defaultdict(list)
    for message in messages:
        groups[key(message)].append(message)
    return {name: Replies.of(group) for name, group in groups.items()}


def _reached(timeline: Timeline, messages: Sequence[Case], now: datetime) -> set[Milestone]:
    """Return the milestones of an application that is pursued.

    It was interviewed once an interview is over, followed up where a message got through, and
    answered where one was answered. An offer counts even if nothing came of it, and whoever
    accepted had one.
    """
    reached = {Milestone.APPLIED}
    if messages:
        reached.add(Milestone.FOLLOWED_UP)
    if any(message.days is not None for message in messages):
        reached.add(Milestone.ANSWERED)
    for event in timeline.events:
        match event:
            case Interview(cancelled=False) if event.ends <= now:
                reached.add(Milestone.INTERVIEWED)
            case Outcome(result=OutcomeKind.OFFER):
                reached.add(Milestone.OFFER)
            case Outcome(result=OutcomeKind.ACCEPTED):
                reached |= {Milestone.OFFER, Milestone.ACCEPTED}
            case _:
                pass
    return reached


def _funnel(applications: Sequence[set[Milestone]]) -> tuple[Reached, ...]:
    """Count how many applications have come to each milestone, and from the one before it."""
    single = Counter(milestone for reached in applications for milestone in reached)
    both = Counter(
        milestone
        for reached in applications
        for before, milestone in pairwise(Milestone)
        if {before, milestone} <= reached
    )
    befores = {milestone: single[before] for before, milestone in pairwise(Milestone)}
    return tuple(
        Reached(
            milestone=milestone,
            count=single[milestone],
            share=share(single[milestone], len(applications)),
            before=befores.get(milestone),
            onward=share(both[milestone], befores.get(milestone, 0)),
        )
        for milestone in Milestone
    )


def _weeks(timelines: Iterable[Timeline], now: datetime, zone: str) -> tuple[Week, ...]:
    applications: Counter[date] = Counter()
    replies: Counter[date] = Counter()
    for timeline in timelines:
        if timeline.applied and timeline.applied.known_from <= now:
            applications[_monday(timeline.applied, zone)] += 1
        for event in timeline.events:
            if isinstance(event, Reply):
                replies[_monday(event, zone)] += 1
    present = _monday_of(instants.day_of(now, zone))
    # A day without a time of day may have begun elsewhere in the week after this one.
    last = max([present, *applications, *replies])
    first = min([last - (FEWEST_WEEKS - 1) * _WEEK, *applications, *replies])
    mondays = (first + number * _WEEK for number in range((last - first) // _WEEK + 1))
    return tuple(
        Week(monday=monday, applications=applications[monday], replies=replies[monday])
        for monday in mondays
    )


def _monday(event: Applied | Reply, zone: str) -> date:
    """Return the Monday of an event, in ``zone`` unless it is dated by a day alone."""
    return _monday_of(event.day if event.date_only else instants.day_of(event.at, zone))


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
