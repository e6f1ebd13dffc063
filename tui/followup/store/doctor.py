"""The doctor: what is wrong with a store, and its repair from journal and backups."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE, S_ISREG

from msgspec import Struct

from followup.store import backups, files, journal
from followup.store.documents import SCHEMA
from followup.store.errors import reason_of, unwritable
from followup.store.invariants import mended
from followup.store.lock import StoreLock
from followup.store.migrations import migrated, schema_in
from followup.store.salvage import Finding, salvage, trees_of_backups
from followup.store.storage import FileStorage
from followup.store.tree import Tree

NEWER = "newer-schema"


class Repair(Struct, frozen=True):
    """What was found before a repair, where the damaged files were saved, and what remains."""

    found: tuple[Finding, ...]
    saved: tuple[Path, ...]
    remaining: tuple[Finding, ...]


def examine(path: Path) -> tuple[Finding, ...]:
    """Return all that is wrong with the store at ``path``; nothing is written."""
    target = files.resolved(path)
    _, findings = _examined(target)
    return (*findings, *_loose_ends(target))


def repair(path: Path) -> Repair:
    """Repair what can be repaired, after all damaged files were saved beside.

    Raises ``StoreError`` where the store cannot be written; it is as it was then.
    """
    target = files.resolved(path)
    with StoreLock(target).held():
        try:
            tree, wrong = _examined(target)
            found = (*wrong, *_loose_ends(target))
            saved: tuple[Path, ...] = ()
            if tree is not None and any(finding.remedy for finding in wrong):
                saved = tuple(_save_damaged(target))
                FileStorage.rebuild(path, tree, salvage(target).generation)
            _tidy(target)
        except OSError as error:
            raise unwritable(path, reason_of(error)) from error
    return Repair(found, saved, examine(path))


def _examined(target: Path) -> tuple[Tree | None, tuple[Finding, ...]]:
    for path in (target, journal.beside(target)):
        if path.exists() and not S_ISREG(path.stat().st_mode):
            text = f"{path} is not a file: move it away, or name another store"
            return None, (Finding(code="not-a-file", severity="damage", text=text),)
    saved = salvage(target)
    findings = saved.findings
    older = [tree for _, tree in trees_of_backups(target, findings)]
    tree = saved.tree
    if tree is not None and schema_in(tree) > SCHEMA:
        text = f"a newer followup wrote it (schema {schema_in(tree)}): upgrade followup"
        findings.append(Finding(code=NEWER, severity="warn", text=text))
        tree = None
    elif tree is not None:
        tree, wrong = mended(migrated(tree), map(migrated, older))
        findings.extend(wrong)
    return tree, tuple(findings)


def _loose_ends(target: Path) -> Iterator[Finding]:
    for path in _temporaries(target):
        text = f"{path} was left behind by a process that was stopped"
        yield Finding(code="left-behind", severity="warn", text=text, remedy="remove it")
    for path in _private(target):
        mode = S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            text = f"others may look into {path} (mode {mode:04o})"
            yield Finding(code="mode", severity="warn", text=text, remedy="make it private")
    directory = target.parent
    if directory.exists() and S_IMODE(directory.stat().st_mode) & 0o022:
        text = f"others may write to {directory}: chmod go-w it, or keep the store elsewhere"
        yield Finding(code="directory-mode", severity="warn", text=text)


def _tidy(target: Path) -> None:
    for path in _temporaries(target):
        path.unlink()
    for path in _private(target):
        files.keep_private(path, path.stat())


def _temporaries(target: Path) -> list[Path]:
    of = [files.temporary_of(path) for path in (target, journal.beside(target))]
    return [path for path in of if path.exists()]


def _private(target: Path) -> list[Path]:
    if os.name == "nt":
        return []
    directory = backups.directory_of(target)
    beside = [path for path in target.parent.glob(f"{target.name}*") if path.is_file()]
    return [*beside, *([directory, *directory.iterdir()] if directory.exists() else [])]


def _save_damaged(target: Path) -> Iterator[Path]:
    for path in (target, journal.beside(target)):
        if path.exists():
            saved = path.with_name(f"{path.name}.damaged-{files.stamp()}")
            files.link(path, saved)
            yield saved
    files.sync_directory(target.parent)
