"""Sleeps for an hour when it judges."""

from __future__ import annotations

import time

from followup.api import hookimpl


class Rule:
    code = "sleeps"
    needs_application = False

    def review(self, *asked: object) -> object:
        time.sleep(3600)
        return []


@hookimpl
def register_rules() -> object:
    return [Rule()]
