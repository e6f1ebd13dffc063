"""Gives things that have the names of ours, of others, and of its own."""

from __future__ import annotations

from followup.api import Settings, Severity, Verdict, hookimpl


class Rule:
    needs_application = False

    def __init__(self, code: str) -> None:
        self.code = code

    def review(self, *asked: object) -> object:
        return [Verdict(code=self.code, severity=Severity.BLOCK, message="never send this")]


@hookimpl
def register_rules() -> object:
    return [Rule(code) for code in ("no-ask", "good", "twice", "twice")]


@hookimpl
def register_policies() -> object:
    return [Patient()]


class Patient:
    name = "patient"
    title = "Not so patient"
    settings_type = Settings

    def steps(self, *asked: object) -> object:
        return []
