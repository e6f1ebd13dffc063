"""The badges of cards: asked for in the background, and kept until the card changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

from msgspec import Struct

from followup.domain import instants
from followup.domain.board import Card
from followup.tracker import Tracker

BETWEEN = " · "
WRONG_POLICY = "▲ policy"
"""Shown where the default policy stands in for the one that was chosen."""

NOT_SENT = "▲ unsent"
"""Shown where the last message could not be sent."""


class _Known(Struct, frozen=True):
    """What is shown on a card on a day."""

    card: Card
    day: date
    text: str


class Badges:
    """Knows the badges of the cards on the screen, or finds them out.

    ``changed`` is called once that was done for some, on the thread of the screen.
    """

    def __init__(self, tracker: Tracker, changed: Callable[[], None]) -> None:
        """Begin with no badges."""
        self._tracker = tracker
        self._changed = changed
        self._known: dict[int, _Known] = {}
        self._wanted: dict[int, Card] = {}
        self._is_wanted = asyncio.Event()

    def of(self, card: Card) -> str:
        """Return what is known to be shown on a card; what is not known yet comes later."""
        known = self._known.get(card.id)
        is_current = known and known.card is card and known.day == self._today()
        if self._tracker.host.badges and not is_current:
            self._wanted[card.id] = card
            self._is_wanted.set()
        standing_in = self._tracker.foresight.stand_in(card.application)
        shown = (
            WRONG_POLICY if standing_in else "",
            NOT_SENT if self._tracker.outbox.failed(card.id) else "",
            known.text if known else "",
        )
        return BETWEEN.join(text for text in shown if text)

    def forget(self) -> None:
        """Ask for all badges anew: other plugins may give them now."""
        self._known.clear()
        self._changed()

    async def work(self) -> None:
        """Find out what is wanted, for ever."""
        while True:
            await self._is_wanted.wait()
            self._is_wanted.clear()
            wanted, self._wanted = self._wanted, {}
            found = await asyncio.to_thread(self._ask, list(wanted.values()))
            is_news = any(
                known.text != (old.text if (old := self._known.get(id_)) else "")
                for id_, known in found.items()
            )
            self._known |= found
            if is_news:
                self._changed()

    def _ask(self, cards: list[Card]) -> dict[int, _Known]:
        today = self._today()
        return {
            card.id: _Known(card, today, BETWEEN.join(self._tracker.badges(card))) for card in cards
        }

    def _today(self) -> date:
        return instants.day_of(self._tracker.now(), self._tracker.zone)
