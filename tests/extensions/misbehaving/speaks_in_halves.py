"""Says what cannot be written down: halves of characters, and numbers without end."""

from __future__ import annotations

from followup.api import Command, Severity, Verdict, hookimpl


class Rule:
    code = "speaks-in-halves"
    needs_application = False

    def review(self, *asked: object) -> object:
        return [Verdict(code=self.code, severity=Severity.INFO, message="m", span=(10**30, 1))]


@hookimpl
def register_commands() -> object:
    return [Command(name="speak-in-halves", title="\ud800", run=lambda tracker: "\ud800")]


@hookimpl
def register_rules() -> object:
    return [Rule()]
