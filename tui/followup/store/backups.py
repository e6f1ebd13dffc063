"""The backups of a store: older snapshots by the day, and the last one with its journal."""

from __future__ import annotations

from pathlib import Path

from followup.store import files, journal
from followup.store.errors import StoreError, unreadable

KEPT = 10
"""How many dated backups are kept; the oldest go first."""


def directory_of(path: Path) -> Path:
    """Return where the backups of the snapshot at ``path`` are."""
    return path.with_name(f"{path.name}.backups")


def previous_of(path: Path) -> Path:
    """Return the snapshot before the one at ``path``; its journal stands beside it."""
    return directory_of(path) / "previous.json"


def dated(path: Path) -> list[Path]:
    """Return the dated backups, the newest first; their names begin with the day (UTC)."""
    return sorted(directory_of(path).glob("[0-9]*.json"), reverse=True)


def all_of(path: Path) -> list[Path]:
    """Return every snapshot that may stand in for the one at ``path``, the newest first."""
    previous = previous_of(path)
    return [*([previous] if previous.exists() else []), *dated(path)]


def kept_today(path: Path) -> bool:
    """Tell whether there is a backup of this day (UTC) already."""
    newest = next(iter(dated(path)), None)
    return newest is not None and newest.name[:10] == files.stamp()[:10]


def keep_previous(path: Path) -> None:
    """Keep the snapshot at ``path`` and its journal: both are about to be replaced."""
    files.make_directory(directory_of(path))
    previous = previous_of(path)
    files.link(path, previous)
    if journal.beside(path).exists():
        files.link(journal.beside(path), journal.beside(previous))
    files.sync_directory(previous.parent)


def keep(path: Path) -> None:
    """Keep the snapshot at ``path``, which is about to be replaced, under the day's date."""
    files.make_directory(directory_of(path))
    files.link(path, directory_of(path) / f"{files.stamp()}.json")
    files.sync_directory(directory_of(path))
    for old in dated(path)[KEPT:]:
        old.unlink(missing_ok=True)


def damaged(path: Path, reason: str) -> StoreError:
    """Return the error for a store that was damaged, with what may help."""
    target = files.resolved(path)
    kept = f"its backups are in {directory_of(target)}" if all_of(target) else "it has no backups"
    return unreadable(path, reason, f"{kept}: see followup doctor --repair")
