"""Wants more memory than there is."""

from __future__ import annotations

from followup.api import hookimpl


class Rule:
    code = "eats-memory"
    needs_application = False

    def review(self, *asked: object) -> object:
        return bytearray(1 << 62)


@hookimpl
def register_rules() -> object:
    return [Rule()]
