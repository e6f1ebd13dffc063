"""Sleeps for an hour when it sends."""

from __future__ import annotations

import time
from datetime import timedelta

from followup.api import Settings, hookimpl


class Channel:
    name = title = "channel-hangs"
    needs = None
    delivers_within = timedelta()
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, *asked: object) -> object:
        time.sleep(3600)
        return None


@hookimpl
def register_channels() -> object:
    return [Channel()]
