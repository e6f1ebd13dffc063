"""What a snapshot and its journal say together, or why they can't be believed.

The journal's head knows the snapshot that it continues by its CRC-32, so that a snapshot
that went bad is told from one that somebody edited with TinyDB alone.
"""

from __future__ import annotations

import zlib

import msgspec
from msgspec import Struct

from followup.store import files, journal
from followup.store.tree import Tree, put

TABLE = "snapshot"
"""The table in which a snapshot says its generation, beside those of its owner."""

_decoder = msgspec.json.Decoder(Tree)


class Opened(Struct, frozen=True):
    """The tree, its generation, and the journal's last line where it can go on."""

    tree: Tree
    generation: int
    last: journal.Line | None


def opened(content: bytes, version: files.Version, journaled: bytes | None) -> Opened:
    """Return what a snapshot and its journal hold together.

    Raises ``ValueError`` where one of them is damaged, or where they don't belong together
    although the journal holds changes.
    """
    tree = decoded(content)
    generation = generation_in(tree)
    tree.pop(TABLE, None)
    if journaled is None or journal.generation_of(journaled) < generation:
        # A journal of an older generation is part of the snapshot already.
        return Opened(tree, generation, None)
    reading = journal.read(journaled)
    if reading.last.generation == generation and zlib.crc32(content) == reading.head.crc:
        for step in reading.steps:
            put(tree, step)
        return Opened(tree, generation, reading.last)
    if version.modified == reading.head.modified:
        raise ValueError("its content is not what was written there")
    if reading.steps:
        raise ValueError(
            f"another program changed it while {len(reading.steps)} changes stood in its journal"
        )
    return Opened(tree, reading.last.generation, None)


def encoded(tree: Tree, generation: int) -> bytes:
    """Return the snapshot that holds a tree, as plain TinyDB JSON."""
    return msgspec.json.encode({**tree, TABLE: {"1": {"generation": generation}}})


def decoded(content: bytes) -> Tree:
    """Return the tree of a snapshot; raises ``ValueError`` where it is none."""
    if not content:
        raise ValueError("it is empty")
    try:
        return _decoder.decode(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no TinyDB file ({error})") from error


def generation_in(tree: Tree) -> int:
    """Return the generation of a snapshot, 0 where it says none; raises ``ValueError``."""
    generation = tree.get(TABLE, {}).get("1", {}).get("generation", 0)
    if not isinstance(generation, int) or generation < 0:
        raise ValueError(f"the generation is no number - at `{TABLE}.1.generation`")
    return generation
