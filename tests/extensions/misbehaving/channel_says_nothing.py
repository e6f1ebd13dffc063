"""Returns nothing when it sends."""

from __future__ import annotations

from datetime import timedelta

from followup.api import Settings, hookimpl


class Channel:
    name = title = "channel-says-nothing"
    needs = None
    delivers_within = timedelta()
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, *asked: object) -> object:
        return None


@hookimpl
def register_channels() -> object:
    return [Channel()]
