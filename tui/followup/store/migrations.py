"""How the layout of an older file becomes the present one, number by number."""

from __future__ import annotations

from collections.abc import Callable

from followup.store.documents import META_ID, SCHEMA
from followup.store.tree import Tree, overlaid


def _journaled(tree: Tree) -> Tree:
    """From 1 to 2: a journal stands beside the file, which older programs would overlook."""
    meta = tree["meta"][str(META_ID)]
    return overlaid(tree, {"meta": {str(META_ID): {**meta, "schema": 2}}})


MIGRATIONS: dict[int, Callable[[Tree], Tree]] = {1: _journaled}
"""What leads from each number to the next; it returns a new tree and writes nothing."""


def schema_in(tree: Tree) -> int:
    """Return the number of a tree's layout; the present one where it says none that is known."""
    schema = tree.get("meta", {}).get(str(META_ID), {}).get("schema")
    return schema if isinstance(schema, int) and schema > 0 else SCHEMA


def migrated(tree: Tree) -> Tree:
    """Return the tree in the present layout, or as it is where its layout is newer."""
    while (schema := schema_in(tree)) < SCHEMA:
        tree = MIGRATIONS[schema](tree)
    return tree
