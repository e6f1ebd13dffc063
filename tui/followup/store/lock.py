"""The lock that lets one process at a time change a store (design, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from followup.store import files
from followup.store.errors import reason_of, unwritable

if TYPE_CHECKING:
    from filelock import BaseFileLock

TIMEOUT = 5
"""How long to wait for another process, in seconds."""

POLL = 0.005
"""How often to look whether it is done, in seconds.

Seldom enough to cost nothing, and often enough to get a turn beside one who writes without
a break, and so leaves the lock for only a moment at a time.
"""


class StoreLock:
    """Keeps all other processes from changing a store for the length of a block.

    The lock is a file of its own beside the store, which stays. Reading needs no lock,
    because the store is only ever replaced or added to.
    """

    def __init__(self, target: Path) -> None:
        """Make the lock of the store at ``target``, which is no symlink; nothing is locked."""
        self._target = target

    @cached_property
    def _file(self) -> BaseFileLock:
        # Imported here for start-up time: only writing needs it.
        from filelock import FileLock

        return FileLock(
            self._target.with_name(f"{self._target.name}.lock"),
            mode=files.PRIVATE_FILE,
            fallback_to_soft=False,
            preserve_lock_file=True,
            timeout=TIMEOUT,
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock during the block; the directory is made where it is missing.

        Raises ``StoreError`` where the lock cannot be had, and ``RuntimeError`` in a block
        that holds it already: a change within a change would lose one of them.
        """
        if self._file.is_locked:
            raise RuntimeError("a change of the store within a change of it")
        try:
            files.make_directory(self._target.parent)
            self._file.acquire(poll_interval=POLL)
        except TimeoutError:
            reason = f"another followup has been changing it for {TIMEOUT} seconds"
            raise unwritable(self._target, reason, "try again when it is done") from None
        except OSError as error:
            raise unwritable(self._target, reason_of(error)) from error
        try:
            yield
        finally:
            self._file.release()
