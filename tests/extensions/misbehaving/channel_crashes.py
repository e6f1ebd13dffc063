"""Reads where nothing is when it sends."""

from __future__ import annotations

import ctypes
from datetime import timedelta

from followup.api import Settings, hookimpl


class Channel:
    name = title = "channel-crashes"
    needs = None
    delivers_within = timedelta()
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, *asked: object) -> object:
        return ctypes.string_at(0)


@hookimpl
def register_channels() -> object:
    return [Channel()]
