"""Fails over its settings."""

from __future__ import annotations

from followup.api import Settings, Timeline, hookimpl


class Fussy(Settings, frozen=True, kw_only=True):
    """Settings that are only ever fine as they are by default."""

    days: int = 3

    def __post_init__(self) -> None:
        if self.days != 3:
            raise ZeroDivisionError


class Policy:
    name = "policy-cannot-be-set"
    title = "Fails over its settings"
    settings_type = Fussy

    def steps(self, timeline: Timeline, settings: Fussy, zone: str) -> object:
        return []


@hookimpl
def register_policies() -> object:
    return [Policy()]
