"""The check of badges."""

from __future__ import annotations

from datetime import datetime
from itertools import islice, product

from followup.api import LONGEST_BADGE, Badge, Card
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
    for story, now in product(islice(stories(), _STORIES), STARTS):
        shown = card(*story.events, now=now, zone=story.zone)
        _check_text(f"{what}, {story} at {now:%Y-%m-%d}", badge, shown, now)


def _check_text(what: str, badge: Badge, shown: Card, now: datetime) -> None:
    said = asked(what, lambda: badge.text(shown, now))
    text = asked(what, lambda: answers.badge(said))
    require(len(said or "") <= LONGEST_BADGE, f"{what}: {said!r} is cut to {text!r}")
    again = asked(what, lambda: badge.text(shown, now))
    require(said == again, f"{what}: says something else when it is asked again")
