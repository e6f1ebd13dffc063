"""How far a wait has come: the thin line under a card where time is running."""

from __future__ import annotations

from datetime import datetime

from followup.domain.board import Card, opens_at
from followup.domain.stage import Stage


def progress(card: Card, now: datetime) -> float | None:
    """Return how much of the present wait is over at ``now``, from 0 to 1.

    None where nothing is being waited for, or where it is not known since when.
    """
    begins, ends = _began(card), _ends(card)
    if begins is None or ends is None or ends <= begins:
        return None
    return min(1.0, max(0.0, (now - begins) / (ends - begins)))


def _began(card: Card) -> datetime | None:
    standing, timeline = card.standing, card.standing.timeline
    if card.stage is Stage.COOLING:
        return timeline.interview.ends if timeline.interview else None
    if card.stage is not Stage.WAITING:
        return None
    if standing.snoozed_until:
        return timeline.snooze.at if timeline.snooze else None
    facts = [fact.at for fact in (timeline.last_sent, timeline.promise) if fact]
    return max(facts, default=None)


def _ends(card: Card) -> datetime | None:
    standing = card.standing
    if standing.next:
        return opens_at(card)
    if standing.snoozed_until:
        return standing.snoozed_until
    promise = standing.timeline.promise
    return promise.over if promise else None
