"""How many sentences a message says, and how many are enough (design, section 4)."""

from __future__ import annotations

from followup.domain.step import StepKind


def enough(kind: StepKind | None) -> int:
    """Return how many sentences a message for a kind of step may have (design, section 4)."""
    return 5 if kind is StepKind.LAST_CALL else 2


def count(body: str, language: str = "en") -> int:
    """Return the number of sentences in the body of a message, as a person would count them.

    ``language`` is an ISO 639-1 code, as ``sentencex`` knows them.
    """
    # Late: its patterns take a while to compile, and most runs count nothing.
    from followup.domain.segments import counted

    return counted(body, language)
