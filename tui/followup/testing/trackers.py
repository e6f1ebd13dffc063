"""A host and a tracker with the plugins that a test names, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from followup import __version__
from followup.config import Config
from followup.domain.clock import Clock
from followup.extensions.discovery import Found, builtin_plugins
from followup.extensions.host import PluginHost
from followup.extensions.loading import load
from followup.extensions.things import KINDS
from followup.testing.clock import HandClock
from followup.testing.judging import require

if TYPE_CHECKING:
    from followup.tracker import Tracker


def load_script(path: Path) -> ModuleType:
    """Return a script as a module, loaded as the program does."""
    module = load(Found(name=path.stem, version="", source="script", locator=str(path)))
    assert isinstance(module, ModuleType)
    return module


def host_of(*plugins: object) -> PluginHost:
    """Return a host of what ships in the box and these plugins: modules, or objects with hooks.

    They run in this process, so that a test sees what they raise. Raises ``AssertionError``
    where one does not fit the hooks, or gives what the program would leave out.
    """
    given = (
        Found(name=getattr(plugin, "__name__", f"plugin-{number}"), version="", module=plugin)
        for number, plugin in enumerate(plugins, start=1)
    )
    host = PluginHost([*builtin_plugins(__version__), *given])
    for kind in KINDS:
        getattr(host, kind)  # gathers them, which is when faults come up
    require(not host.faults, "; ".join(map(str, host.faults)))
    return host


@contextmanager
def tracker_over(
    directory: Path, *plugins: object, clock: Clock | None = None, **config: Any
) -> Iterator[Tracker]:
    """Open a tracker over a store in a directory, with these plugins.

    The rest is configuration: ``name="Sam"``, ``policy={"slow": {"days": 3}}``. The clock
    stands at ``NOW`` unless there is another. ``tracker.publish(tracker.board())`` does what
    ``followup tick`` does: plugins are told what has happened, and what the clock brought.
    """
    # Late: tests of channels and policies do without a store.
    from followup.store.repository import Repository
    from followup.tracker import Tracker

    repository = Repository(directory / "followup.json")
    settings = Config(**{"name": "Alex", **config})
    tracker = Tracker(repository, host_of(*plugins), settings, clock or HandClock())
    try:
        yield tracker
    finally:
        tracker.close()
