"""The TinyDB storage: one plain JSON file, read whole and replaced whole (design, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from typing import Any

import msgspec
from tinydb.storages import Storage

from followup.store import files
from followup.store.errors import reason_of, unreadable, unwritable

Document = dict[str, Any]
Tree = dict[str, dict[str, Document]]
"""TinyDB's view of a file: tables by name, documents by id."""

_decoder = msgspec.json.Decoder(Tree)


class Snapshot(msgspec.Struct, frozen=True):
    """What a file held; ``version`` is none where there was no file. Not to be changed."""

    tree: Tree
    version: files.Version | None


class FileStorage(Storage):
    """Keeps TinyDB's tables in one file that is only ever replaced as a whole.

    A missing file is an empty store, unless it was there before: then it has gone, and is
    not made anew. A file that cannot be understood is never written. Whoever writes holds
    the lock.
    """

    def __init__(self, path: Path) -> None:
        """Keep the tables in the file at ``path``, or in the one that its symlink names."""
        self.path = path
        self.held = Snapshot(tree={}, version=None)
        self._seen = False
        self._staged: Tree | None = None

    def catch_up(self) -> Snapshot:
        """Return what the file holds, reading it only where it is not the version held.

        Raises ``StoreError`` where the file cannot be read.
        """
        try:
            version = self._version()
            if version != self.held.version:
                content, version = files.read(self.path)
                self.held = Snapshot(tree=self._decoded(content), version=version)
                self._seen = True
        except OSError as error:
            raise unreadable(self.path, reason_of(error)) from error
        return self.held

    def _version(self) -> files.Version | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            if self._seen:
                raise unreadable(
                    self.path, "it has gone since it was opened", "put it back, or start again"
                ) from None
            return None
        if not S_ISREG(status.st_mode):
            raise unreadable(self.path, "it is not a file", "name another store")
        return files.Version.of(status)

    def _decoded(self, content: bytes) -> Tree:
        if not content:
            raise unreadable(self.path, "it is empty")
        try:
            return _decoder.decode(content)
        except (ValueError, RecursionError) as error:
            raise unreadable(self.path, f"it is no TinyDB file ({error})") from error

    def read(self) -> Tree:
        """Return the tables, those staged in a block of ``together`` included."""
        return dict(self.catch_up().tree) if self._staged is None else self._staged

    def write(self, data: Tree) -> None:
        """Replace the file by one that holds ``data``, at once or with the block's end.

        Raises ``StoreError`` where that fails, and holds what it held: where the failure
        came late, the version tells the next reading that the file is another.
        """
        if self._staged is not None:
            self._staged = data
            return
        try:
            content = msgspec.json.encode(data)
            version = files.replace(files.resolved(self.path), content)
        except OSError as error:
            raise unwritable(self.path, reason_of(error)) from error
        self.held = Snapshot(tree=data, version=version)
        self._seen = True

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all that is written in the block in one step, or nothing where it raises."""
        self._staged = self.read()
        try:
            yield
            tree = self._staged
        finally:
            self._staged = None
        self.write(tree)
