from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import NOON, HandClock
from followup.config import Config
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.tracker import Tracker
from listening import Listener
from ticks import Open


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOON)


@pytest.fixture
def tracker(tmp_path: Path, clock: HandClock) -> Iterator[Tracker]:
    """A tracker over a store of its own, with what ships in the box."""
    repository = Repository(tmp_path / "followup.json")
    tracker = Tracker(repository, PluginHost(builtin_plugins("0")), Config(name="Alex"), clock)
    yield tracker
    tracker.close()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def open_tracker(tmp_path: Path, clock: HandClock, listener: Listener) -> Iterator[Open]:
    """Opens trackers over one store, as several processes have them."""
    opened: list[Tracker] = []

    def open_one(host: PluginHost | None = None) -> Tracker:
        repository = Repository(tmp_path / "followup.json")
        opened.append(Tracker(repository, host or listener.host(), Config(), clock))
        return opened[-1]

    yield open_one
    for tracker in opened:
        tracker.close()
