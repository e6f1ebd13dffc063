"""The clock as the program is handed it: a zone and a reading (design, section 6)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct


class Clock(Protocol):
    """Something that tells the time; only the command line makes a real one."""

    @property
    def zone(self) -> str:
        """The user's IANA zone name."""
        ...

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        ...


class FixedClock(Struct, frozen=True):
    """A clock that stands still: for ``--at``, for previews and for tests."""

    instant: datetime
    zone: str = "UTC"

    def now(self) -> datetime:
        """Return the instant at which the clock stands, in UTC."""
        return self.instant
