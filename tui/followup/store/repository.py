"""The repository: applications and their history over one TinyDB file (design, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.store import history
from followup.store.changes import Changes
from followup.store.documents import (
    META_ID,
    NEW,
    Meta,
    applications_in,
    document_of,
    merged,
    meta_in,
)
from followup.store.errors import StoreError, unreadable
from followup.store.history import ChangedSinceError, Documents, HistoryEntry, Record
from followup.store.lock import exclusive
from followup.store.storage import FileStorage, Snapshot
from followup.store.tables import DocumentTable


class _State(Struct, frozen=True, kw_only=True, dict=True):
    """A snapshot and what it says; replaced as one, so that any thread may read it."""

    snapshot: Snapshot
    meta: Meta
    by_id: dict[int, Application]
    history: dict[int, HistoryEntry]

    @cached_property
    def applications(self) -> tuple[Application, ...]:
        """All applications, by id."""
        return tuple(self.by_id.values())

    def standing(self, ids: Iterable[int]) -> Documents:
        """Return the documents of applications as they stand in the file."""
        table = self.snapshot.tree.get("applications", {})
        return {id_: table.get(str(id_)) for id_ in ids}


class Repository:
    """All applications of one store, and every change to them as one atomic step.

    Reading does not look at the file: it gives the state of the last change or refresh.
    Methods that do look at it raise ``StoreError`` where it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        """Open the store at ``path``; where there is no file, the first change makes it."""
        self.path = path
        self._storage = FileStorage(path)
        self._meta = DocumentTable(self._storage, "meta")
        self._applications = DocumentTable(self._storage, "applications")
        self._history = DocumentTable(self._storage, "history")
        self._state = self._understood(self._storage.catch_up())

    def applications(self) -> tuple[Application, ...]:
        """Return all applications, by id."""
        return self._state.applications

    def get(self, id: int) -> Application | None:  # noqa: A002
        """Return the application of an id, if there is one."""
        return self._state.by_id.get(id)

    def history(self) -> tuple[HistoryEntry, ...]:
        """Return the changes that are kept, newest first, undone ones included."""
        return tuple(reversed(self._state.history.values()))

    def refresh(self) -> bool:
        """Catch up with the changes of other processes; tell whether there were any.

        It costs no more than a look at the file's status where there were none.
        """
        snapshot = self._storage.catch_up()
        if snapshot is self._state.snapshot:
            return False
        self._state = self._understood(snapshot)
        return True

    @contextmanager
    def change(self, what: str, at: datetime) -> Iterator[Changes]:
        """Collect changes in a block and write them with its end, as one step.

        ``what`` says it in the history, ``at`` is the instant. The block has the store to
        itself, caught up with all that others wrote. Nothing is written where it raises,
        or where it leaves everything as it was. Whatever was undone can't be redone after.
        """
        with self._alone() as state:
            changes = Changes(state.by_id, state.meta.next_id)
            yield changes
            after = {
                id_: None if application is None else document_of(application)
                for id_, application in changes.touched().items()
            }
            if not after:
                return
            number = state.meta.next_change
            record = history.record(number, at, what, state.standing(after), after)
            dropped = dict.fromkeys(history.outdated(state.history))
            meta = replace(state.meta, next_id=changes.next_id, next_change=number + 1)
            self._write(state, meta, after, {**dropped, number: record})

    def undo(self, at: datetime) -> HistoryEntry | None:
        """Undo the newest change that is done, whoever made it, at an instant.

        Returns none where there is none. Raises ``StoreError`` where an application has
        changed since in a way that is not in the history.
        """
        return self._turn(at, "undo", history.next_to_undo)

    def redo(self, at: datetime) -> HistoryEntry | None:
        """Do the oldest change that is undone again, at an instant, as ``undo`` undoes."""
        return self._turn(at, "redo", history.next_to_redo)

    def close(self) -> None:
        """Let go of the file."""
        self._storage.close()

    def _turn(
        self,
        at: datetime,
        verb: str,
        choose: Callable[[Iterable[HistoryEntry]], HistoryEntry | None],
    ) -> HistoryEntry | None:
        with self._alone() as state:
            entry = choose(state.history.values())
            if entry is None:
                return None
            with self._refusing_damage():
                record = history.record_in(state.snapshot.tree, entry.number)
            try:
                turned, put = history.turn(record, at, state.standing(record.sides))
            except ChangedSinceError as error:
                raise StoreError(
                    f"cannot {verb} “{entry.what}” in {self.path}: application {error.id} was"
                    f" changed since by another program; change it by hand"
                ) from error
            self._write(state, state.meta, put, {entry.number: turned})
            return self._state.history[entry.number]

    @contextmanager
    def _alone(self) -> Iterator[_State]:
        """Have the store alone in a block, caught up with all that others wrote."""
        with exclusive(self.path):
            self.refresh()
            yield self._state

    def _write(
        self,
        state: _State,
        meta: Meta,
        applications: Documents,
        changes: Mapping[int, Record | None],
    ) -> None:
        with self._refusing_damage():
            read = applications_in(
                {"applications": {str(id_): d for id_, d in applications.items() if d is not None}}
            )
        with self._storage.together():
            self._meta.put({META_ID: document_of(meta)})
            self._applications.put(applications)
            self._history.put(
                {
                    number: None if record is None else document_of(record)
                    for number, record in changes.items()
                }
            )
        self._state = _State(
            snapshot=self._storage.held,
            meta=meta,
            by_id=merged(state.by_id, {id_: read.get(id_) for id_ in applications}),
            history=history.history_in(self._storage.held.tree),
        )

    def _understood(self, snapshot: Snapshot) -> _State:
        if snapshot.version is None:
            return _State(snapshot=snapshot, meta=NEW, by_id={}, history={})
        with self._refusing_damage():
            meta = meta_in(snapshot.tree)
            by_id = applications_in(snapshot.tree)
            # Somebody may have inserted an application with TinyDB alone.
            meta = replace(meta, next_id=max(meta.next_id, max(by_id, default=0) + 1))
            entries = history.history_in(snapshot.tree)
            return _State(snapshot=snapshot, meta=meta, by_id=by_id, history=entries)

    @contextmanager
    def _refusing_damage(self) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            raise unreadable(self.path, str(error)) from error
