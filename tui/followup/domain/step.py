"""Steps: the follow-ups that a policy foresees (design, section 1)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class StepKind(StrEnum):
    """The kinds of follow-up that a policy can foresee."""

    NUDGE = "nudge"
    THANK_YOU = "thank_you"
    FOLLOW_UP = "follow_up"
    CHECK_IN = "check_in"
    LAST_CALL = "last_call"

    @property
    def label(self) -> str:
        """The kind as people read it."""
        return STEP_LABELS[self]


STEP_LABELS = {
    StepKind.NUDGE: "Nudge",
    StepKind.THANK_YOU: "Thank-you",
    StepKind.FOLLOW_UP: "Follow-up",
    StepKind.CHECK_IN: "Check-in",
    StepKind.LAST_CALL: "Last call",
}


class Step(Struct, frozen=True, kw_only=True):
    """One follow-up that a policy foresees.

    ``opens`` and ``due`` are instants in UTC; ``why`` says in words how they came about.
    ``number`` counts steps of one kind (check-in 2 ``of`` 2). A step that ``lapses`` gives
    way to the next one at that instant, sent or not.
    """

    kind: StepKind
    opens: datetime
    due: datetime
    why: str
    number: int = 1
    of: int = 1
    lapses: datetime | None = None
