"""The lock that lets one process at a time change a store (design, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from followup.store import files
from followup.store.errors import reason_of, unwritable

TIMEOUT = 5
"""How long to wait for another process, in seconds."""

POLL = 0.005
"""How often to look whether it is done, in seconds.

Seldom enough to cost nothing, and often enough to get a turn beside one who writes without
a break, and so leaves the lock for only a moment at a time.
"""


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Keep all other processes from changing the store at ``path`` during the block.

    The lock is a file of its own beside the store, which stays. The directory is made
    where it is missing. Reading needs no lock, because the store is only ever replaced
    as a whole. Raises ``StoreError`` where the lock cannot be had.
    """
    # Imported here for start-up time: only writing needs it.
    from filelock import FileLock, Timeout

    target = files.resolved(path)
    try:
        files.make_directory(target.parent)
        lock = FileLock(
            target.with_name(f"{target.name}.lock"),
            mode=files.PRIVATE_FILE,
            fallback_to_soft=False,
            preserve_lock_file=True,
            timeout=TIMEOUT,
        )
        lock.acquire(poll_interval=POLL)
    except Timeout:
        reason = f"another followup has been changing it for {TIMEOUT} seconds"
        raise unwritable(path, reason, "try again when it is done") from None
    except OSError as error:
        raise unwritable(path, reason_of(error)) from error
    try:
        yield
    finally:
        lock.release()
