"""Computes for ever when it judges."""

from __future__ import annotations

from followup.api import hookimpl


class Rule:
    code = "spins"
    needs_application = False

    def review(self, *asked: object) -> object:
        while True:
            pass


@hookimpl
def register_rules() -> object:
    return [Rule()]
