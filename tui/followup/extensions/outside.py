"""The plugins that did not ship in the box: found when they are needed, run elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from followup.extensions.discovery import Found, outside_plugins
from followup.extensions.faults import Fault
from followup.extensions.ledger import FILE_NAME, Ledger

if TYPE_CHECKING:
    from followup.extensions.isolation.process import PluginProcess
    from followup.extensions.isolation.requests import AnyRequest, Manifest

Answer = TypeVar("Answer")


class OutsidePlugins:
    """The installed plugins and the scripts of a user, loaded when something is asked of them.

    ``directory`` is that of the configuration, with the scripts and the ledger. ``only``
    names the plugins that are wanted, none: all. ``command`` starts a process for them.
    """

    def __init__(
        self,
        directory: Path,
        now: Callable[[], datetime],
        command: Sequence[str],
        only: Sequence[str] = (),
    ) -> None:
        """Take where to look; nothing is looked for yet."""
        self._directory = directory
        self._now = now
        self._command = command
        self._only = only
        self._is_awaited = True

    @cached_property
    def plugins(self) -> tuple[Found, ...]:
        """All plugins that were found, wanted or not."""
        return tuple(outside_plugins(self._directory, self._only))

    @cached_property
    def ledger(self) -> Ledger:
        """What is known of them from earlier runs."""
        return Ledger(self._directory / FILE_NAME, self._now)

    @cached_property
    def _process(self) -> PluginProcess:
        # Late: without plugins the program starts sooner.
        from followup.extensions.isolation.process import PluginProcess

        return PluginProcess(self._wanted, self.ledger, self._command)

    def _wanted(self) -> tuple[Found, ...]:
        return tuple(
            found for found in self.plugins if not found.fault and self.ledger.is_wanted(found)
        )

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What they did wrong in this run."""
        return tuple(self._process.faults) if self._is_begun else ()

    @property
    def manifest(self) -> Manifest | None:
        """What they give; none where there are none, or nobody waits for them to be loaded."""
        if self._is_awaited:
            return self.load()
        return self._process.manifest if self._is_begun else None

    def load_later(self) -> None:
        """Have nobody wait for the plugins until ``load`` is called."""
        self._is_awaited = False

    def load(self) -> Manifest | None:
        """Load the plugins, if they are not loaded yet, and return what they give."""
        return self._process.load() if self.plugins else None

    def ask(self, request: AnyRequest, kind: type[Answer]) -> Answer:
        """Return the answer to a request; raise ``PluginFailedError`` where there is none."""
        return self._process.ask(request, kind)

    def close(self) -> None:
        """End their processes, whoever waits for them; nothing can be asked after it."""
        if self._is_begun:
            self._process.close()

    def reload(self) -> None:
        """Load anew those that are wanted now."""
        if self._is_begun:
            self._process.restart()

    @property
    def _is_begun(self) -> bool:
        return "_process" in self.__dict__
