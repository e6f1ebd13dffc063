"""Reading a file as a whole, up to a limit on the bytes actually read (design, section 10)."""

from __future__ import annotations

from typing import BinaryIO

from followup.api import UnreadableFileError

MOST_BYTES = 50 * 1024**2


def read_whole(stream: BinaryIO) -> bytes:
    """Return the bytes of a file; raise ``UnreadableFileError`` beyond ``MOST_BYTES``."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        most = f"{MOST_BYTES // 1024**2} MB"
        raise UnreadableFileError(f"the file is larger than {most}: split it into parts")
    return data
