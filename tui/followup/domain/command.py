"""Commands that plugins offer in the palette and as ``followup run NAME``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct


class Command(Struct, frozen=True, kw_only=True):
    """A named action; ``run`` gets the tracker and returns a line for the user, or nothing."""

    name: str
    title: str
    run: Callable[[Any], str | None]
