"""The program of the plugins' process: ``python -m followup.cli.worker DESCRIPTOR``."""

from __future__ import annotations

import sys
from pathlib import Path

from followup.config import config_path, read_config
from followup.domain.clock import FixedClock
from followup.extensions.happenings import Place
from followup.extensions.host import PluginHost
from followup.extensions.isolation.serving import serve
from followup.extensions.isolation.worker import CollectingTracker

COMMAND = (sys.executable, "-P", "-m", "followup.cli.worker")
"""How the process is started; -P: nothing is loaded from the current directory."""

_trackers: dict[str, CollectingTracker] = {}


def tracker_at(host: PluginHost, place: Place) -> CollectingTracker:
    """Return a tracker over the store of a place, at its time, caught up with others."""
    # Late: most plugins never ask for the store.
    from followup.store.repository import Repository
    from followup.tracker import Tracker

    clock = FixedClock(place.now, place.zone)
    return Tracker(Repository(Path(place.store)), host, read_config(config_path()), clock)


if __name__ == "__main__":
    serve(int(sys.argv[1]), tracker_at)
