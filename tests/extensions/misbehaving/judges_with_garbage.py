"""Judges with what is no verdict."""

from __future__ import annotations

from msgspec.structs import replace

from followup.api import Severity, Verdict, hookimpl


class Rule:
    code = "judges-with-garbage"
    needs_application = False

    def review(self, *asked: object) -> object:
        verdict = Verdict(code="judges-with-garbage", severity=Severity.INFO, message="m")
        return [[verdict], replace(verdict, span=(10**30, -1)), "block", None]


@hookimpl
def register_rules() -> object:
    return [Rule()]
