"""The face of a card: everything that can be seen of it, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from followup.domain.board import Card
from followup.domain.stage import ACTIONABLE
from followup.domain.wording import fact
from followup.ui.fitting import fit, legible
from followup.ui.progress import progress


class Face(NamedTuple):
    """Three lines of text, each as wide as the card, and a progress line.

    ``done`` is how many cells of the progress line are over, none where there is no line.
    Two cards with the same face look the same, so that what was drawn for one can be kept.
    """

    company: str
    role: str
    fact: str
    is_pressing: bool
    done: int | None


def face_of(card: Card, now: datetime, zone: str, width: int) -> Face:
    """Return what can be seen of a card at ``now``, in ``width`` cells."""
    over = progress(card, now)
    return Face(
        company=fit(legible(card.application.company), width),
        role=fit(legible(card.application.role), width),
        fact=fit(legible(fact(card, now, zone, width)), width),
        is_pressing=card.stage in ACTIONABLE,
        done=None if over is None else min(width, int(over * width + 0.5)),
    )
