"""Says everything with what a terminal or a markup would obey."""

from __future__ import annotations

from datetime import UTC, datetime

from followup.api import (
    Command,
    Settings,
    Severity,
    Step,
    StepKind,
    Verdict,
    hookimpl,
)

HOSTILE = "\x1b[31m[red]\u202e\x9b2J[@click=app.quit]"


class Rule:
    code = "speaks-in-escapes"
    needs_application = False

    def review(self, *asked: object) -> object:
        return [Verdict(code=self.code, severity=Severity.INFO, message=HOSTILE + "m" * 10**7)]


class Badge:
    name = "speaks-in-escapes"

    def text(self, *asked: object) -> str:
        return HOSTILE + "b" * 10**7


class Policy:
    name = "speaks-in-escapes"
    title = HOSTILE
    settings_type = Settings

    def steps(self, *asked: object) -> object:
        now = datetime.now(UTC)
        return [Step(kind=StepKind.FOLLOW_UP, opens=now, due=now, why=HOSTILE + "w" * 10**7)]


def run(tracker: object) -> str:
    raise ValueError(HOSTILE + "e" * 10**7)


@hookimpl
def register_rules() -> object:
    return [Rule()]


@hookimpl
def register_badges() -> object:
    return [Badge()]


@hookimpl
def register_policies() -> object:
    return [Policy()]


@hookimpl
def register_commands() -> object:
    return [Command(name="speak-in-escapes", title=HOSTILE, run=run)]
