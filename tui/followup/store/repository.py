"""The repository: applications and their history over one TinyDB store (design, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import RLock

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.outbox import Intent
from followup.domain.passage import Mark
from followup.store import history
from followup.store.backups import damaged
from followup.store.changes import Changes
from followup.store.contents import Contents, Values, values_of
from followup.store.documents import META_ID, SCHEMA, document_of
from followup.store.errors import StoreError, unreadable, unwritable
from followup.store.history import ChangedSinceError, Documents, HistoryEntry, Record
from followup.store.lock import StoreLock
from followup.store.migrations import migrated, schema_in
from followup.store.storage import FileStorage
from followup.store.tables import DocumentTable


class Repository:
    """All applications of one store, and every change to them as one atomic step.

    Reading does not look at the files: it gives the state of the last change or refresh.
    Methods that do look at them raise ``StoreError`` where they cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        """Open the store at ``path``; where there is no file, the first change makes it."""
        self.path = path
        self._storage = FileStorage(path)
        self._lock = StoreLock(self._storage.target)
        self._contents = Contents()
        self._wrote = False
        # Another thread may refresh while one writes what it has not yet put into place.
        self._turn_lock = RLock()
        self.refresh()

    @property
    def read_only(self) -> bool:
        """Whether a newer followup wrote the store, so that this one only reads it."""
        return self._contents.meta.schema > SCHEMA

    def applications(self) -> tuple[Application, ...]:
        """Return all applications, by id."""
        return self._contents.applications()

    def get(self, id: int) -> Application | None:  # noqa: A002
        """Return the application of an id, if there is one."""
        return self._contents.by_id.get(id)

    def history(self) -> tuple[HistoryEntry, ...]:
        """Return the changes that are kept, newest first, undone ones included."""
        return self._contents.entries()

    def refresh(self) -> bool:
        """Catch up with the changes of other processes; tell whether there were any.

        Where there were none it costs a look at the files' status, and at one byte.
        """
        with self._turn_lock, self._refusing_damage():
            steps = self._storage.catch_up()
            if steps is None:
                self._contents = self._read()
                return True
            for step in steps:
                self._contents.put(values_of(step))
            return bool(steps)

    @contextmanager
    def change(self, what: str, at: datetime) -> Iterator[Changes]:
        """Collect changes in a block and write them with its end, as one step.

        ``what`` says it in the history, ``at`` is the instant. The block has the store to
        itself, caught up with all that others wrote. Nothing is written where it raises,
        or where it leaves everything as it was. Whatever was undone can't be redone after.
        """
        with self._alone() as contents:
            changes = Changes(contents.by_id, contents.meta.next_id, contents.outbox)
            yield changes
            touched, posted = changes.touched(), changes.posted()
            outbox = _documents(posted)
            if posted and not touched:
                self._write({"outbox": outbox}, Values(outbox=posted))
            if not touched:
                return
            after = _documents(touched)
            number = contents.meta.next_change
            record = history.record(number, at, what, self._standing(after), after)
            dropped = dict.fromkeys(history.outdated(contents.history))
            meta = replace(contents.meta, next_id=changes.next_id, next_change=number + 1)
            records: dict[int, Record | None] = {**dropped, number: record}
            self._write(
                {
                    "meta": {META_ID: document_of(meta)},
                    "applications": after,
                    "history": _documents(records),
                    "outbox": outbox,
                },
                Values(meta, touched, _entries(records), outbox=posted),
            )

    def undo(self, at: datetime) -> HistoryEntry | None:
        """Undo the newest change that is done, whoever made it, at an instant.

        Returns none where there is none. Raises ``StoreError`` where an application has
        changed since in a way that is not in the history.
        """
        return self._turn(at, "undo", history.next_to_undo)

    def redo(self, at: datetime) -> HistoryEntry | None:
        """Do the oldest change that is undone again, at an instant, as ``undo`` undoes."""
        return self._turn(at, "redo", history.next_to_redo)

    def marks(self) -> Mapping[int, Mark]:
        """Return the stage that each application was last told to have entered, by its id."""
        return dict(self._contents.marks)

    def mark(self, marks: Mapping[int, tuple[Mark | None, Mark]]) -> frozenset[int]:
        """Put marks of applications in the place of those that are expected there, as one step.

        Returns the ids for which it did: another process may have been first, and removed
        applications need none. It is no change that could be undone.
        """
        with self._alone() as contents:
            won = {
                id_: mark
                for id_, (expected, mark) in marks.items()
                if contents.marks.get(id_) == expected and id_ in contents.by_id
            }
            gone = dict.fromkeys(contents.marks.keys() - contents.by_id.keys())
            new = {**gone, **won}
            if new:
                self._write({"marks": _documents(new)}, Values(marks=new))
            return frozenset(won)

    def outbox(self) -> Mapping[int, Intent]:
        """Return the messages on their way, and what became of the last ones, by their ids."""
        return self._contents.outbox

    def close(self) -> None:
        """Leave one plain TinyDB file behind, where this repository changed something.

        Where that can't be done nothing is lost: the journal has it.
        """
        if self._wrote:
            with suppress(StoreError), self._alone():
                self._storage.compact()
            self._wrote = False
        self._storage.close()

    def _turn(
        self,
        at: datetime,
        verb: str,
        choose: Callable[[Iterable[HistoryEntry]], HistoryEntry | None],
    ) -> HistoryEntry | None:
        with self._alone() as contents:
            entry = choose(contents.history.values())
            if entry is None:
                return None
            with self._refusing_damage():
                record = history.record_in(self._storage.tree, entry.number)
            try:
                turned, put = history.turn(record, at, self._standing(record.sides))
            except ChangedSinceError as error:
                raise StoreError(
                    f"cannot {verb} “{entry.what}” in {self.path}: application {error.id} was"
                    f" changed since by another program; change it by hand"
                ) from error
            with self._refusing_damage():
                values = values_of({"applications": {str(id_): put[id_] for id_ in put}})
            records = {entry.number: turned}
            self._write(
                {"applications": put, "history": _documents(records)},
                Values(None, values.applications, _entries(records)),
            )
            return contents.history[entry.number]

    def _standing(self, ids: Iterable[int]) -> Documents:
        """Return the documents of applications as they stand in the store."""
        table = self._storage.tree.get("applications", {})
        return {id_: table.get(str(id_)) for id_ in ids}

    @contextmanager
    def _alone(self) -> Iterator[Contents]:
        """Have the store alone in a block, caught up, in the layout of this program."""
        with self._lock.held():
            self.refresh()
            if self.read_only:
                reason = _newer(self._contents.meta.schema)
                raise unwritable(self.path, reason, "this one only reads it: upgrade followup")
            if schema_in(self._storage.tree) < SCHEMA:
                with self._turn_lock:
                    self._storage.rewrite(migrated(self._storage.tree))
            yield self._contents

    def _read(self) -> Contents:
        if self._storage.is_new:
            return Contents()
        tree = self._storage.tree
        try:
            return Contents(migrated(tree))
        except ValueError as error:
            if schema_in(tree) <= SCHEMA:
                raise
            self._storage.forget()
            raise unreadable(self.path, _newer(schema_in(tree)), "upgrade followup") from error

    def _write(self, tables: Mapping[str, Documents], values: Values) -> None:
        """Write one step: the documents of its tables, and what they are as values."""
        with self._turn_lock, self._refusing_damage():
            self._wrote = True
            with self._storage.together():
                for name, documents in tables.items():
                    if documents:
                        DocumentTable(self._storage, name).put(documents)
            self._contents.put(values)

    @contextmanager
    def _refusing_damage(self) -> Iterator[None]:
        """Trust nothing that is held where the block raises, for it may be half done."""
        try:
            yield
        except ValueError as error:
            self._storage.forget()
            raise damaged(self.path, str(error)) from error
        except BaseException:
            self._storage.forget()
            raise


def _documents(values: Mapping[int, Struct | None]) -> Documents:
    return {id_: None if value is None else document_of(value) for id_, value in values.items()}


def _entries(records: Mapping[int, Record | None]) -> dict[int, HistoryEntry | None]:
    return {
        number: None if record is None else history.entry_of(record)
        for number, record in records.items()
    }


def _newer(schema: int) -> str:
    return f"it needs a newer followup (schema {schema}, this one knows {SCHEMA})"
