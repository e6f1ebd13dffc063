"""The roster: all plugins that there are, what each gives, and how each is doing."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from followup.extensions.discovery import Found
from followup.extensions.faults import Fault
from followup.extensions.host import PluginHost
from followup.extensions.outside import OutsidePlugins
from followup.extensions.things import KINDS

Condition = Literal["loaded", "failed", "disabled", "set aside"]


class Listed(Struct, frozen=True, kw_only=True):
    """One plugin and how it is doing; ``gives`` are the names of things by their kind."""

    found: Found
    condition: Condition
    hooks: tuple[str, ...] = ()
    gives: dict[str, tuple[str, ...]] = {}
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """The name of the plugin."""
        return self.found.name


def roster(host: PluginHost, outside: OutsidePlugins | None) -> list[Listed]:
    """Return all plugins, those in the box first; the others are loaded for it."""
    listed = [_of_the_box(found, host) for found in host.plugins]
    if outside:
        outside.load()
        listed += [_of_others(found, outside) for found in outside.plugins]
    return listed


def _of_the_box(found: Found, host: PluginHost) -> Listed:
    return Listed(
        found=found,
        condition="loaded",
        hooks=host.hooks_of(found.name),
        gives=host.given_by(found.name),
        faults=tuple(fault for fault in host.faults if fault.plugin == found.name),
    )


def _of_others(found: Found, outside: OutsidePlugins) -> Listed:
    if found.fault:
        fault = Fault(
            plugin=found.name, version=found.version, phase="discovery", reason=found.fault
        )
        return Listed(found=found, condition="failed", faults=(fault,))
    entry = outside.ledger.entry(found.name)
    manifest = outside.load()
    hooks = {plugin.name: plugin.hooks for plugin in manifest.plugins} if manifest else {}
    gives = {
        kind: tuple(facts.name for owner, facts in getattr(manifest, kind) if owner == found.name)
        for kind in KINDS
    }
    condition: Condition = "loaded" if found.name in hooks else "failed"
    if not outside.ledger.is_wanted(found):
        condition = "disabled" if entry.state == "disabled" else "set aside"
    return Listed(
        found=found,
        condition=condition,
        hooks=hooks.get(found.name, ()),
        gives={kind: names for kind, names in gives.items() if names},
        faults=entry.faults,
    )
