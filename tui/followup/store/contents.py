"""What a store holds, as values: read once, then changed by each step at the step's cost."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.outbox import Intent
from followup.domain.passage import Mark
from followup.store.documents import (
    META_ID,
    NEW,
    Meta,
    applications_in,
    marks_in,
    meta_in,
    outbox_in,
)
from followup.store.history import HistoryEntry, history_in
from followup.store.tree import Document, Step, Tree

Value = TypeVar("Value")


class Values(Struct, frozen=True):
    """What a step puts, as values; none where something is removed."""

    meta: Meta | None = None
    applications: Mapping[int, Application | None] = {}
    history: Mapping[int, HistoryEntry | None] = {}
    marks: Mapping[int, Mark | None] = {}
    outbox: Mapping[int, Intent | None] = {}


class Contents:
    """The applications, the history and the numbers of a store; any thread may read them."""

    def __init__(self, tree: Tree | None = None) -> None:
        """Hold what a tree says, or a new store; raises ``ValueError`` with a fault's path."""
        self.meta = NEW
        self.by_id: dict[int, Application] = {}
        self.history: dict[int, HistoryEntry] = {}
        self.marks: dict[int, Mark] = {}
        self.outbox: dict[int, Intent] = {}
        self._lock = Lock()
        self._ordered: tuple[Application, ...] | None = None
        if tree is not None:
            self.meta = meta_in(tree)
            self.by_id = applications_in(tree)
            self.history = history_in(tree)
            self.marks = marks_in(tree)
            self.outbox = outbox_in(tree)
            # Somebody may have inserted an application with TinyDB alone.
            next_id = max(self.meta.next_id, max(self.by_id, default=0) + 1)
            self.meta = replace(self.meta, next_id=next_id)

    def applications(self) -> tuple[Application, ...]:
        """Return all applications, by id; put together only after a change."""
        with self._lock:
            if self._ordered is None:
                self._ordered = tuple(self.by_id[id_] for id_ in sorted(self.by_id))
            return self._ordered

    def entries(self) -> tuple[HistoryEntry, ...]:
        """Return the changes that are kept, the newest first."""
        with self._lock:
            return tuple(reversed(self.history.values()))

    def put(self, values: Values) -> None:
        """Make a step."""
        with self._lock:
            self.meta = values.meta or self.meta
            _put(self.by_id, values.applications)
            _put(self.history, values.history)
            _put(self.marks, values.marks)
            # Replaced, not changed: whoever looks at it in another thread keeps what it has.
            outbox = dict(self.outbox)
            _put(outbox, values.outbox)
            self.outbox = outbox
            if values.applications:
                self._ordered = None


def values_of(step: Step) -> Values:
    """Return what a step puts as values; raises ``ValueError`` with a fault's path."""
    meta = {"meta": _there(step.get("meta", {}))}
    applications = step.get("applications", {})
    history = step.get("history", {})
    marks, outbox = step.get("marks", {}), step.get("outbox", {})
    read = applications_in({"applications": _there(applications)})
    entries = history_in({"history": _there(history)})
    marked = marks_in({"marks": _there(marks)})
    intents = outbox_in({"outbox": _there(outbox)})
    return Values(
        meta=meta_in(meta) if str(META_ID) in meta["meta"] else None,
        applications={int(id_): read.get(int(id_)) for id_ in applications},
        history={int(number): entries.get(int(number)) for number in history},
        marks={int(id_): marked.get(int(id_)) for id_ in marks},
        outbox={int(id_): intents.get(int(id_)) for id_ in outbox},
    )


def _there(documents: Mapping[str, Document | None]) -> dict[str, Document]:
    return {id_: document for id_, document in documents.items() if document is not None}


def _put(held: dict[int, Value], new: Mapping[int, Value | None]) -> None:
    for id_, value in new.items():
        if value is None:
            held.pop(id_, None)
        else:
            held[id_] = value
