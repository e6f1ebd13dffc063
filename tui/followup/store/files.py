"""Private files that are replaced as a whole: what the store asks of the operating system.

Everything here raises ``OSError`` where the system refuses.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

PRIVATE_FILE = 0o600
PRIVATE_DIRECTORY = 0o700


class Version(Struct, frozen=True):
    """What tells one state of a file from the next without reading it; times in ns."""

    device: int
    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, status: os.stat_result) -> Version:
        """Return the version that a ``stat`` shows."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def resolved(path: Path) -> Path:
    """Return the file behind a path, so that replacing it keeps a symlink one."""
    return Path(os.path.realpath(path))


def read(path: Path) -> tuple[bytes, Version]:
    """Return the content of a file and the version that it belongs to."""
    with path.open("rb") as file:
        version = Version.of(os.fstat(file.fileno()))
        return file.read(), version


def replace(path: Path, content: bytes) -> Version:
    """Replace a file by one with other content, durably, and return its version.

    At any instant, a crash or a loss of power included, the path leads to the whole old
    content or to the whole new one. Only one process may do so at a time. A file that its
    owner made read-only stays as it is.
    """
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    temporary = path.with_name(f".{path.name}.new")
    # A process that was killed may have left one behind.
    temporary.unlink(missing_ok=True)
    try:
        version = _write(temporary, content)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)
    return version


def _write(path: Path, content: bytes) -> Version:
    # The buffered writer writes on after short writes until all is written, or raises.
    with open(path, "xb", opener=_open_private) as file:
        file.write(content)
        file.flush()
        # The clock of file systems ticks in milliseconds and freed inodes come back at
        # once, so that two versions could look alike without a stamp of our own.
        now = time.time_ns()
        os.utime(path, ns=(now, now))
        os.fsync(file.fileno())
        return Version.of(os.fstat(file.fileno()))


def _open_private(path: str, flags: int) -> int:
    descriptor = os.open(path, flags, PRIVATE_FILE)
    # The umask may have taken more away than the file can do without.
    Path(path).chmod(PRIVATE_FILE)
    return descriptor


def make_directory(directory: Path) -> None:
    """Make a directory and all that is missing above it, 0700 whatever the umask."""
    if directory.is_dir():
        return
    make_directory(directory.parent)
    directory.mkdir(exist_ok=True)
    directory.chmod(PRIVATE_DIRECTORY)
    sync_directory(directory.parent)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
