"""How messages were answered: which reply belongs to which message, how often and how soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.events import FollowUp, Interview, Reply
from followup.domain.timeline import Timeline

TOO_FEW = 5
"""Cases, below which no figure is made of them."""

OPEN_DAYS = 14
"""Days of 24 hours in which an answer to a message may still come."""

_DAY = timedelta(days=1)


class Case(Struct, frozen=True, kw_only=True):
    """One message that was sent at an instant (UTC), and what became of it.

    ``number`` is its place in its sequence, from 1: a sequence begins anew after an interview
    and after a reply. ``days`` is the time to the first reply in days of 24 hours, none
    where it was not answered. It is ``open`` while it is too early to say that.
    """

    channel: str
    number: int
    sent: datetime
    days: float | None = None
    open: bool = False


def cases(timeline: Timeline, now: datetime) -> list[Case]:
    """Return a case for each message of a timeline that got through, oldest first.

    A reply answers the newest message before it and no other. A message without an answer is
    open for ``OPEN_DAYS`` at ``now`` (UTC), but only until the next one is sent, to which any
    later answer belongs.
    """
    found: list[Case] = []
    number = 0
    for event in timeline.events:
        match event:
            case FollowUp(failed=False):
                number += 1
                found.append(Case(channel=event.channel, number=number, sent=event.at))
            case Reply():
                number = 0
                if found and found[-1].days is None:
                    found[-1] = replace(found[-1], days=(event.at - found[-1].sent) / _DAY)
            case Interview(cancelled=False):
                number = 0
            case _:
                pass
    if found and found[-1].days is None and now - found[-1].sent < OPEN_DAYS * _DAY:
        found[-1] = replace(found[-1], open=True)
    return found


def share(count: int, cases: int) -> float | None:
    """Return ``count`` as a share of the cases, from 0 to 1; none where they are too few."""
    return count / cases if cases >= TOO_FEW else None


class Replies(Struct, frozen=True, kw_only=True):
    """How many messages were answered, and how many are still open.

    ``median_days`` is the median of the days to the first reply, none where too few were
    answered.
    """

    answered: int
    unanswered: int
    open: int
    median_days: float | None

    @classmethod
    def of(cls, messages: Iterable[Case]) -> Replies:
        """Count messages."""
        messages = list(messages)
        days = [message.days for message in messages if message.days is not None]
        still_open = sum(message.open for message in messages)
        return cls(
            answered=len(days),
            unanswered=len(messages) - len(days) - still_open,
            open=still_open,
            median_days=median(days) if len(days) >= TOO_FEW else None,
        )

    @property
    def judged(self) -> int:
        """How many messages are not open any more: the cases of ``rate``."""
        return self.answered + self.unanswered

    @property
    def sent(self) -> int:
        """How many messages got through."""
        return self.judged + self.open

    @property
    def rate(self) -> float | None:
        """The share of those judged that was answered, none where they are too few."""
        return share(self.answered, self.judged)
