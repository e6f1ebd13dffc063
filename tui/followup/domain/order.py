"""The order of cards within a column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from followup.domain.board import Card
from followup.domain.query import letters

_NEVER = datetime.min.replace(tzinfo=UTC)


class Order(StrEnum):
    """By what the cards of a column are sorted."""

    URGENCY = "urgency"
    COMPANY = "company"
    NEWEST = "newest"
    APPLIED = "applied"

    @property
    def label(self) -> str:
        """The order as people read it."""
        return _LABELS[self]

    @property
    def next(self) -> Order:
        """The order that comes after this one, round and round."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


_LABELS = {
    Order.URGENCY: "most urgent first",
    Order.COMPANY: "by company",
    Order.NEWEST: "newest fact first",
    Order.APPLIED: "last applied first",
}


def in_order(cards: Iterable[Card], order: Order) -> tuple[Card, ...]:
    """Return cards in an order; by urgency they stand in a column of the board already."""
    match order:
        case Order.URGENCY:
            return tuple(cards)
        case Order.COMPANY:
            return tuple(sorted(cards, key=_company))
        case Order.NEWEST:
            return tuple(sorted(cards, key=_newest, reverse=True))
        case Order.APPLIED:
            return tuple(sorted(cards, key=_applied, reverse=True))


def _company(card: Card) -> tuple[str, str, int]:
    application = card.application
    return letters(application.company), letters(application.role), card.id


def _newest(card: Card) -> tuple[datetime, int]:
    return max((event.at for event in card.standing.timeline.events), default=_NEVER), card.id


def _applied(card: Card) -> tuple[datetime, int]:
    applied = card.standing.timeline.applied
    return applied.at if applied else _NEVER, card.id
