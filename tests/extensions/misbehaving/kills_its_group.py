"""Kills all processes of its group when it judges."""

from __future__ import annotations

import os
import signal

from followup.api import hookimpl


class Rule:
    code = "kills-its-group"
    needs_application = False

    def review(self, *asked: object) -> object:
        os.killpg(0, signal.SIGKILL)
        return []


@hookimpl
def register_rules() -> object:
    return [Rule()]
