"""Private files that are replaced as a whole: what the store asks of the operating system.

Everything here raises ``OSError`` where the system refuses.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
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


def read(path: Path, start: int = 0) -> tuple[bytes, Version]:
    """Return the content of a file from a place on, and the version that it belongs to."""
    with path.open("rb", buffering=0) as file:
        version = Version.of(os.fstat(file.fileno()))
        file.seek(start)
        return file.readall(), version


def byte_at(path: Path, place: int) -> bytes:
    """Return the byte of a file at a place, none behind its end."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return read_at(descriptor, place, 1)
    finally:
        os.close(descriptor)


def require_writable(path: Path) -> None:
    """Raise ``PermissionError`` for a file that its owner made read-only."""
    if not os.access(path, os.W_OK) and path.exists():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def temporary_of(path: Path) -> Path:
    """Return where the new content of a file stands before it replaces the old."""
    return path.with_name(f".{path.name}.new")


def replace(path: Path, content: bytes) -> Version:
    """Replace a file by one with other content, durably, and return its version.

    At any instant, a crash or a loss of power included, the path leads to the whole old
    content or to the whole new one. Only one process may do so at a time. A file that its
    owner made read-only stays as it is.
    """
    require_writable(path)
    temporary = temporary_of(path)
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


def save_beside(path: Path, why: str, content: bytes) -> Path:
    """Save something that a file held under a new name beside it, durably; return its path."""
    saved = path.with_name(f"{path.name}.{why}-{stamp()}")
    _write(saved, content)
    sync_directory(path.parent)
    return saved


def stamp() -> str:
    """Return a part of a name that says when it was given (UTC) and sorts by that."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")


def link(source: Path, target: Path) -> None:
    """Give a file a second name, in the place of what had it; where it can't be, a copy."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        # Some file systems know no hard links.
        _write(target, source.read_bytes())


def open_to_write(path: Path) -> int:
    """Return a descriptor of a file that is there, to read and write at any place."""
    return os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))


def read_at(descriptor: int, place: int, size: int) -> bytes:
    """Return so many bytes of a file from a place on, fewer at its end."""
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, size)


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of some content where the file stands, on after short writes."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_data(descriptor: int) -> None:
    """Make the content of a file durable."""
    # Not every system tells content from the rest.
    getattr(os, "fdatasync", os.fsync)(descriptor)


def keep_private(path: Path, status: os.stat_result) -> None:
    """Take from a file, by its status, what others may do with it."""
    if status.st_mode & 0o077 and os.name != "nt":
        path.chmod(status.st_mode & 0o700)


def _write(path: Path, content: bytes) -> Version:
    with open(path, "xb", buffering=0, opener=_open_private) as file:
        write_all(file.fileno(), content)
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
