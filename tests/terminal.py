"""The program at a terminal of its own, for tests of what it asks there."""

from __future__ import annotations

import os
import pty
import select
import sys
from contextlib import suppress


class Terminal:
    """The program in a terminal of its own: what it says, and keys for it."""

    def __init__(self, *words: str) -> None:
        self.said = ""
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.execv(sys.executable, [sys.executable, "-m", "followup", *words])

    def until(self, text: str) -> None:
        """Read until it says something."""
        while text not in self.said:
            assert select.select([self._terminal], [], [], 30)[0], self.said
            self.said += os.read(self._terminal, 4096).decode()

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def status(self) -> int:
        """Read to the end, and return the exit status."""
        with suppress(OSError):  # what a closed terminal gives
            while part := os.read(self._terminal, 4096):
                self.said += part.decode()
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
