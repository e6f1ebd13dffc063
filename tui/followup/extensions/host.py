"""The host of all plugins: a typed face over pluggy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

import pluggy

from followup.api import (
    Channel,
    Command,
    Exporter,
    Importer,
    Policy,
    Rule,
    Template,
)
from followup.domain.errors import RefusedError
from followup.domain.text import clean
from followup.extensions import hookspecs
from followup.extensions.discovery import Found

Given = TypeVar("Given")
_BY_NAME = attrgetter("name")


class PluginHost:
    """Registers plugins and gathers what their hooks give, each kind by name.

    Where two plugins give the same name, the one that was registered first keeps it and
    the clash is added to ``faults``.
    """

    def __init__(self, plugins: Iterable[Found]) -> None:
        """Register the plugins in order; those that could not be loaded become faults."""
        self.plugins: list[Found] = []
        self.faults: list[str] = []
        self._manager = pluggy.PluginManager("followup")
        self._manager.add_hookspecs(hookspecs)
        for found in plugins:
            self._register(found)

    def _register(self, found: Found) -> None:
        self.plugins.append(found)
        if found.fault:
            self.faults.append(f"plugin {found.name} {found.version}: {found.fault}")
        elif self._manager.has_plugin(found.name):
            self.faults.append(
                f"plugin {found.name} {found.version}: there is another of that name"
            )
        else:
            self._manager.register(found.module, name=found.name)

    @cached_property
    def channels(self) -> Mapping[str, Channel]:
        """All channels by name."""
        hook: Callable[[], list[Iterable[Channel]]] = self._manager.hook.register_channels
        return self._named(hook(), _BY_NAME)

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """All timing policies by name."""
        hook: Callable[[], list[Iterable[Policy]]] = self._manager.hook.register_policies
        return self._named(hook(), _BY_NAME)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """All rules of etiquette by code."""
        hook: Callable[[], list[Iterable[Rule]]] = self._manager.hook.register_rules
        return self._named(hook(), attrgetter("code"))

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        """All message templates by name."""
        hook: Callable[[], list[Iterable[Template]]] = self._manager.hook.register_templates
        return self._named(hook(), _BY_NAME)

    @cached_property
    def importers(self) -> Mapping[str, Importer]:
        """All importers by name."""
        hook: Callable[[], list[Iterable[Importer]]] = self._manager.hook.register_importers
        return self._named(hook(), _BY_NAME)

    @cached_property
    def exporters(self) -> Mapping[str, Exporter]:
        """All exporters by name."""
        hook: Callable[[], list[Iterable[Exporter]]] = self._manager.hook.register_exporters
        return self._named(hook(), _BY_NAME)

    @cached_property
    def commands(self) -> Mapping[str, Command]:
        """All commands by name."""
        hook: Callable[[], list[Iterable[Command]]] = self._manager.hook.register_commands
        return self._named(hook(), _BY_NAME)

    def _named(
        self, results: list[Iterable[Given]], name_of: Callable[[Given], str]
    ) -> dict[str, Given]:
        """Index what the plugins gave, in the order in which they were registered."""
        given: dict[str, Given] = {}
        # pluggy calls the plugin that was registered last first.
        for thing in (thing for result in reversed(results) for thing in result):
            name = name_of(thing)
            if name in given:
                self.faults.append(f"two plugins give {name!r}: the first one keeps the name")
            else:
                given[name] = thing
        return given


def named(things: Mapping[str, Given], name: str, kind: str, command: str) -> Given:
    """Return what a plugin gave under a name.

    Raises ``RefusedError`` where there is none: it names those that there are, and the
    ``command`` that tells more.
    """
    try:
        return things[name]
    except KeyError:
        known = ", ".join(things)
        fault = f"no {kind} {clean(name)!r}: there are {known}; see `{command}`"
        raise RefusedError(fault) from None
