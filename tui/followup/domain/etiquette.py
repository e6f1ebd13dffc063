"""The rules of etiquette: what may be said, when, and how (design, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

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


def review(
    rules: Iterable[Rule],
    message: Message,
    application: Application | None,
    step: Step | None,
    channel: Channel | None,
    now: datetime,
) -> tuple[Verdict, ...]:
    """Return the verdicts of all rules on a message, the blocking ones first."""
    verdicts = [
        verdict
        for rule in rules
        if application is not None or not rule.needs_application
        for verdict in rule.review(message, application, step, channel, now)
    ]
    return tuple(sorted(verdicts, key=lambda verdict: _WEIGHT[verdict.severity]))


def is_blocked(verdicts: Iterable[Verdict]) -> bool:
    """Tell whether any verdict blocks the message."""
    return any(verdict.severity is Severity.BLOCK for verdict in verdicts)
