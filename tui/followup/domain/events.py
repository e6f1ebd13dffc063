"""The events of a timeline: what happened, when, and in which zone (design, section 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from followup.domain import instants
from followup.domain.step import StepKind

Instant = Annotated[datetime, Meta(tz=True)]


class OutcomeKind(StrEnum):
    """How an application ended."""

    OFFER = "offer"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    GHOSTED = "ghosted"
    FILLED = "filled"


class Event(Struct, frozen=True, kw_only=True, tag_field="event", omit_defaults=True):
    """One dated fact on a timeline.

    ``at`` is the instant of the fact in UTC, ``zone`` the zone that its user was in.
    ``date_only`` says that no time of day was known, so that ``at`` is an assumption
    that is never too early (design, section 3).
    """

    at: Instant
    zone: str = "UTC"
    date_only: bool = False
    text: str = ""

    @property
    def name(self) -> str:
        """The event's word: ``applied``, ``follow_up`` and so on."""
        return str(self.__struct_config__.tag)

    @property
    def moment(self) -> datetime:
        """The instant that puts facts in order, in UTC."""
        return self.at

    @property
    def day(self) -> date:
        """The calendar day of the fact, in the zone that its user was in."""
        return instants.day_of(self.at, self.zone)

    @property
    def known_from(self) -> datetime:
        """The instant from which the fact counts, in UTC.

        A fact without a time of day counts from the start of its day.
        """
        return instants.start_of_day(self.day, self.zone) if self.date_only else self.at

    def is_known_at(self, now: datetime) -> bool:
        """Tell whether the fact has come to pass at ``now``."""
        return self.at <= now or (self.date_only and self.known_from <= now)


class Applied(Event, tag="applied", frozen=True, kw_only=True):
    """The application was sent, or is planned to be sent at ``at``."""

    def is_known_at(self, now: datetime) -> bool:
        """Applications are planned: they count before their day has come."""
        return True


class Interview(Event, tag="interview", frozen=True, kw_only=True):
    """An interview from ``at`` to ``ends`` (UTC), booked, held or cancelled.

    ``uid`` names the invitation that it came by, if any; ``sequence`` and ``stamp`` tell
    which version of that it is (RFC 5545, sections 3.8.4.7, 3.8.7.4 and 3.8.7.2).
    """

    ends: Instant
    cancelled: bool = False
    uid: str = ""
    sequence: int = 0
    stamp: Instant | None = None

    @property
    def moment(self) -> datetime:
        """The clock of every step starts when the interview ends (design, section 3)."""
        return self.ends

    def is_known_at(self, now: datetime) -> bool:
        """Interviews are booked: they count before their day has come."""
        return True


class Promise(Event, tag="promise", frozen=True, kw_only=True):
    """They said that they would decide by a day, which counts as a whole."""

    by: date

    @property
    def over(self) -> datetime:
        """The first instant after the promised day, in UTC."""
        return instants.start_of_next_day(self.by, self.zone)


class FollowUp(Event, tag="follow_up", frozen=True, kw_only=True):
    """A message that the user sent; ``text`` is its body.

    ``override`` is the reason for which a blocking verdict was overridden. A message that
    ``failed`` (bounced, refused) does not count as sent. ``message_id`` names it in mail
    (RFC 5322), where it went out as such.
    """

    step: StepKind | None = None
    channel: str = ""
    subject: str = ""
    override: str = ""
    failed: bool = False
    message_id: str = ""


class Reply(Event, tag="reply", frozen=True, kw_only=True):
    """They answered; ``text`` is what they said, ``message_id`` names their mail, if it was one."""

    message_id: str = ""


class Snooze(Event, tag="snooze", frozen=True, kw_only=True):
    """The user does not want to be asked again before ``until`` (UTC)."""

    until: Instant


class Outcome(Event, tag="outcome", frozen=True, kw_only=True):
    """How it ended."""

    result: OutcomeKind


class Reopen(Event, tag="reopen", frozen=True, kw_only=True):
    """It goes on after all."""


class Note(Event, tag="note", frozen=True, kw_only=True):
    """Something worth remembering, in ``text``."""


AnyEvent = Applied | Interview | Promise | FollowUp | Reply | Snooze | Outcome | Reopen | Note
EVENT_NAMES = (
    "applied",
    "interview",
    "promise",
    "follow_up",
    "reply",
    "snooze",
    "outcome",
    "reopen",
    "note",
)


def newest_ahead(events: Iterable[AnyEvent], now: datetime) -> datetime | None:
    """Return the newest fact that a clock at ``now`` (UTC) has not reached yet.

    What is booked or planned ahead does not count.
    """
    ahead = (event.at for event in events if event.at > now and not event.is_known_at(now))
    return max(ahead, default=None)
