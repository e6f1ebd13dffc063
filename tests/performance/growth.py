"""What each application more costs: a change, the clock, and travelling in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from msgspec.structs import replace

from followup.builtin import patient
from followup.config import Config
from followup.domain.board import Board
from followup.extensions.discovery import Found
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.testing import NOW, HandClock
from followup.tracker import Tracker

ROUNDS = 15


class Growth(NamedTuple):
    """What a store of some size costs, in milliseconds; ``moved`` are the cards of a day."""

    change: float
    board: float
    minute: float
    day: float
    moved: int


def grown(path: Path) -> Growth:
    """Measure a store of made-up applications."""
    plugin = Found(name="patient", version="", module=patient)
    repository = Repository(path)
    tracker = Tracker(repository, PluginHost([plugin]), Config(), HandClock(NOW))
    now = max(event.at for one in repository.applications() for event in one.events)
    deal = tracker.deal(now)
    later = tracker.deal(now + timedelta(days=1), deal)

    def change(number: int) -> None:
        with repository.change("edit", NOW) as changes:
            found = changes.get(number % 500 + 1)
            assert found
            changes.replace(replace(found, salary=str(number)))

    found = Growth(
        median(_took(change)),
        median(_took(lambda _: tracker.board(now))),
        median(_took(lambda n: tracker.deal(now + timedelta(seconds=n), deal))),
        median(_took(lambda _: tracker.deal(now + timedelta(days=1), deal))),
        _moved(deal.board, later.board),
    )
    tracker.close()
    return found


def _took(work: Callable[[int], object]) -> list[float]:
    times = []
    for number in range(ROUNDS):
        begun = time.perf_counter()
        work(number)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _moved(board: Board, later: Board) -> int:
    """Return how many cards stand in another column, or otherwise in the same one, later."""
    before = {card.id: card for card in board.cards()}
    return sum(card is not before[card.id] for card in later.cards())
