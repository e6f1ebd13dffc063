"""Raises when it is asked for steps."""

from __future__ import annotations

from followup.api import Settings, Timeline, hookimpl


class Policy:
    name = "policy-raises"
    title = "Raises when it is asked for steps"
    settings_type = Settings

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> object:
        raise ArithmeticError("no idea")


@hookimpl
def register_policies() -> object:
    return [Policy()]
