"""Gives times without a zone."""

from __future__ import annotations

from datetime import datetime

from followup.api import Settings, Step, StepKind, Timeline, hookimpl


class Policy:
    name = "policy-knows-no-zone"
    title = "Gives times without a zone"
    settings_type = Settings

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> object:
        noon = datetime(2026, 3, 11, 12)
        return [Step(kind=StepKind.FOLLOW_UP, opens=noon, due=noon, why="at noon")]


@hookimpl
def register_policies() -> object:
    return [Policy()]
