"""What ``plugins new`` writes: the beginnings of a plugin, which install and pass their tests."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from string import Template
from typing import TYPE_CHECKING, Literal

from followup.domain.errors import InputError, RefusedError
from followup.domain.text import clean

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Kind = Literal["channel", "policy", "script"]

LONGEST_NAME = 40

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ENDING = ".txt"  # of the templates, which are no Python before their names are filled in
# The folders of templates that make up each kind.
_PARTS: dict[Kind, tuple[str, ...]] = {
    "channel": ("package", "channel"),
    "policy": ("package", "policy"),
    "script": ("script",),
}


def checked_name(name: str) -> str:
    """Return the name of a plugin to be; raise ``InputError`` where it cannot be one."""
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise InputError(
            f"{clean(name, limit=60)!r} is no name for a plugin: take up to {LONGEST_NAME} small"
            " letters, digits and single hyphens, such as carrier-pigeon"
        )
    return name


def written(kind: Kind, name: str) -> dict[PurePosixPath, str]:
    """Return the files of a plugin of a kind, by their path in its folder."""
    from importlib.resources import files  # late: the other commands on plugins do without

    words = {
        "name": name,
        "kind": kind,
        "module": f"followup_{name.replace('-', '_')}",
        "function": name.replace("-", "_"),
        "type": "".join(part.capitalize() for part in name.split("-")),
        "title": name.replace("-", " ").capitalize(),
    }
    return {
        PurePosixPath(Template(str(path)).substitute(words)): Template(text).substitute(words)
        for part in _PARTS[kind]
        for path, text in _templates(files(__name__) / part)
    }


def write(texts: Mapping[PurePosixPath, str], directory: Path) -> list[Path]:
    """Write files below a directory, for their user alone, and return their paths.

    Raises ``RefusedError`` where one of them is there already, in which case none is written,
    and where they cannot be.
    """
    paths = {directory / path: text for path, text in texts.items()}
    for path in paths:
        if path.exists() or path.is_symlink():
            raise RefusedError(f"{path} is there already: remove it, or take another name")
    try:
        for path, text in paths.items():
            for folder in reversed(path.parents):
                # One by one: the mode is for the last of several only.
                folder.mkdir(exist_ok=True, mode=0o700)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(text)
    except OSError as fault:
        raise RefusedError(
            f"cannot write {path}: {fault.strerror}; choose another --into"
        ) from fault
    return list(paths)


def _templates(folder: Traversable) -> list[tuple[PurePosixPath, str]]:
    """Return the templates of a folder, by the path of the file that each becomes."""
    found: list[tuple[PurePosixPath, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += [(entry.name / path, text) for path, text in _templates(entry)]
        elif entry.name.endswith(_ENDING):
            name = entry.name.removesuffix(_ENDING)
            found.append((PurePosixPath(name), entry.read_text(encoding="utf-8")))
    return found
