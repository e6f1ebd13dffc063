"""Sum up the last seven days: `followup run weekly-summary`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from followup.api import AnyEvent, Card, Command, Interview, Stage, Tracker, hookimpl, spoken

WEEK = timedelta(days=7)
COUNTED = {
    "applied": "Applications sent",
    "interview": "Interviews held",
    "follow_up": "Messages sent",
    "reply": "Answers",
    "outcome": "Closed",
}


def summary(tracker: Tracker) -> str:
    """Return what happened in the last week, and what calls for action now."""
    now, board = tracker.now(), tracker.board()
    happened = Counter(
        event.name
        for card in board.cards()
        for event in card.application.events
        if now - WEEK <= event.moment <= now and not is_cancelled(event)
    )
    lines = [f"{words}: {happened[name]}" for name, words in COUNTED.items()]
    lines += listed("To do:", board.to_do(), tracker.zone)
    lines += listed("Interviews ahead:", board.column(Stage.INTERVIEW).cards, tracker.zone)
    return "\n".join(lines)


def is_cancelled(event: AnyEvent) -> bool:
    """Tell whether it is an interview that did not take place."""
    return isinstance(event, Interview) and event.cancelled


def listed(heading: str, cards: Iterable[Card], zone: str) -> list[str]:
    """Return a heading and a line for each card, nothing where there are no cards."""
    lines = [
        f"  {card.application.company}, {card.application.role}{when(card, zone)}" for card in cards
    ]
    return ["", heading, *lines] if lines else []


def when(card: Card, zone: str) -> str:
    """Return when the card's step is due or its interview begins."""
    standing = card.standing
    if card.stage is Stage.INTERVIEW and standing.timeline.interview:
        return f": {spoken(standing.timeline.interview.at, zone)}"
    return f": due {spoken(standing.next.due, zone)}" if standing.next else ""


@hookimpl
def register_commands() -> list[Command]:
    """Add the command."""
    return [Command(name="weekly-summary", title="Sum up the last seven days", run=summary)]
