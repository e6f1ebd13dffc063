"""Leaves two of itself behind when it judges."""

from __future__ import annotations

import os

from followup.api import hookimpl


class Rule:
    code = "forks"
    needs_application = False

    def review(self, *asked: object) -> object:
        os.fork()
        return []


@hookimpl
def register_rules() -> object:
    return [Rule()]
