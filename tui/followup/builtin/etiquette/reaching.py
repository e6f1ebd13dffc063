"""What the channel has against it: nobody there, no way back, or too slow (design, section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from followup.api import needed_by, reaches, span_of_time
from followup.builtin.etiquette.case import Case, Objection

SLOWEST = timedelta(days=2)


def no_contact(case: Case) -> Iterator[Objection]:
    """Object to a channel that reaches nobody at the company."""
    about, channel = case.application, case.channel
    if about and channel and not reaches(channel, about.contact):
        needed = needed_by(channel)
        yield Objection(
            text=f"Nobody at {about.company} has {needed}, so this would reach no one:"
            " add a contact or switch the channel."
        )


def no_reply_path(case: Case) -> Iterator[Objection]:
    """Object to a channel over which nobody can reply."""
    if case.channel and not case.channel.can_reply:
        what = case.channel.title.lower()
        yield Objection(
            text=f"Nobody can reply to a {what}, so even a willing reader stays silent:"
            " send an e-mail instead."
        )


def slow_channel(case: Case) -> Iterator[Objection]:
    """Object to a channel that takes longer than two days."""
    if case.channel and case.channel.delivers_within > SLOWEST:
        what, takes = case.channel.title.lower(), span_of_time(case.channel.delivers_within)
        yield Objection(
            text=f"A {what} can take {takes} to arrive, and they may have decided by then:"
            " send an e-mail instead."
        )
