"""Ends the process when it sends."""

from __future__ import annotations

import os
from datetime import timedelta

from followup.api import Settings, hookimpl


class Channel:
    name = title = "channel-exits"
    needs = None
    delivers_within = timedelta()
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, *asked: object) -> object:
        os._exit(0)


@hookimpl
def register_channels() -> object:
    return [Channel()]
