"""Reminders: when somebody may be told that steps have opened, and in what words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Literal

from msgspec import Struct

from followup.domain import instants
from followup.domain.board import Board, Card
from followup.domain.settings import Settings
from followup.domain.stage import ACTIONABLE
from followup.domain.text import clean

TerminalWay = Literal["off", "auto", "osc9", "osc777", "bell"]

MOST_NAMES = 3
"""How many companies a reminder names before it counts the rest."""

LONGEST_NAME = 40
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


class QuietHours(Struct, frozen=True):
    """A time of every day, on the user's clock, in which nobody is reminded; over midnight too."""

    begins: time
    ends: time

    @classmethod
    def of(cls, text: str) -> QuietHours | None:
        """Read ``22:00-08:00``, none from nothing; raises ``ValueError`` for anything else."""
        if not text.strip():
            return None
        wrong = ValueError(f'quiet: {clean(text)} is no time of the day: set "22:00-08:00"')
        found = _HOURS.fullmatch(text.strip())
        if not found:
            raise wrong
        try:
            begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        except ValueError:
            raise wrong from None
        if begins == ends:
            raise wrong
        return cls(begins, ends)

    def cover(self, instant: datetime, zone: str) -> bool:
        """Tell whether an instant (UTC) is within them in ``zone``.

        Where a clock change makes two readings of an end possible, both are within.
        """
        today = instants.day_of(instant, zone)
        over_midnight = timedelta(days=self.ends < self.begins)
        return any(
            min(instants.readings(day, self.begins, zone))
            <= instant
            < max(instants.readings(day + over_midnight, self.ends, zone))
            for day in (today - timedelta(days=1), today, today + timedelta(days=1))
        )


class ReminderSettings(Settings, frozen=True, kw_only=True):
    """Who is told when a step opens: nobody, unless the user wants it.

    ``terminal`` is how the open board notifies, ``auto`` as the terminal is known to; with
    ``desktop``, the system notifies, also of what ``followup tick`` finds. ``quiet`` are hours
    such as ``22:00-08:00``. Without ``names``, no company is named.
    """

    terminal: TerminalWay = "off"
    desktop: bool = False
    quiet: str = ""
    names: bool = True

    def __post_init__(self) -> None:
        """Refuse quiet hours that are none."""
        QuietHours.of(self.quiet)

    def is_quiet(self, instant: datetime, zone: str) -> bool:
        """Tell whether nobody is reminded at an instant (UTC)."""
        hours = QuietHours.of(self.quiet)
        return hours is not None and hours.cover(instant, zone)


def opened_at(card: Card) -> datetime | None:
    """Return when the step that a card waits for opened (UTC), or its snooze ended.

    None where no step is open.
    """
    standing = card.standing
    if standing.stage not in ACTIONABLE or standing.next is None:
        return None
    snooze = standing.timeline.snooze
    return max(standing.next.opens, snooze.until) if snooze else standing.next.opens


def opened(board: Board) -> list[tuple[datetime, Card]]:
    """Return the cards of a board with an open step, and when that opened (UTC), in order."""
    found = (
        (moment, card)
        for column in board.columns
        if column.stage in ACTIONABLE
        for card in column.cards
        if (moment := opened_at(card))
    )
    return sorted(found, key=lambda one: (one[0], one[1].id))


def told_opened(companies: Sequence[str], *, names: bool) -> str:
    """Return in one line what opened: ``3 follow-ups opened: Globex, Initech, Hooli``."""
    count = len(companies)
    counted = f"{count} follow-up{'s' if count > 1 else ''} opened"
    if not names:
        return counted
    named = ", ".join(clean(company, limit=LONGEST_NAME) for company in companies[:MOST_NAMES])
    more = f" and {count - MOST_NAMES} more" if count > MOST_NAMES else ""
    return f"{counted}: {named}{more}"
