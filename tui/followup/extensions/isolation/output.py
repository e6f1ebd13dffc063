"""What plugins print: caught before it reaches a terminal on which a board may stand."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import TextIO

LONGEST_OUTPUT = 20_000
"""How many bytes of what was printed are looked at."""


class Output:
    """Everything that this process writes to its standard output and error, in a file.

    It is done with file descriptors, so that it holds for every way of writing: Python's
    streams, handlers of logs, libraries in C, child processes.
    """

    def __init__(self) -> None:
        """Turn both streams away from where they led."""
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - open to the end of the process
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        self._turn()
        self._streams = (_stream(1), _stream(2))
        sys.stdout, sys.stderr = self._streams

    def taken(self) -> tuple[str, bool]:
        """Return what was written since the last time, and whether a stream was replaced."""
        self._turn()
        replaced = (sys.stdout, sys.stderr) != self._streams
        for stream in (sys.stdout, sys.stderr, *self._streams):
            with suppress(Exception):
                stream.flush()
        if replaced or any(stream.closed for stream in self._streams):
            self._streams = (_stream(1), _stream(2))
            sys.stdout, sys.stderr = self._streams
        size = os.fstat(self._file.fileno()).st_size
        if size == 0:
            return "", replaced
        written = os.pread(self._file.fileno(), LONGEST_OUTPUT, 0)
        self._empty()
        return written.decode("utf-8", "replace"), replaced

    def forget(self) -> None:
        """Drop what was written since the last time: nobody can tell by whom."""
        if os.fstat(self._file.fileno()).st_size:
            self._empty()

    def _empty(self) -> None:
        os.ftruncate(self._file.fileno(), 0)
        os.lseek(self._file.fileno(), 0, os.SEEK_SET)

    def _turn(self) -> None:
        # Again and again, for a plugin may close what it does not own.
        for descriptor in (1, 2):
            os.dup2(self._file.fileno(), descriptor)


def _stream(descriptor: int) -> TextIO:
    raw = open(descriptor, "wb", closefd=False)  # noqa: SIM115 - a descriptor, not a path
    return TextIOWrapper(raw, encoding="utf-8", errors="replace", write_through=True)
