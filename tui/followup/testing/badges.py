"""The check of badges."""

from __future__ import annotations

from itertools import islice

from followup.api import LONGEST_BADGE, Badge
from followup.extensions import answers
from followup.extensions.things import Facts
from followup.testing.factories import card
from followup.testing.judging import asked, require
from followup.testing.stories import FACTS, STARTS, stories

_STORIES = 1 + len(FACTS) + len(FACTS) ** 2
"""All in which up to two things happen."""


def check_badge(badge: Badge) -> None:
    """Check that a badge keeps its contract, on cards of every kind.

    It has a name, it is pure, and what it says fits on a card. Raises ``AssertionError``.
    """
    what = f"badge {getattr(badge, 'name', badge)}"
    asked(what, lambda: Facts.of(badge))
    for story in islice(stories(), _STORIES):
        for now in STARTS:
            shown = card(*story.events, now=now, zone=story.zone)
            told = f"{what}, {story} at {now:%Y-%m-%d}"
            text = asked(told, lambda: answers.badge(badge.text(shown, now)))  # noqa: B023
            again = asked(told, lambda: answers.badge(badge.text(shown, now)))  # noqa: B023
            require(text == again, f"{told}: says something else when it is asked again")
            said = asked(told, lambda: badge.text(shown, now))  # noqa: B023
            require(len(said or "") <= LONGEST_BADGE, f"{told}: {said!r} is cut to {text!r}")
