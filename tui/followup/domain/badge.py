"""Badges: what plugins say of a card in a word or two (design, section 5)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from followup.domain.board import Card

LONGEST_BADGE = 16
"""The most characters of a badge that are shown."""


class Badge(Protocol):
    """Something short to show on cards."""

    name: str

    def text(self, card: Card, now: datetime) -> str:
        """Return what to show on a card at ``now`` (UTC), nothing where all is as usual.

        It is asked only for cards on the screen, and kept until the card changes.
        """
        ...
