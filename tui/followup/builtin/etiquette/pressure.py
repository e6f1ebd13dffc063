"""What pressure has against it: it forces a hand that was about to be given (design, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup.api import StepKind
from followup.builtin.etiquette.case import Case, Objection
from followup.builtin.etiquette.hearing import Span
from followup.builtin.etiquette.judgement import judge

# The subject of a reply is whoever's began the thread.
_THEIR_SUBJECT = re.compile(r"\s*(?:re|aw|wg|fwd?|tr|rv)\s*:", re.IGNORECASE)
_QUOTED_AT_MOST = 60


def ultimatum_too_early(case: Case) -> Iterator[Objection]:
    """Object to an ultimatum before the last call, in the body or in a subject of one's own."""
    if case.kind is StepKind.LAST_CALL:
        return
    message = case.message
    in_body = judge(message.body, message.language).ultimatum
    if in_body:
        yield _ultimatum(message.body, in_body, marked=in_body)
    elif not _THEIR_SUBJECT.match(message.subject):
        in_subject = judge(message.subject, message.language).ultimatum
        if in_subject:
            yield _ultimatum(message.subject, in_subject, marked=None)


def _ultimatum(text: str, span: Span, *, marked: Span | None) -> Objection:
    return Objection(
        text=f"“{_shown(text[slice(*span)])}” reads as an ultimatum, and this early it makes a no"
        " the easy answer: ask for their timeline, and keep it for the last call.",
        span=marked,
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
