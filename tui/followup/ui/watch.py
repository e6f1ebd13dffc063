"""The time that the board shows: the clock's, or another one while time travels."""

from __future__ import annotations

from datetime import datetime, timedelta

from followup.domain.clock import Clock
from followup.domain.wording import span

_PRESENT = timedelta(0)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class Watch:
    """A clock that can be turned to another time, and that knows when to look at it again."""

    def __init__(self, clock: Clock) -> None:
        """Show the time of the clock."""
        self._clock = clock
        self._turned = _PRESENT
        self._told = self._due = clock.now()

    @property
    def moment(self) -> datetime:
        """The instant that the board shows, in UTC."""
        return self._clock.now() + self._turned

    @property
    def is_turned(self) -> bool:
        """Tell whether another time than the present one is shown."""
        return self._turned != _PRESENT

    @property
    def away(self) -> str:
        """How far from the present it is, in words; empty where it is the present."""
        if not self.is_turned:
            return ""
        days, rest = divmod(abs(self._turned), _DAY)
        length = span(self._turned) if rest else f"{days} day{'s' if days > 1 else ''}"
        return f"{length} {'ahead' if self._turned > _PRESENT else 'back'}"

    def turn(self, days: int) -> None:
        """Turn by so many days of 24 hours."""
        self._turned += timedelta(days=days)

    def turn_to(self, instant: datetime) -> None:
        """Show an instant, in UTC, and go on from there as the clock does."""
        self._turned = instant - self._clock.now()

    def turn_back(self) -> None:
        """Show the present again."""
        self._turned = _PRESENT

    def told(self, moment: datetime, changes_at: datetime | None) -> None:
        """Take note that the board shows ``moment``; it changes next at ``changes_at`` (UTC)."""
        minute = moment.replace(second=0, microsecond=0) + _MINUTE
        self._told = moment
        self._due = min(minute, changes_at) if changes_at else minute

    @property
    def is_due(self) -> bool:
        """Tell whether the board is behind: a minute has begun, or a card has to move.

        A clock that was set back counts too.
        """
        return not self._told <= self.moment < self._due
