"""The rules of etiquette: what may be said, when, and how (design, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeGuard

from followup.domain.application import Application
from followup.domain.channel import Channel
from followup.domain.message import Message, Severity, Verdict
from followup.domain.step import Step

_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


class Rule(Protocol):
    """One rule of etiquette, known by the code of its verdicts."""

    @property
    def code(self) -> str:
        """The code of its verdicts: ``too-early``."""
        ...

    @property
    def needs_application(self) -> bool:
        """Whether it judges more than the words, and needs to know whom they are for."""
        ...

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Return what the rule has to say of the message, nothing where all is well.

        ``step`` is the one that the message is for, none where no step remains.
        """
        ...


class ComparingRule(Rule, Protocol):
    """A rule that also looks at the user's other applications at the same company."""

    @property
    def needs_others(self) -> bool:
        """Whether it wants them; a rule without this attribute does not."""
        ...

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
        others: tuple[Application, ...] = (),
    ) -> Sequence[Verdict]:
        """Return what the rule has to say of the message, nothing where all is well."""
        ...


def is_comparing(rule: Rule) -> TypeGuard[ComparingRule]:
    """Tell whether a rule wants the other applications at the company."""
    return bool(getattr(rule, "needs_others", False))


def review(
    rules: Iterable[Rule],
    message: Message,
    application: Application | None,
    step: Step | None,
    channel: Channel | None,
    now: datetime,
    others: tuple[Application, ...] = (),
) -> tuple[Verdict, ...]:
    """Return the verdicts of all rules on a message, the blocking ones first.

    ``others`` are the user's other applications at the same company.
    """
    verdicts: list[Verdict] = []
    for rule in rules:
        if application is None and rule.needs_application:
            continue
        if is_comparing(rule):
            verdicts += rule.review(message, application, step, channel, now, others)
        else:
            verdicts += rule.review(message, application, step, channel, now)
    return tuple(sorted(verdicts, key=lambda verdict: _WEIGHT[verdict.severity]))


def is_blocked(verdicts: Iterable[Verdict]) -> bool:
    """Tell whether any verdict blocks the message."""
    return any(verdict.severity is Severity.BLOCK for verdict in verdicts)
