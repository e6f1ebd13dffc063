"""Changes the timeline that it is handed."""

from __future__ import annotations

from msgspec.structs import force_setattr

from followup.api import Settings, Timeline, hookimpl


class Policy:
    name = "policy-changes-its-timeline"
    title = "Changes the timeline that it is handed"
    settings_type = Settings

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> object:
        force_setattr(timeline, "events", ())
        return []


@hookimpl
def register_policies() -> object:
    return [Policy()]
