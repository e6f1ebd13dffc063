"""Gives a million steps, and then goes on."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from followup.api import Settings, Step, StepKind, Timeline, hookimpl


class Policy:
    name = "policy-never-ends"
    title = "Gives a million steps, and then goes on"
    settings_type = Settings

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> object:
        now = datetime.now(UTC)
        return (
            Step(kind=StepKind.FOLLOW_UP, opens=now, due=now, why=str(number))
            for number in itertools.count()
        )


@hookimpl
def register_policies() -> object:
    return [Policy()]
