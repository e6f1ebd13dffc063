"""Trackers with scripts in a process of their own, and what became of those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType

import hasty_worker
from builders import HandClock
from followup.config import Config
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.extensions.outside import OutsidePlugins
from followup.extensions.roster import Listed, roster
from followup.store.repository import Repository
from followup.tracker import Tracker
from scripts import write_script


class Run:
    """One run of the program: its tracker, and the scripts that it found in a directory."""

    def __init__(
        self,
        directory: Path,
        *,
        clock: HandClock | None = None,
        config: Config | None = None,
        command: Sequence[str] = hasty_worker.COMMAND,
        tells: bool = True,
    ) -> None:
        self.clock = clock or HandClock()
        self.outside = OutsidePlugins(directory, self.clock.now, command)
        self.host = PluginHost(builtin_plugins("0"), self.outside, tells=tells)
        repository = Repository(directory / "followup.json")
        self.tracker = Tracker(repository, self.host, config or Config(), self.clock)

    def plugin(self, name: str) -> Listed:
        """A plugin as it is listed."""
        return self.plugins()[name]

    def plugins(self) -> dict[str, Listed]:
        """The plugins that did not ship in the box, by name."""
        listed = roster(self.host, self.outside)
        return {plugin.name: plugin for plugin in listed if plugin.found.source != "box"}

    def close(self) -> None:
        self.tracker.close()
        self.outside.close()


@contextmanager
def a_run(
    directory: Path,
    scripts: Mapping[str, str] = MappingProxyType({}),
    *,
    clock: HandClock | None = None,
    config: Config | None = None,
    command: Sequence[str] = hasty_worker.COMMAND,
    tells: bool = True,
) -> Iterator[Run]:
    """One run of the program, over these scripts and those that are there already."""
    for name, code in scripts.items():
        write_script(directory, name, code)
    run = Run(directory, clock=clock, config=config, command=command, tells=tells)
    try:
        yield run
    finally:
        run.close()


def rule_script(body: str, code: str = "mine", head: str = "") -> str:
    """A script with a rule that does this when it judges."""
    return f"""\
{dedent(head)}
from followup.api import Severity, Verdict, hookimpl

class Rule:
    code = {code!r}
    needs_application = False

    def review(self, message, application, step, channel, now):
        {body}

@hookimpl
def register_rules():
    return [Rule()]
"""


FINE = 'return [Verdict(code=self.code, severity=Severity.INFO, message="fine")]'
"""What a rule does that is never at a loss for a word."""
