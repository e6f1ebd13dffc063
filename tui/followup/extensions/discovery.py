"""Where plugins are found: in the box, among the installed distributions, as scripts.

Finding one loads none of its code, but for those in the box, which are ours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.text import clean

GROUP = "followup"
BUILTIN = ("patient", "email", "clipboard", "rules", "templates", "importers", "exporters")
SCRIPTS = "plugins"
"""The folder of scripts, beside the configuration file."""

Source = Literal["box", "installed", "script"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_WRITABLE_BY_OTHERS = 0o022


class Found(Struct, frozen=True, kw_only=True):
    """A plugin that was found: its name, its version, and the loaded module.

    Until it is loaded, ``module`` is none, and ``locator`` says where it is: the value of an
    entry point, or the path of a script. ``distribution`` is what pip knows it by. ``fault``
    says why it must not be loaded, and is empty where it may.
    """

    name: str
    version: str
    source: Source = "box"
    locator: str = ""
    distribution: str = ""
    fault: str = ""
    module: object | None = None


def builtin_plugins(version: str) -> Iterator[Found]:
    """Yield the plugins that ship in the box, loaded."""
    for name in BUILTIN:
        module = import_module(f"followup.builtin.{name}")
        yield Found(name=name, version=version, module=module)


def outside_plugins(directory: Path, only: Collection[str] = ()) -> list[Found]:
    """Return the plugins that did not ship in the box, none of them loaded.

    ``directory`` is that of the configuration, whose scripts count; ``only`` names the
    plugins that are wanted, none of them: all. Of several that have one name, the first is
    good and the others are there with a fault.
    """
    found: dict[str, Found] = {}
    clashes: list[Found] = []
    for plugin in (*_installed(), *_scripts(directory / SCRIPTS)):
        if only and plugin.name not in only:
            continue
        if plugin.name in BUILTIN:
            clashes.append(replace(plugin, fault="a plugin in the box has this name"))
        elif plugin.name in found:
            first = found[plugin.name]
            where = first.distribution or first.locator
            clashes.append(replace(plugin, fault=f"there is another of this name: {where}"))
        else:
            found[plugin.name] = plugin
    return [*found.values(), *clashes]


def _installed() -> Iterator[Found]:
    from importlib.metadata import entry_points  # late: many runs ask no plugin

    for entry_point in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        distribution = entry_point.dist
        yield _named(
            Found(
                name=entry_point.name,
                version=distribution.version if distribution else "",
                source="installed",
                locator=entry_point.value,
                distribution=distribution.name if distribution else "",
            )
        )


def _scripts(directory: Path) -> Iterator[Found]:
    """Yield the ``*.py`` of a folder; one that others could write is not to be loaded."""
    for path in sorted(directory.glob("*.py")):
        if path.name.startswith((".", "_")):
            continue
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            distrust = _distrust(directory) or _distrust(path)
        except OSError as error:
            yield _named(_script(path, "", f"it cannot be read: {error.strerror}"))
        else:
            yield _named(_script(path, f"{changed:%Y-%m-%d %H:%M:%S}", distrust))


def _script(path: Path, version: str, fault: str) -> Found:
    return Found(name=path.stem, version=version, source="script", locator=str(path), fault=fault)


def _named(found: Found) -> Found:
    if _NAME.fullmatch(found.name):
        return found
    name = clean(found.name)
    return replace(found, name=name, fault=f"{name!r} is no name for a plugin")


def _distrust(path: Path) -> str:
    """Return why a script must not be run (design, section 10), nothing where it may."""
    status = path.stat()
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        return f"{path} belongs to somebody else: it is not run"
    if os.name == "posix" and status.st_mode & _WRITABLE_BY_OTHERS:
        return f"others can write {path}: `chmod go-w` it, and it will be run"
    return ""
