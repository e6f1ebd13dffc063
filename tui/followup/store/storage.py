"""The TinyDB storage: a plain JSON snapshot and a journal beside it (design, section 6)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct
from tinydb.storages import Storage

from followup.store import backups, files, journal, opening
from followup.store.backups import damaged
from followup.store.errors import StoreError, reason_of, unreadable, unwritable
from followup.store.tree import Document, Step, Tree, overlaid, put

COMPACT_FROM = 1 << 20
"""The size from which a journal may be folded into the snapshot, in bytes."""

COMPACT_RATIO = 0.5
"""How large, beside its snapshot, a journal becomes before it is folded in."""

ATTEMPTS = 100
"""How often to look again at files that others replace in the middle of being read."""


class _Versions(Struct, frozen=True):
    """What tells one state of the store from the next; none where there is no file.

    A line that is written into the room of the journal may leave it as it was.
    """

    snapshot: files.Version | None = None
    journal: files.Version | None = None


class FileStorage(Storage):
    """Keeps TinyDB's tables in a snapshot that is replaced as a whole, and a journal.

    A missing file is an empty store, unless it was there before or has a journal or
    backups: then it has gone, and is not made anew. Files that cannot be understood are
    never written. Whoever writes holds the lock and has caught up.
    """

    def __init__(self, path: Path) -> None:
        """Keep the tables in the file at ``path``, or in the one that its symlink names."""
        self.path = path
        self.target = files.resolved(path)
        self.tree: Tree = {}
        self._journal = journal.beside(self.target)
        self._seen = False
        self._staged: dict[str, dict[str, Document | None]] | None = None
        self._tidied = False
        self._kept_on = ""
        self.forget()

    @property
    def is_new(self) -> bool:
        """Whether there was no file yet when the storage caught up last."""
        return self._held.snapshot is None

    def forget(self) -> None:
        """Trust nothing that is held: the next look at the files reads them whole."""
        self._held = _Versions()
        self._generation = 0
        self._last: journal.Line | None = None
        self._known = False

    # Reading

    def catch_up(self) -> list[Step] | None:
        """Hold what the files hold, and return the steps that are new.

        Returns none where all was read anew. Costs a look at the files' status, and at one
        byte, where nothing changed. Raises ``StoreError`` where they cannot be read.
        """
        try:
            versions = self._versions()
            if self._known and versions == self._held and not self._goes_on():
                return []
            steps = self._read_on(versions)
            if steps is None:
                self._read_anew()
        except OSError as error:
            raise unreadable(self.path, reason_of(error)) from error
        return steps

    def _goes_on(self) -> bool:
        return self._last is not None and journal.goes_on(self._journal, self._last)

    def _versions(self) -> _Versions:
        try:
            status = self.target.stat()
        except FileNotFoundError:
            if self._seen:
                raise damaged(self.path, "it has gone since it was opened") from None
            if not self._journal.exists() and not backups.all_of(self.target):
                return _Versions()
            if self.target.exists():
                # Another process made the store just now.
                return self._versions()
            reason = "it has gone, but its journal or its backups are there"
            raise damaged(self.path, reason) from None
        if not S_ISREG(status.st_mode):
            raise unreadable(self.path, "it is not a file", "name another store")
        return _Versions(files.Version.of(status), self._journal_version())

    def _journal_version(self) -> files.Version | None:
        try:
            status = self._journal.stat()
        except FileNotFoundError:
            return None
        if not S_ISREG(status.st_mode):
            reason = f"its journal {self._journal} is not a file"
            raise unreadable(self.path, reason, "move it away")
        return files.Version.of(status)

    def _read_on(self, versions: _Versions) -> list[Step] | None:
        held = self._held
        if self._last is None or held.snapshot != versions.snapshot:
            return None
        try:
            found = journal.read_on(self._journal, self._last)
        except FileNotFoundError:
            return None
        if found is None:
            return None
        steps, self._last, version = found
        for step in steps:
            put(self.tree, step)
        self._held = _Versions(held.snapshot, version)
        return steps

    def _read_anew(self) -> None:
        for _ in range(ATTEMPTS):
            versions = self._versions()
            if versions.snapshot is None:
                self.tree = {}
                self._held, self._known = versions, True
                return
            try:
                content, snapshot = files.read(self.target)
                journaled, version = self._read_journal()
            except FileNotFoundError:
                continue
            try:
                opened = opening.opened(content, snapshot, journaled)
            except ValueError as error:
                # Lines that were written meanwhile may have been read in part, the later
                # one first: what is damaged stays as it is.
                unchanged = self._read_journal()[0] == journaled
                if unchanged and self._versions() == _Versions(snapshot, version):
                    raise damaged(self.path, str(error)) from error
                continue
            if self._versions().snapshot == snapshot:
                self._hold(opened, _Versions(snapshot, version))
                return
        raise unreadable(self.path, "others keep changing it", "try again")

    def _read_journal(self) -> tuple[bytes | None, files.Version | None]:
        try:
            return files.read(self._journal)
        except FileNotFoundError:
            return None, None

    def _hold(self, opened: opening.Opened, versions: _Versions) -> None:
        self.tree = opened.tree
        self._generation, self._last = opened.generation, opened.last
        self._held, self._known, self._seen = versions, True, True

    # Writing

    def commit(self, step: Step) -> None:
        """Make a step durable, then part of the tree.

        Raises ``StoreError`` where that fails; nothing that is held is trusted then.
        """
        with self._writing():
            self._prepare()
            if self._last is None:
                self._replace(overlaid(self.tree, step))
            else:
                self._last, version = journal.append(self._journal, self._last, step)
                self._held = _Versions(self._held.snapshot, version)
                put(self.tree, step)
        self._compact_when_large()

    def rewrite(self, tree: Tree) -> None:
        """Replace all that is held by another tree, with a backup of what there was first.

        Raises ``StoreError`` where that fails, as ``commit`` does.
        """
        with self._writing():
            self._keep_backup()
            self._replace(tree)

    @classmethod
    def rebuild(cls, path: Path, tree: Tree, generation: int) -> None:
        """Replace whatever files there are by a store of a later generation with that tree.

        Raises ``StoreError`` where that fails; the store is as it was, or rebuilt, then.
        """
        storage = cls(path)
        storage._generation = generation
        with storage._writing():
            storage._replace(tree)

    def compact(self) -> None:
        """Fold the journal into the snapshot, so that TinyDB alone can read everything.

        Raises ``StoreError`` where that fails; nothing is lost then.
        """
        if self._last is not None and self._last.number > 0:
            with self._writing():
                self._replace(self.tree)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.forget()
            raise unwritable(self.path, reason_of(error)) from error
        except BaseException:
            self.forget()
            raise

    def _prepare(self) -> None:
        files.require_writable(self.target)
        if self._held.snapshot is not None:
            files.keep_private(self.target, self.target.stat())
        if not self._tidied:
            # What a process that was killed left behind; nobody else writes now.
            for path in (self.target, self._journal):
                files.temporary_of(path).unlink(missing_ok=True)
            self._tidied = True
        today = files.stamp()[:10]
        if self._kept_on != today:
            if self._held.snapshot is not None and not backups.kept_today(self.target):
                self._keep_backup()
                # TinyDB writes in place: the backup must not be the same file any more.
                self._replace(self.tree)
            self._kept_on = today

    def _keep_backup(self) -> None:
        if self._last is not None and self._last.number > 0:
            # A backup holds everything: it has no journal.
            self._replace(self.tree)
        try:
            backups.keep(self.target)
        except OSError as error:
            where = backups.directory_of(self.target)
            reason = f"no backup can be kept in {where}: {reason_of(error)}"
            raise unwritable(self.path, reason) from error

    def _replace(self, tree: Tree) -> None:
        generation = self._generation + 1
        content = opening.encoded(tree, generation)
        if self._held.snapshot is not None:
            backups.keep_previous(self.target)
        snapshot = files.replace(self.target, content)
        head = journal.Head(zlib.crc32(content), snapshot.modified)
        begun = journal.begun(generation, head)
        last = journal.parsed(begun, 0)
        try:
            version: files.Version | None = files.replace(self._journal, begun)
        except OSError:
            # All is in the snapshot; without a journal, the next step replaces it again.
            last, version = None, self._journal_version()
        self._hold(opening.Opened(tree, generation, last), _Versions(snapshot, version))

    def _compact_when_large(self) -> None:
        if self._held.snapshot is None or self._last is None:
            return
        if self._last.end > max(COMPACT_FROM, self._held.snapshot.size * COMPACT_RATIO):
            # Every step stands in the journal: a later one tries again.
            with suppress(StoreError):
                self.compact()

    # TinyDB's interface

    def read(self) -> Tree:
        """Return the tables, those staged in a block of ``together`` included."""
        if self._staged is not None:
            return overlaid(self.tree, self._staged)
        self.catch_up()
        return dict(self.tree)

    def write(self, data: Tree) -> None:
        """Replace the snapshot by one that holds ``data``; raises ``StoreError`` as ``commit``."""
        with self._writing():
            self._replace(data)

    def put(self, name: str, documents: Mapping[str, Document | None]) -> None:
        """Put documents into a table, none where one is removed, as a step or part of one."""
        if self._staged is None:
            self.commit({name: documents})
        else:
            self._staged.setdefault(name, {}).update(documents)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Put all that is put in the block in one step, or nothing where it raises."""
        self._staged = {}
        try:
            yield
            step = self._staged
        finally:
            self._staged = None
        self.commit(step)
