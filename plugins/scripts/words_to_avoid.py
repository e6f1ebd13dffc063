"""A rule of one's own: warn of words that weaken a message, and of exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from followup.api import (
    Application,
    Channel,
    Message,
    Rule,
    Severity,
    Step,
    Verdict,
    hookimpl,
)

AVOIDED = ("just", "sorry to bother you", "touch base", "circle back", "ASAP", "!")

# Whole words, whatever their case; around a mark there need be none.
_AVOIDED = re.compile(
    "|".join(
        rf"\b{re.escape(word)}\b" if word[-1].isalnum() else re.escape(word) for word in AVOIDED
    ),
    re.IGNORECASE,
)
MOST = 20


class WordsToAvoid:
    """Marks each of the words where it stands in the body."""

    code = "words-to-avoid"
    needs_application = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Return a warning for each place."""
        return [
            Verdict(
                code=self.code,
                severity=Severity.WARN,
                message=f"You wanted to avoid “{found[0]}”: say it without.",
                span=found.span(),
            )
            for found in list(_AVOIDED.finditer(message.body))[:MOST]
        ]


@hookimpl
def register_rules() -> list[Rule]:
    """Add the rule."""
    return [WordsToAvoid()]
