"""The history of changes: what undo and redo need, kept in the file beside the applications.

A change that is done keeps the documents as they were before it; one that is undone keeps
them as they were after it. Turning it over, either way, is the same exchange with what
stands in the store.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice, takewhile

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from followup.domain.events import Instant
from followup.domain.text import clean
from followup.store.documents import decoded, in_utc
from followup.store.tree import Document, Tree

LIMIT = 200
"""How many changes are kept; the oldest go first."""

Documents = Mapping[int, Document | None]
"""Documents by id, none where there is no application of that id."""


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One change to the store: the instant (UTC), the words, and the applications it touched.

    Numbers grow and are never given twice. A change that is ``undone`` can be redone.
    """

    number: int
    at: Instant
    what: str
    undone: bool = False
    ids: tuple[int, ...] = ()


class Side(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The other side of a change to one application, and a mark of the side that stands.

    ``document`` is none where there was no application, ``mark`` (CRC-32) where there is
    none now.
    """

    document: Document | None = None
    mark: int | None = None


class Record(HistoryEntry, frozen=True, kw_only=True, omit_defaults=True):
    """A change with all that it takes to turn it over; ``turned`` is when it last was (UTC)."""

    turned: Instant | None = None
    sides: dict[int, Side] = {}


class ChangedSinceError(Exception):
    """An application is not as the change left it, so that turning it would lose something."""

    def __init__(self, id_: int) -> None:
        super().__init__(id_)
        self.id = id_


def history_in(tree: Tree) -> dict[int, HistoryEntry]:
    """Return the changes of a store by number; raises ``ValueError`` with a fault's path."""
    entries = decoded(tree, "history", dict[int, HistoryEntry])
    for number, entry in entries.items():
        if entry.number != number:
            raise ValueError(f"the number does not fit - at `history.{number}.number`")
    return dict(sorted(entries.items()))


def record_in(tree: Tree, number: int) -> Record:
    """Return one change with its documents; raises ``ValueError`` with a fault's path."""
    key = str(number)
    one: Tree = {"history": {key: tree["history"][key]}}
    return decoded(one, "history", dict[int, Record])[number]


def entry_of(change: Record) -> HistoryEntry:
    """Return a change without its documents."""
    return HistoryEntry(
        number=change.number,
        at=change.at,
        what=change.what,
        undone=change.undone,
        ids=change.ids,
    )


def record(number: int, at: datetime, what: str, before: Documents, after: Documents) -> Record:
    """Return the record of a change that was just done; raises ``ValueError`` for a naive ``at``.

    ``before`` and ``after`` have the same ids.
    """
    sides = {id_: Side(document=before[id_], mark=_mark(after[id_])) for id_ in sorted(after)}
    return in_utc(Record(number=number, at=at, what=clean(what), ids=tuple(sides), sides=sides))


def turn(change: Record, at: datetime, standing: Documents) -> tuple[Record, Documents]:
    """Undo a change that is done, or do one again that is undone, at an instant.

    Returns its new record and the documents to put in the place of those ``standing``.
    Raises ``ChangedSinceError`` where one of them is not as the change left it, and
    ``ValueError`` for a naive ``at``.
    """
    for id_, side in change.sides.items():
        if _mark(standing[id_]) != side.mark:
            raise ChangedSinceError(id_)
    put = {id_: side.document for id_, side in change.sides.items()}
    sides = {id_: Side(document=standing[id_], mark=_mark(put[id_])) for id_ in put}
    return in_utc(replace(change, undone=not change.undone, turned=at, sides=sides)), put


def next_to_undo(history: Iterable[HistoryEntry]) -> HistoryEntry | None:
    """Return the newest change that is done."""
    return max((e for e in history if not e.undone), key=lambda e: e.number, default=None)


def next_to_redo(history: Iterable[HistoryEntry]) -> HistoryEntry | None:
    """Return the oldest change that is undone."""
    return min((e for e in history if e.undone), key=lambda e: e.number, default=None)


def outdated(history: dict[int, HistoryEntry]) -> tuple[int, ...]:
    """Return the numbers that a new change drops: all that is undone, and the oldest.

    ``history`` is in the order of its numbers, in which what is undone comes last.
    """
    undone = tuple(takewhile(lambda number: history[number].undone, reversed(history)))
    excess = len(history) - len(undone) - (LIMIT - 1)
    return (*islice(history, max(0, excess)), *undone)


def _mark(document: Document | None) -> int | None:
    if document is None:
        return None
    return zlib.crc32(msgspec.json.encode(document, order="sorted"))
