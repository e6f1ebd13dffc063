"""The program of the plugins' process: ``python -m followup.cli.worker DESCRIPTOR``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup.extensions.happenings import Place
    from followup.extensions.host import PluginHost
    from followup.tracker import Tracker

COMMAND = (sys.executable, "-P", "-m", "followup.cli.worker")
"""How the process is started; -P: nothing is loaded from the current directory."""


def main(descriptor: int) -> None:
    """Serve the plugins' process over the socket of a descriptor."""
    # Late: the program itself needs nothing of this file but the command.
    from followup.config import config_path, read_config
    from followup.domain.clock import FixedClock
    from followup.extensions.isolation.serving import serve

    def tracker_at(host: PluginHost, place: Place) -> Tracker:
        # Late: most plugins never ask for the store.
        from followup.store.repository import Repository
        from followup.tracker import Tracker

        clock = FixedClock(place.now, place.zone)
        return Tracker(Repository(Path(place.store)), host, read_config(config_path()), clock)

    serve(descriptor, tracker_at)


if __name__ == "__main__":
    main(int(sys.argv[1]))
