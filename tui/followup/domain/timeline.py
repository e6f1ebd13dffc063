"""A timeline as the clock knows it: the facts that count, the newest of each at hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Outcome,
    Promise,
    Reopen,
    Reply,
    Snooze,
)

_BY_MOMENT = attrgetter("moment")


class Timeline(Struct, frozen=True, kw_only=True):
    """What has happened or is booked, in order.

    ``interview``, ``promise``, ``reply`` and so on are the newest of their kind, cancelled
    interviews left out; ``outcome`` is none after a later ``reopen``. ``sent`` are the
    messages that went out, oldest first, without those that failed. ``answered`` says that
    the newest of interview, follow-up, reply and promise is a reply.
    """

    events: tuple[AnyEvent, ...] = ()
    applied: Applied | None = None
    interview: Interview | None = None
    promise: Promise | None = None
    reply: Reply | None = None
    snooze: Snooze | None = None
    outcome: Outcome | None = None
    sent: tuple[FollowUp, ...] = ()
    answered: bool = False

    @classmethod
    def at(cls, events: Iterable[AnyEvent], now: datetime) -> Timeline:
        """Return the timeline as far as the clock has come.

        Interviews ahead are on it because they are booked; any other fact of a later date
        has not happened yet.
        """
        known = [event for event in events if event.at <= now or event.is_known_at(now)]
        known.sort(key=_BY_MOMENT)
        applied = interview = promise = reply = snooze = outcome = None
        sent: list[FollowUp] = []
        answered = False
        for event in known:
            match event:
                case Applied():
                    applied = event
                case Interview(cancelled=False):
                    interview, answered = event, False
                case Promise():
                    promise, answered = event, False
                case FollowUp(failed=False):
                    sent.append(event)
                    answered = False
                case Reply():
                    reply, answered = event, True
                case Snooze():
                    snooze = event
                case Outcome():
                    outcome = event
                case Reopen():
                    outcome = None
                case _:
                    pass
        return cls(
            events=tuple(known),
            applied=applied,
            interview=interview,
            promise=promise,
            reply=reply,
            snooze=snooze,
            outcome=outcome,
            sent=tuple(sent),
            answered=answered,
        )

    @property
    def last_sent(self) -> FollowUp | None:
        """The newest message that went out."""
        return self.sent[-1] if self.sent else None

    def sent_since(self, instant: datetime) -> tuple[FollowUp, ...]:
        """Return the messages that went out at an instant or after it, oldest first."""
        return tuple(message for message in self.sent if message.at >= instant)
