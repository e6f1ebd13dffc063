"""What pressure has against it: it forces a hand that was about to be given (design, section 4)."""

from __future__ import annotations

from collections.abc import Iterator

from followup.api import StepKind
from followup.builtin.etiquette.case import Case, Objection
from followup.builtin.etiquette.judgement import judge

_QUOTED_AT_MOST = 60


def ultimatum_too_early(case: Case) -> Iterator[Objection]:
    """Object to an ultimatum before the last call."""
    span = judge(case.message.body, case.message.language).ultimatum
    if span and case.kind is not StepKind.LAST_CALL:
        words = _shown(case.message.body[slice(*span)])
        yield Objection(
            text=f"“{words}” reads as an ultimatum, and this early it makes a no the easy answer:"
            " ask for their timeline, and keep it for the last call.",
            span=span,
        )


def competing_offer(case: Case) -> Iterator[Objection]:
    """Object, mildly, to another offer before the last call."""
    judged = judge(case.message.body, case.message.language)
    if judged.competing_offer and not judged.ultimatum and case.kind is not StepKind.LAST_CALL:
        words = _shown(case.message.body[slice(*judged.competing_offer)])
        yield Objection(
            text=f"“{words}” can feel like pressure this early:"
            " mention it only if its date is real, and ask for their timeline in the same breath.",
            span=judged.competing_offer,
        )


def _shown(words: str) -> str:
    """Return words in one line, the middle left out where they are many."""
    line = " ".join(words.split())
    half = _QUOTED_AT_MOST // 2
    return (
        line
        if len(line) <= _QUOTED_AT_MOST
        else f"{line[:half].rstrip()} … {line[-half:].lstrip()}"
    )
