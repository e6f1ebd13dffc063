"""Sleeps for an hour when it is asked for steps."""

from __future__ import annotations

import time

from followup.api import Settings, Timeline, hookimpl


class Policy:
    name = "policy-sleeps"
    title = "Sleeps for an hour when it is asked for steps"
    settings_type = Settings

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> object:
        time.sleep(3600)
        return []


@hookimpl
def register_policies() -> object:
    return [Policy()]
