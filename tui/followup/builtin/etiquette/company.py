"""What else went to the same company against a message (design, section 4)."""

from __future__ import annotations

from collections.abc import Iterator

from followup.api import Application, FollowUp, Timeline, after, span_of_time
from followup.builtin.etiquette.case import Case, Objection

APART_HOURS = 24


def same_company(case: Case) -> Iterator[Objection]:
    """Object where another message went to the company within 24 hours."""
    if case.application is None:
        return
    recent = [
        (message, about)
        for about in (case.application, *case.others)
        for message in _sent(about, case)
        if case.now < after(message.at, hours=APART_HOURS)
    ]
    if recent:
        message, about = max(recent, key=lambda sent: sent[0].at)
        ago = span_of_time(case.now - message.at)
        until = after(message.at, hours=APART_HOURS)
        yield Objection(
            text=f"A message about the {about.role} went to {about.company} {ago} ago, and two in"
            f" a day look like a mailing: wait {span_of_time(until - case.now)}.",
            until=until,
        )


def _sent(about: Application, case: Case) -> tuple[FollowUp, ...]:
    return Timeline.at(about.events, case.now).sent
