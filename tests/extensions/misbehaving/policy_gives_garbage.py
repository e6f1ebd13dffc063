"""Gives what is no step."""

from __future__ import annotations

from followup.api import Settings, Timeline, hookimpl


class Policy:
    name = "policy-gives-garbage"
    title = "Gives what is no step"
    settings_type = Settings

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> object:
        return [{"kind": "follow_up"}, "soon", 3]


@hookimpl
def register_policies() -> object:
    return [Policy()]
