"""The program of the plugins' process: ``python -m followup.cli.worker DESCRIPTOR``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup.extensions.happenings import Place
    from followup.extensions.host import Outside, PluginHost
    from followup.store.repository import Repository
    from followup.tracker import Tracker

COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "followup.cli.worker")
"""How the process is started; -P: nothing is loaded from the current directory."""


class Trackers:
    """Opens the trackers that plugins are handed, all with one host of our own plugins.

    A store stays open: plugins are told of one fact after the other.
    """

    def __init__(self) -> None:
        """Begin without a host: most plugins never ask for a tracker."""
        self._host: PluginHost | None = None
        self._stores: dict[str, Repository] = {}

    def tracker_at(self, outside: Outside, place: Place) -> Tracker:
        """Return a tracker over the store of a place, whose clock stands there."""
        # Late: the program itself needs nothing of this file but the command.
        from followup.cli.ours import our_plugins, own_templates
        from followup.config import config_path, read_config
        from followup.domain.clock import FixedClock
        from followup.extensions.host import PluginHost
        from followup.store.repository import Repository
        from followup.tracker import Tracker

        config = read_config(config_path())
        if self._host is None:
            self._host = PluginHost(our_plugins(own_templates(lambda: config.language)), outside)
        if place.store not in self._stores:
            self._stores[place.store] = Repository(Path(place.store))
        store = self._stores[place.store]
        store.refresh()
        return Tracker(store, self._host, config, FixedClock(place.now, place.zone))


def main(descriptor: int) -> None:
    """Serve the plugins' process over the socket of a descriptor."""
    # Late: the program itself needs nothing of this file but the command.
    from followup.extensions.isolation.serving import serve

    serve(descriptor, Trackers().tracker_at)


if __name__ == "__main__":
    main(int(sys.argv[1]))
