"""Raises what ends a generator when it judges."""

from __future__ import annotations

from followup.api import hookimpl


class Rule:
    code = "leaves-generators"
    needs_application = False

    def review(self, *asked: object) -> object:
        raise GeneratorExit


@hookimpl
def register_rules() -> object:
    return [Rule()]
