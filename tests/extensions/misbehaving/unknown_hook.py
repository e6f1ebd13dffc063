"""Implements a hook that there is not."""

from __future__ import annotations

from followup.api import hookimpl


@hookimpl
def coffee_wanted(cup: object) -> None:
    """Never called."""
