"""Plugins as tests write them: scripts in a folder, and modules made on the spot."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

from followup.api import hookimpl
from followup.extensions.discovery import Found


def write_script(directory: Path, name: str, code: str) -> Path:
    """Write a script of a user, whose configuration is in a directory, and return its path."""
    folder = directory / "plugins"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{name}.py"
    path.write_text(dedent(code), encoding="utf-8")
    path.chmod(0o600)
    return path


def plugin(name: str, **hooks: object) -> Found:
    """A plugin of this process, whose hooks give these things."""
    implementations = {hook: hookimpl(lambda given=given: given) for hook, given in hooks.items()}
    return Found(name=name, version="1", module=SimpleNamespace(**implementations))
