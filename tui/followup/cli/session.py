"""What one run works with: configuration, clock, plugins and tracker, made when first needed."""

from __future__ import annotations

import os
import warnings
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from msgspec import Struct

from followup.config import Config, config_path, read_config
from followup.domain.clock import Clock, FixedClock
from followup.domain.errors import InputError

if TYPE_CHECKING:
    from followup.domain.when import When
    from followup.extensions.host import PluginHost
    from followup.extensions.outside import OutsidePlugins
    from followup.own_templates import OwnTemplates
    from followup.tracker import Tracker


class SystemClock(Struct, frozen=True):
    """The clock of the computer, in the user's zone."""

    zone: str

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return datetime.now(UTC)


class Session:
    """One run of the program and the global options that it was given.

    ``at`` is the moment to which the clock was set, if it was. Errors in the configuration
    or the store come up when they are first needed.
    """

    def __init__(self, *, store: Path | None = None, plugins: bool = True) -> None:
        """Take the global options; nothing is read yet."""
        self.at: When | None = None
        self._store = store
        self._plugins = plugins

    def set_clock(self, text: str) -> None:
        """Set the clock to a moment as typed; raise ``InputError`` where it is none."""
        from followup.domain.when import parse_when  # late: reading dates takes patterns

        self.at = parse_when(text, datetime.now(UTC), self.zone)

    @cached_property
    def config(self) -> Config:
        """The user's settings; raises ``InputError`` where they are wrong."""
        return read_config(config_path())

    @cached_property
    def zone(self) -> str:
        """The user's zone: the one in the configuration, else the system's (``TZ``)."""
        return known_zone(self.config.timezone) if self.config.timezone else _system_zone()

    @cached_property
    def clock(self) -> Clock:
        """The clock: the system's, or one that stands still at ``--at``."""
        if self.at:
            from followup.domain.recording import beginning  # late, as above

            return FixedClock(beginning(self.at, self.zone), self.zone)
        return SystemClock(self.zone)

    @property
    def moment(self) -> When:
        """When a fact happened for which nothing else was said: ``--at``, else now."""
        from followup.domain.when import parse_when  # late, as above

        return self.at or parse_when("now", self.clock.now(), self.zone)

    @property
    def store_path(self) -> Path:
        """Where the store is: as given, else in the platform's data directory."""
        if self._store:
            return self._store
        from platformdirs import user_data_path  # late: not needed where a path was given

        return user_data_path("followup", appauthor=False) / "followup.json"

    @cached_property
    def host(self) -> PluginHost:
        """All plugins: ours, then those installed unless they are shut out."""
        from followup.cli.ours import our_plugins
        from followup.cli.worker import COMMAND
        from followup.extensions.host import PluginHost

        return PluginHost(
            our_plugins(self.own_templates), self.outside, tells=self._plugins, sends_by=COMMAND
        )

    @cached_property
    def own_templates(self) -> OwnTemplates:
        """The user's own message templates, beside the configuration."""
        from followup.cli.ours import own_templates

        return own_templates(lambda: self.config.language)

    @cached_property
    def outside(self) -> OutsidePlugins | None:
        """The plugins that did not ship in the box; none where they are shut out."""
        if not self._plugins:
            return None
        from followup.cli.worker import COMMAND
        from followup.extensions.outside import OutsidePlugins

        wanted = os.environ.get("FOLLOWUP_PLUGINS", "")
        only = tuple(name for name in map(str.strip, wanted.split(",")) if name)
        # When faults are: whatever time the board shows, and in whatever state the configuration
        # is, which would know the user's zone.
        now = SystemClock("UTC").now
        return OutsidePlugins(config_path().parent, now, COMMAND, only)

    @cached_property
    def tracker(self) -> Tracker:
        """The tracker over the store; raises ``StoreError`` where it cannot be read."""
        return self.tracker_over(self.store_path)

    def tracker_over(self, path: Path, config: Config | None = None) -> Tracker:
        """Return a tracker over another store than that of this run, perhaps set otherwise."""
        from followup.store.repository import Repository
        from followup.tracker import Tracker

        return Tracker(Repository(path), self.host, config or self.config, self.clock)

    def options(self) -> list[str]:
        """Return the global options that give another run this store, clock and plugins."""
        at = ["--at", self.clock.now().isoformat()] if self.at else []
        plugins = [] if self._plugins else ["--no-plugins"]
        return [*at, *plugins, "--store", str(self.store_path.absolute())]

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        if "tracker" in self.__dict__:
            self.tracker.publish()
            self.tracker.close()
            self._tell_who_was_set_aside()
        if "outside" in self.__dict__ and self.outside:
            self.outside.close()

    def _tell_who_was_set_aside(self) -> None:
        """Say of each plugin that failed too often in this run that it is called no more."""
        faults = self.outside.faults if self.outside else ()
        for name in dict.fromkeys(fault.plugin for fault in faults if fault.failed):
            if self.outside and self.outside.ledger.entry(name).state == "set aside":
                from followup.cli.lines import note  # late: most runs have nothing to say here

                note(f"the plugin {name} was set aside: `followup plugins info {name}` says why")


pass_session = click.make_pass_decorator(Session)


def _system_zone() -> str:
    import tzlocal  # late: not needed where the configuration names a zone

    with warnings.catch_warnings():
        # It warns of systems without any zone, which then are in UTC.
        warnings.simplefilter("ignore")
        try:
            return known_zone(str(tzlocal.get_localzone()))
        except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
            raise InputError(
                "the system's time zone has no name that is known: set timezone in the"
                " configuration (`followup config edit`), such as Europe/Berlin"
            ) from fault


def known_zone(zone: str) -> str:
    """Return the name of a zone; raise ``InputError`` where there is none of that name."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise InputError(
            f"no time zone is called {zone!r}: set timezone in the configuration"
            " (`followup config edit`), such as Europe/Berlin"
        ) from fault
    return zone
