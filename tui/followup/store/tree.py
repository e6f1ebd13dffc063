"""TinyDB's view of a store as plain data, and what one step changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
Tree = dict[str, dict[str, Document]]
"""Tables by name, documents by id."""

Step = Mapping[str, Mapping[str, Document | None]]
"""What one atomic step puts: tables by name, documents by id, none where one is removed."""


def put(tree: Tree, step: Step) -> None:
    """Make a step in a tree, at a cost that follows the step; its documents are not copied."""
    for name, documents in step.items():
        table = tree.setdefault(name, {})
        for id_, document in documents.items():
            if document is None:
                table.pop(id_, None)
            else:
                table[id_] = document


def overlaid(tree: Tree, step: Step) -> Tree:
    """Return the tree as a step leaves it; the tree stays as it is."""
    after = dict(tree)
    for name in step:
        after[name] = dict(tree.get(name, {}))
    put(after, step)
    return after
