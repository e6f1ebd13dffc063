"""Trackers that tick: how tests open several over one store."""

from __future__ import annotations

from collections.abc import Callable

from followup.tracker import Tracker

Open = Callable[..., Tracker]


def tick(tracker: Tracker) -> None:
    """What ``followup tick`` does."""
    tracker.refresh()
    tracker.publish(tracker.board())
