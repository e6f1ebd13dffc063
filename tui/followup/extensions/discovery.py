"""Where plugins are found: in the box, and among the installed distributions."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

from msgspec import Struct

GROUP = "followup"
BUILTIN = ("patient", "email", "clipboard", "rules", "templates", "importers", "exporters")


class Found(Struct, frozen=True, kw_only=True):
    """A plugin that was found: its name, its distribution's version, and the loaded module.

    ``fault`` says why it could not be loaded, and is empty where it was.
    """

    name: str
    version: str
    module: ModuleType | object | None = None
    fault: str = ""


def builtin_plugins(version: str) -> Iterator[Found]:
    """Yield the plugins that ship in the box."""
    for name in BUILTIN:
        module = import_module(f"followup.builtin.{name}")
        yield Found(name=name, version=version, module=module)


def installed_plugins() -> Iterator[Found]:
    """Yield the plugins of installed distributions, one at a time.

    One that cannot be imported is yielded with its fault; the others are not affected.
    """
    for entry_point in entry_points(group=GROUP):
        version = entry_point.dist.version if entry_point.dist else ""
        try:
            module = entry_point.load()
        except (Exception, SystemExit) as fault:
            reason = f"{type(fault).__name__}: {fault}"
            yield Found(name=entry_point.name, version=version, fault=reason)
        else:
            yield Found(name=entry_point.name, version=version, module=module)
