"""Judges in the name of another rule."""

from __future__ import annotations

from followup.api import Severity, Verdict, hookimpl


class Rule:
    code = "judges-for-others"
    needs_application = False

    def review(self, *asked: object) -> object:
        return [Verdict(code="no-ask", severity=Severity.BLOCK, message="never")]


@hookimpl
def register_rules() -> object:
    return [Rule()]
