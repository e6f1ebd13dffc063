"""A badge: for how many days an application has been under way."""

from __future__ import annotations

from datetime import datetime

from followup.api import Badge, Card, Stage, hookimpl


class DaysSinceApplied:
    """Shows `12 d` on cards that are not closed."""

    name = "days-since-applied"

    def text(self, card: Card, now: datetime) -> str:
        """Return the days of 24 hours that have passed, nothing where there are none."""
        applied = card.standing.timeline.applied
        if applied is None or card.stage is Stage.CLOSED:
            return ""
        days = (now - applied.at).days
        return f"{days} d" if days > 0 else ""


@hookimpl
def register_badges() -> list[Badge]:
    """Add the badge."""
    return [DaysSinceApplied()]
