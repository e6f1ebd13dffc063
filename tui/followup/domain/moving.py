"""Moving a card: which fact would bring it to another column, or why it can't be there yet.

Stages are derived (design, section 2), so a card is moved by what happened, not by hand.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from followup.domain import instants
from followup.domain.board import Card
from followup.domain.stage import Stage
from followup.domain.step import Step, StepKind
from followup.domain.wording import span


class Way(Struct, frozen=True, kw_only=True):
    """How a card gets to a column: by a fact to ask for (``reply``), or not now, and why."""

    fact: str = ""
    reason: str = ""


def way_to(stage: Stage, card: Card, now: datetime, zone: str) -> Way:
    """Return how a card gets to a stage at ``now`` (UTC); times are told in ``zone``."""
    if card.stage is stage:
        return Way(reason=f"It is in {stage.label} already")
    if card.stage is Stage.CLOSED and stage is not Stage.INTERVIEW:
        return Way(fact="outcome")
    match stage:
        case Stage.INTERVIEW:
            return Way(fact="interview")
        case Stage.REPLIED:
            return Way(fact="reply")
        case Stage.CLOSED:
            return Way(fact="outcome")
        case Stage.WAITING:
            return Way(fact="promise" if card.stage is Stage.REPLIED else "compose")
        case Stage.COOLING:
            return Way(reason=_cooling(card, zone))
        case Stage.DUE | Stage.LAST_CALL:
            return Way(reason=_to_do(stage, card, now, zone))
        case _:
            return Way(reason="It was Applied once: what has happened since does not go away")


def _cooling(card: Card, zone: str) -> str:
    interview = card.standing.timeline.interview
    if card.stage is Stage.INTERVIEW and interview:
        return f"It gets there by itself when the interview ends, {_told(interview.ends, zone)}"
    return "It gets there by itself once an interview has ended: i books one"


def _to_do(stage: Stage, card: Card, now: datetime, zone: str) -> str:
    is_last = stage is Stage.LAST_CALL
    steps = (step for step in card.standing.steps if (step.kind is StepKind.LAST_CALL) is is_last)
    step = next(steps, None)
    if step is None:
        return "No last call comes yet" if is_last else _nothing_to_do(card)
    if card.standing.snoozed_until:
        until = _told(card.standing.snoozed_until, zone)
        return f"It is snoozed until {until}: f writes it now"
    if step.opens <= now:
        return f"{_first(card)} comes first"
    return f"It opens in {span(step.opens - now)}, {_told(step.opens, zone)}: {_keys(card)}"


def _nothing_to_do(card: Card) -> str:
    if card.stage is Stage.REPLIED:
        return "They answered: the ball is with you, and nothing is due until you log more"
    return "No step remains: f writes all the same, o says how it ended"


def _keys(card: Card) -> str:
    if card.stage is Stage.INTERVIEW:
        return "it gets there by itself"
    return "f writes it now, s reminds you"


def _first(card: Card) -> str:
    step: Step | None = card.standing.next
    return f"The {step.kind.label.lower()}" if step else "Something else"


def _told(instant: datetime, zone: str) -> str:
    return instants.spoken(instant, zone)
