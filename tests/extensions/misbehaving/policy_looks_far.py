"""Gives steps in the year 9999."""

from __future__ import annotations

from datetime import UTC, datetime

from followup.api import Settings, Step, StepKind, Timeline, hookimpl


class Policy:
    name = "policy-looks-far"
    title = "Gives steps in the year 9999"
    settings_type = Settings

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> object:
        far = datetime(9999, 12, 31, tzinfo=UTC)
        return [Step(kind=StepKind.FOLLOW_UP, opens=far, due=far, why="one day")]


@hookimpl
def register_policies() -> object:
    return [Policy()]
