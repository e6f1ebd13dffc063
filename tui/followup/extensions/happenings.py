"""What has happened, as the hooks for events are told of it (design, section 5)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.channel import Receipt
from followup.domain.events import AnyEvent
from followup.domain.message import Message
from followup.domain.stage import Stage


class EventRecorded(Struct, frozen=True, tag="event_recorded"):
    """A fact was stored."""

    application: Application
    event: AnyEvent


class StageEntered(Struct, frozen=True, tag="stage_entered"):
    """A card changed its column; ``previous`` is none for one that is new."""

    application: Application
    stage: Stage
    previous: Stage | None


class MessageSent(Struct, frozen=True, tag="message_sent"):
    """A message went out."""

    application: Application
    message: Message
    receipt: Receipt


Happening = EventRecorded | StageEntered | MessageSent
"""Its tag is the name of the hook, its fields are the hook's arguments but for the tracker."""


class Place(Struct, frozen=True, kw_only=True):
    """Where it happened: the store, the time (UTC) and the zone of the tracker at hand."""

    store: str
    now: datetime
    zone: str


class Ran(Struct, frozen=True, kw_only=True):
    """What came of a command: the line that it said, what it printed, and what it did."""

    text: str = ""
    printed: str = ""
    happened: tuple[Happening, ...] = ()
