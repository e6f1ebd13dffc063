"""The time that the board shows: the clock's, or another one while time travels."""

from __future__ import annotations

from datetime import datetime, timedelta

from followup.domain import instants
from followup.domain.clock import Clock

_MINUTE = timedelta(minutes=1)


class Watch:
    """A clock that can be turned by days, and that knows when to look at it again."""

    def __init__(self, clock: Clock) -> None:
        """Show the time of the clock."""
        self._clock = clock
        self._days = 0
        self._told = self._due = clock.now()

    @property
    def moment(self) -> datetime:
        """The instant that the board shows, in UTC."""
        return instants.after(self._clock.now(), days=self._days)

    @property
    def is_turned(self) -> bool:
        """Tell whether another time than the present one is shown."""
        return self._days != 0

    @property
    def away(self) -> str:
        """How far from the present it is, in words; empty where it is the present."""
        days = abs(self._days)
        if days == 0:
            return ""
        return f"{days} day{'s' if days > 1 else ''} {'ahead' if self._days > 0 else 'back'}"

    def turn(self, days: int) -> None:
        """Turn by so many days of 24 hours."""
        self._days += days

    def turn_back(self) -> None:
        """Show the present again."""
        self._days = 0

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
