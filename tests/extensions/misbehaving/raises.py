"""Raises when it judges."""

from __future__ import annotations

from followup.api import hookimpl


class Rule:
    code = "raises"
    needs_application = False

    def review(self, *asked: object) -> object:
        raise LookupError("what a message")


@hookimpl
def register_rules() -> object:
    return [Rule()]
