"""Ends the process when it judges."""

from __future__ import annotations

import os

from followup.api import hookimpl


class Rule:
    code = "exits"
    needs_application = False

    def review(self, *asked: object) -> object:
        os._exit(0)


@hookimpl
def register_rules() -> object:
    return [Rule()]
