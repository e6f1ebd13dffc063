"""What a rule judges, and how it says what it has against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from followup.api import Application, Channel, Message, Severity, Step, StepKind, Verdict


class Case(Struct, frozen=True):
    """What a rule judges: a message, and all that there is around it at ``now`` (UTC).

    ``others`` are the user's other applications at the same company.
    """

    message: Message
    application: Application | None
    step: Step | None
    channel: Channel | None
    now: datetime
    others: tuple[Application, ...] = ()

    @property
    def kind(self) -> StepKind | None:
        """The kind of the step that the message is for, none where none is known."""
        return self.step.kind if self.step else None


class Objection(Struct, frozen=True, kw_only=True):
    """What a rule has against a message; see ``Verdict`` for ``until`` and ``span``."""

    text: str
    until: datetime | None = None
    span: tuple[int, int] | None = None


class Etiquette(Struct, frozen=True, kw_only=True):
    """A rule whose verdicts all have one code and one severity."""

    code: str
    severity: Severity
    object_to: Callable[[Case], Iterator[Objection]]
    needs_application: bool = False
    needs_others: bool = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
        others: tuple[Application, ...] = (),
    ) -> Sequence[Verdict]:
        """Return a verdict for each objection to the message."""
        case = Case(message, application, step, channel, now, others)
        return [
            Verdict(
                code=self.code,
                severity=self.severity,
                message=objection.text,
                until=objection.until,
                span=objection.span,
            )
            for objection in self.object_to(case)
        ]
