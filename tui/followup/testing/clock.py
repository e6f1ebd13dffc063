"""A clock for tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from followup.testing.factories import NOW


class HandClock:
    """A clock that stands until a test moves it."""

    def __init__(self, instant: datetime = NOW, zone: str = "UTC") -> None:
        """Have it stand at an instant (UTC), in the zone of its user."""
        self.instant = instant
        self.zone = zone

    def now(self) -> datetime:
        """Return the instant at which it stands, in UTC."""
        return self.instant

    def advance(self, length: timedelta) -> None:
        """Move it ahead by so much elapsed time."""
        self.instant += length
