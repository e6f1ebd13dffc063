"""What can still be read of a store that may be damaged, and what is wrong with its files."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from followup.store import backups, files, journal, opening
from followup.store.errors import reason_of
from followup.store.tree import Step, Tree, put

GONE = "snapshot-missing"
BAD = "snapshot-damaged"
TABLES = {"meta", "applications", "history"}


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a store, and what a repair does about it, if it can.

    ``damage`` keeps the store from being opened, or content from being what it was.
    """

    code: str
    severity: Literal["damage", "warn"]
    text: str
    remedy: str = ""


class Salvage(Struct):
    """What could be read: none for the tree where nothing could, or where there is no store."""

    tree: Tree | None
    generation: int
    findings: list[Finding]


class _Journal(Struct):
    """The lines of a journal that check, whatever stands between them."""

    generation: int
    head: journal.Head | None
    steps: list[Step]


def salvage(target: Path) -> Salvage:
    """Return what can be read of the snapshot at ``target``, its journal and its backups."""
    findings: list[Finding] = []
    journaled = _journal_at(journal.beside(target), findings)
    tree, content, modified = _snapshot_at(target, findings)
    generation = journaled.generation
    if tree is not None:
        try:
            generation = opening.generation_in(tree)
        except ValueError as error:
            findings.append(_damage("generation", str(error), "number it anew"))
        tree.pop(opening.TABLE, None)
    if any(finding.code in {GONE, BAD} for finding in findings):
        tree = _rebuilt(target, journaled, findings)
    elif tree is not None and journaled.generation >= generation:
        tree = _compared(target, tree, journaled, (content, modified), findings)
    if tree is not None and journaled.generation >= generation:
        for step in journaled.steps:
            put(tree, step)
    return Salvage(tree, max(generation, journaled.generation), findings)


def _damage(code: str, text: str, remedy: str) -> Finding:
    return Finding(code=code, severity="damage", text=text, remedy=remedy)


def _snapshot_at(target: Path, findings: list[Finding]) -> tuple[Tree | None, bytes, int]:
    remedy = "put it together from the journals and the backups"
    try:
        content, version = files.read(target)
        return opening.decoded(content), content, version.modified
    except FileNotFoundError:
        if journal.beside(target).exists() or backups.all_of(target):
            text = "the store has gone, but its journal or its backups are there"
            findings.append(_damage(GONE, text, remedy))
    except OSError as error:
        text = f"the store cannot be read: {reason_of(error)}"
        findings.append(Finding(code="unreadable", severity="damage", text=text))
    except ValueError as error:
        text = f"the store cannot be read: {error}"
        findings.append(_damage(BAD, text, remedy))
    return None, b"", 0


def _journal_at(path: Path, findings: list[Finding]) -> _Journal:
    try:
        content, _ = files.read(path)
    except FileNotFoundError:
        return _Journal(0, None, [])
    except OSError as error:
        text = f"the journal cannot be read: {reason_of(error)}"
        findings.append(Finding(code="unreadable", severity="damage", text=text))
        return _Journal(0, None, [])
    try:
        reading = journal.read(content)
    except ValueError as error:
        found = _sound_lines(content)
        remedy = f"keep the {len(found.steps)} changes in it that can be read"
        findings.append(_damage("journal-damaged", str(error), remedy))
        return found
    if not journal.is_room(content[reading.last.end :]):
        text = "the journal ends in a change that was never completed"
        remedy = "save the rest beside and cut it, as the next change does"
        findings.append(Finding(code="journal-torn", severity="warn", text=text, remedy=remedy))
    return _Journal(reading.last.generation, reading.head, reading.steps)


def _sound_lines(content: bytes) -> _Journal:
    lines = [line for line in journal.each_line(content) if line is not None]
    generation = max((line.generation for line in lines), default=0)
    found = _Journal(generation, None, [])
    for line in (line for line in lines if line.generation == generation):
        try:
            if line.number:
                found.steps.append(journal.step_in(line))
            else:
                found.head = journal.head_in(line)
        except ValueError:
            continue
    return found


def trees_of_backups(target: Path, findings: list[Finding]) -> Iterator[tuple[str, Tree]]:
    """Yield what each backup holds that can be read, the newest first, with its name."""
    for path in backups.all_of(target):
        try:
            content, version = files.read(path)
            yield path.name, _with_journal(path, content, version)
        except (OSError, ValueError) as error:
            text = f"the backup {path} cannot be read: {error}"
            findings.append(Finding(code="backup-damaged", severity="warn", text=text))


def _with_journal(path: Path, content: bytes, version: files.Version) -> Tree:
    try:
        return opening.opened(content, version, files.read(journal.beside(path))[0]).tree
    except (FileNotFoundError, ValueError):
        return opening.opened(content, version, None).tree


def _exact(target: Path, journaled: _Journal) -> Tree | None:
    """Return the tree of the last snapshot where the one before and its journal lead there."""
    for _, tree in trees_of_backups(target, []):
        content = opening.encoded(tree, journaled.generation)
        if journaled.head and zlib.crc32(content) == journaled.head.crc:
            return tree
    return None


def _rebuilt(target: Path, journaled: _Journal, findings: list[Finding]) -> Tree | None:
    exact = _exact(target, journaled)
    if exact is not None:
        text = "the snapshot before and its journal hold all that it held"
        findings.append(Finding(code="nothing-lost", severity="warn", text=text))
        return exact
    for name, tree in trees_of_backups(target, []):
        text = f"what changed between the backup {name} and the journal is lost"
        findings.append(Finding(code="some-lost", severity="damage", text=text))
        return tree
    text = "there is no backup to put the store together from"
    findings.append(Finding(code="all-lost", severity="damage", text=text))
    return None


def _compared(
    target: Path,
    tree: Tree,
    journaled: _Journal,
    read: tuple[bytes, int],
    findings: list[Finding],
) -> Tree:
    content, modified = read
    if journaled.head is None or zlib.crc32(content) == journaled.head.crc:
        return tree
    if modified == journaled.head.modified or not tree.keys() >= TABLES:
        # Nobody who edits a store takes a whole table away.
        text = "the store's content is not what was written there"
        exact = _exact(target, journaled)
        remedy = "keep it as it is" if exact is None else "take it from the snapshot before"
        findings.append(_damage("snapshot-altered", text, remedy))
        return tree if exact is None else exact
    if journaled.steps:
        text = (
            f"another program changed it while {len(journaled.steps)} changes stood in its journal"
        )
        findings.append(_damage("changed-outside", text, "make the journal's changes in it"))
    return tree
