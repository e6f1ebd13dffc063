"""The outbox: messages from before they are sent until it is known what became of them.

An intent is stored before its channel is called, and its outcome after (design, section 9).
Whatever dies in between, nobody sends the message again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from followup.domain.application import Application, Contact
from followup.domain.events import FollowUp, Instant
from followup.domain.message import Message
from followup.domain.step import StepKind
from followup.domain.telling import told_moment
from followup.domain.tracking import Draft

LEAST_APART = timedelta(minutes=1)
"""How long after a message to a contact the next one may go."""

KEPT = timedelta(days=1)
"""How long it is remembered what became of a message."""


class State(StrEnum):
    """What is known of a message: that it was ``begun``, or what became of it."""

    BEGUN = "begun"
    UNCONFIRMED = "unconfirmed"
    SENT = "sent"
    FAILED = "failed"
    HANDED_OFF = "handed_off"


class Intent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A message that is to be sent: to whom, by which way, and every byte of it.

    ``content`` has one character for each byte (Latin-1); it is empty where the channel
    cannot show what it sends, and once that was sent. ``at`` is when it was begun, in UTC, by
    the process of this number, which has ended or was ended by ``until``. ``told`` is what
    the channel said.
    """

    id: int = 0
    application_id: int
    message: Message
    channel: str
    contact: Contact
    at: Instant
    until: Instant
    process: int
    zone: str = "UTC"
    step: StepKind | None = None
    override: str = ""
    content: str = ""
    state: State = State.BEGUN
    told: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet what became of it."""
        return self.state in {State.BEGUN, State.UNCONFIRMED}

    @property
    def follow_up(self) -> FollowUp:
        """The fact that it was sent, when it was begun."""
        return FollowUp(
            at=self.at,
            zone=self.zone,
            text=self.message.body,
            subject=self.message.subject,
            channel=self.channel,
            step=self.step,
            override=self.override,
            message_id=self.message.thread.message_id,
        )

    @property
    def draft(self) -> Draft:
        """The message as somebody wrote it, to be sent another time."""
        message = Message(
            subject=self.message.subject, body=self.message.body, language=self.message.language
        )
        return Draft(message=message, step=self.step or StepKind.FOLLOW_UP, channel=self.channel)


def told_doubt(intent: Intent, zone: str) -> str:
    """Return what nobody knows: which message it was, and where to look for it."""
    whom = intent.contact.name or intent.contact.email or "them"
    subject = f" (“{intent.message.subject}”)" if intent.message.subject else ""
    begun = told_moment(intent.at, zone)
    return f"the message to {whom} of {begun} by {intent.channel}{subject} may have gone out"


def last_written_to(
    application: Application,
    applications: Iterable[Application],
    intents: Iterable[Intent],
    now: datetime,
) -> datetime | None:
    """Return when something last went to the contact of an application, if that is too recent.

    It counts whatever else the contact was written to about, and by which way: messages on
    the timelines, and those that went out or may have, taken back or not.
    """
    addresses = _addresses(application.contact)

    def is_theirs(other_id: int, contact: Contact | None) -> bool:
        return other_id == application.id or not addresses.isdisjoint(_addresses(contact))

    def moments() -> Iterator[datetime]:
        for intent in intents:
            may_have_gone = intent.is_open or intent.state is State.SENT
            if may_have_gone and is_theirs(intent.application_id, intent.contact):
                yield intent.at
        for other in applications:
            recent = [event.at for event in other.events if _is_recent_message(event, now)]
            if recent and is_theirs(other.id, other.contact):
                yield from recent

    return max((moment for moment in moments() if _is_recent(moment, now)), default=None)


def outdated(intents: Iterable[Intent], now: datetime) -> tuple[int, ...]:
    """Return the ids of what need not be remembered any more, at an instant (UTC).

    The newest one stays, so that its id is not given again.
    """
    known = sorted(intents, key=lambda intent: intent.id)[:-1]
    return tuple(
        intent.id for intent in known if not intent.is_open and abs(now - intent.at) > KEPT
    )


def _is_recent_message(event: object, now: datetime) -> bool:
    return (
        isinstance(event, FollowUp)
        and not (event.failed or event.date_only)
        and _is_recent(event.at, now)
    )


def _is_recent(moment: datetime, now: datetime) -> bool:
    return abs(now - moment) < LEAST_APART


def _addresses(contact: Contact | None) -> frozenset[str]:
    """Return where somebody is reached, however it is written."""
    if contact is None:
        return frozenset()
    ways = (contact.email, contact.phone, contact.linkedin)
    return frozenset(way.strip().casefold() for way in ways if way.strip())
