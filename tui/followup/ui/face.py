"""The face of a card: everything that can be seen of it, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len

from followup.domain.board import Card
from followup.domain.stage import ACTIONABLE
from followup.domain.wording import fact
from followup.ui.fitting import cut, fit, legible
from followup.ui.progress import progress


class Face(NamedTuple):
    """Three lines of text, each as wide as the card, and a progress line.

    ``done`` is how many cells of the progress line are over, none where there is no line;
    ``badge`` stands behind the role. ``is_doubtful`` where nobody knows whether a message went.
    Two cards with the same face look the same, so that what was drawn for one can be kept.
    """

    company: str
    role: str
    fact: str
    is_pressing: bool
    done: int | None
    badge: str = ""
    is_doubtful: bool = False


def face_of(card: Card, now: datetime, zone: str, width: int, badge: str = "") -> Face:
    """Return what can be seen of a card at ``now``, in ``width`` cells.

    A badge stands at the end of the second line, in half of it at most.
    """
    over = progress(card, now)
    badge = cut(legible(badge), width // 2)
    room = width - (cell_len(badge) + 1 if badge else 0)
    return Face(
        company=fit(legible(card.application.company), width),
        role=fit(legible(card.application.role), room),
        fact=fit(legible(fact(card, now, zone, width)), width),
        is_pressing=card.stage in ACTIONABLE or card.unconfirmed is not None,
        done=None if over is None else min(width, int(over * width + 0.5)),
        badge=badge,
        is_doubtful=card.unconfirmed is not None,
    )
