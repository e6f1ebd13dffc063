"""What the timeline says against a message: too early, answered, or enough (design, section 4)."""

from __future__ import annotations

from collections.abc import Iterator

from followup.api import Timeline, span_of_time
from followup.builtin.etiquette.case import Case, Objection


def too_early(case: Case) -> Iterator[Objection]:
    """Object while the step is not open: it looks desperate, and time heals it."""
    step = case.step
    if step and step.opens > case.now:
        wait = span_of_time(step.opens - case.now)
        text = f"Too early looks desperate: this opens in {wait}, {step.why}. Snooze it until then."
        yield Objection(text=text, until=step.opens)


def already_replied(case: Case) -> Iterator[Objection]:
    """Object where they answered and the ball is with the user."""
    if _is_answered(case):
        yield Objection(
            text="They have answered, and a follow-up would read as if you had not noticed:"
            " reply to what they said instead."
        )


def too_many(case: Case) -> Iterator[Objection]:
    """Object where nothing more is foreseen, unless they answered."""
    if case.step is None and not _is_answered(case):
        yield Objection(
            text="All follow-ups have been sent, and one more seldom helps: let it rest,"
            " and put your time into the next application."
        )


def _is_answered(case: Case) -> bool:
    about = case.application
    return about is not None and Timeline.at(about.events, case.now).answered
