"""Commands that plugins offer in the palette and as ``followup run NAME``."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from followup.domain.tracking import Tracker


class Command(Struct, frozen=True, kw_only=True):
    """A named action; ``run`` gets the tracker and returns a line for the user, or nothing."""

    name: str
    title: str
    run: Callable[[Tracker], str | None]
