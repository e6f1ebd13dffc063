"""The rule of length: LinkedIn cuts off or refuses what is longer than it takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from followup.api import Application, Channel, Message, Severity, Step, Verdict
from followup_linkedin.channels import ConnectionNote, DirectMessage

_LIMITS = {way.name: way.limit for way in (DirectMessage, ConnectionNote)}


class Length:
    """Blocks what does not fit in a message or a note, and marks the rest."""

    code = "linkedin-length"
    needs_application = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Return a verdict where the body has too many characters for its LinkedIn channel."""
        limit = _LIMITS.get(channel.name) if channel else None
        length = len(message.body)
        if channel is None or limit is None or length <= limit:
            return []
        text = (
            f"A {channel.title} takes {limit:,} characters, this has {length:,}:"
            f" cut {length - limit:,}."
        )
        return [
            Verdict(code=self.code, severity=Severity.BLOCK, message=text, span=(limit, length))
        ]
