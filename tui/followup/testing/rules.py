"""The check of rules of etiquette."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from msgspec import Struct

from followup.api import (
    Application,
    Channel,
    Message,
    Rule,
    Step,
    StepKind,
    Verdict,
    after,
)
from followup.builtin.clipboard import Clipboard
from followup.builtin.email import Email
from followup.domain.etiquette import is_comparing
from followup.extensions import answers
from followup.extensions.things import RuleFacts
from followup.testing.factories import (
    DAY,
    NOW,
    application,
    applied,
    follow_up,
    interview,
    message,
    reply,
)
from followup.testing.judging import asked, require

_BODIES = (
    "",
    "Hi Dana,\n\nthank you for your time on Tuesday. Is there any news?\n\nSam",
    "I have three other offers! Give me a status within the next 48 hours!!!",
    "Dear [Name], I am just sorry to bother you about {company} again. " * 10,
    "😀\u202e\x1b[31mred\n> quoted\n\n\n",
)
_APPLICATIONS = (
    application(),
    application(applied(NOW - 12 * DAY), contacts=(), company="Ünïcode & <Söhne>"),
    application(interview(NOW - DAY)),
    application(interview(NOW - 30 * DAY), follow_up(NOW - DAY), reply(NOW)),
)


class _Case(Struct, frozen=True):
    message: Message
    application: Application | None
    step: Step | None
    channel: Channel | None


def check_rule(rule: Rule) -> None:
    """Check that a rule keeps its contract, on messages, steps and channels of every kind.

    It has what the program asks for; it is pure; its verdicts are its own, say something,
    and mark words that are there. Raises ``AssertionError``.
    """
    what = f"rule {getattr(rule, 'code', rule)}"
    asked(what, lambda: RuleFacts.of(rule))
    for case in _cases(rule.needs_application):
        told = f"{what}, {case}"
        verdicts = _verdicts(told, rule, case)
        require(
            verdicts == _verdicts(told, rule, case), f"{told}: says something else when asked again"
        )
        for verdict in verdicts:
            require(verdict.message, f"{told}: a verdict has no message")
            start, end = verdict.span or (0, 0)
            is_there = 0 <= start <= end <= len(case.message.body)
            require(is_there, f"{told}: marks {verdict.span}, where the body has no words")


def _verdicts(what: str, rule: Rule, case: _Case) -> tuple[Verdict, ...]:
    around = (case.message, case.application, case.step, case.channel, NOW)
    more = (_APPLICATIONS,) if is_comparing(rule) else ()
    return asked(what, lambda: answers.verdicts(rule.review(*around, *more), rule.code))


def _cases(needs_application: bool) -> Iterator[_Case]:
    applications = _APPLICATIONS if needs_application else (None, *_APPLICATIONS)
    channels = (None, Clipboard(), Email())
    messages = (message(body) for body in _BODIES)
    for written, pursued, step, channel in product(messages, applications, _steps(), channels):
        yield _Case(written, pursued, step, channel)


def _steps() -> Iterator[Step | None]:
    yield None
    for kind, days in product(StepKind, (-1, 1)):
        opens = after(NOW, days=days)
        yield Step(kind=kind, opens=opens, due=after(opens, days=1), why="a day after it")
