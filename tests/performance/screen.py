"""A program in a terminal, as somebody in front of it sees it: when it shows, how it answers."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

ROWS, COLUMNS = 40, 140
PAINTED = 0.01  # seconds without output after which what came is taken to be one frame
QUIET = 0.03  # the same, after a key
SETTLED = 0.4  # the same, after something large
PATIENCE = 40.0  # seconds to wait for a program to show what it has to
NOTHING = 0.5  # seconds without any output after which a key is taken to do nothing
STYLES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
TERMINAL = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LINES": str(ROWS),
    "COLUMNS": str(COLUMNS),
}


class Usage(NamedTuple):
    """What a program took: seconds of the processor, and megabytes of memory at the most."""

    processor: float
    memory: float


class Screen:
    """A program in a terminal of its own, from its start.

    ``first_frame`` is how long it took, in milliseconds, to paint the frame in which the text
    ``shows`` stood for the first time; ``filled`` the same for the text ``then``, which may come
    with a later frame; ``settled`` how long until it painted no more.
    """

    def __init__(
        self, command: Sequence[str], environment: dict[str, str], shows: str, then: str = ""
    ) -> None:
        """Start the program and wait until it stands."""
        self._painted = b""
        self._begun = time.perf_counter()
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.execvpe(command[0], list(command), {**environment, **TERMINAL})
        self.first_frame = self._until(shows.encode())
        is_there = self._has_painted(then.encode())
        self.filled = self.first_frame if is_there else self._until(then.encode())
        self.settled = max(self.filled, self.answer("", SETTLED, since=self._begun))

    def _until(self, shows: bytes) -> float:
        waiting = PATIENCE
        last = self._begun
        while select.select([self._terminal], [], [], waiting)[0]:
            try:
                self._painted += os.read(self._terminal, 1 << 16)
            except OSError:  # Linux says so where the program has ended
                break
            last = time.perf_counter()
            if waiting == PAINTED or self._has_painted(shows):
                waiting = PAINTED
        if waiting != PAINTED:
            sys.exit(
                f"the program never showed {shows!r}:\n"
                + self._painted[-2000:].decode(errors="replace")
            )
        return (last - self._begun) * 1000

    def _has_painted(self, text: bytes) -> bool:
        return text in STYLES.sub(b"", self._painted)

    def answer(self, keys: str, quiet: float = QUIET, since: float | None = None) -> float:
        """Send keys and return how long it takes to the last byte before a silence, in ms."""
        begun = time.perf_counter() if since is None else since
        last = begun
        os.write(self._terminal, keys.encode())
        waiting = max(quiet, NOTHING)
        while select.select([self._terminal], [], [], waiting)[0]:
            os.read(self._terminal, 1 << 16)
            last, waiting = time.perf_counter(), quiet
        return (last - begun) * 1000

    def drain(self, until: float) -> None:
        """Pass over what comes until then."""
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._terminal], [], [], left)[0]:
                os.read(self._terminal, 1 << 16)

    def close(self) -> Usage:
        """End the program and return what it took."""
        os.kill(self._child, signal.SIGKILL)
        _, _, usage = os.wait4(self._child, 0)
        os.close(self._terminal)
        unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
        return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)
