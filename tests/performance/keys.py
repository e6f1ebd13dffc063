"""How long keys take, from the key to the last byte of the redraw, in a terminal.

Run it: ``python tests/performance/keys.py [KEYS]``. It types into a message of 2,000
characters, and moves about a board of 10,000 applications. Keys come 120 ms apart, as from
somebody who types fast. Nothing is asserted: times are for reading.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROWS, COLUMNS = 40, 140
KEYS = 60
APART = 0.12  # seconds from one key to the next
QUIET = 0.03  # seconds without output after which a redraw is taken to be complete
LETTER = 0.01  # the same for a letter, after which verdicts on the message may follow
SETTLED = 0.4  # the same, after something large
PATIENCE = 10.0  # seconds to wait for something large to begin
NOTHING = 0.5  # seconds without any output after which a key is taken to do nothing
MESSAGE = "I would like to know how far you have come with the decision about the role. " * 26


class Screen:
    """A program in a terminal: takes keys, and tells how long it takes to answer each."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        """Start the program and wait until it stands."""
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.execvpe(command[0], list(command), environment)
        self.answer("", quiet=SETTLED)

    def answer(self, keys: str, quiet: float = QUIET) -> float:
        """Send keys and return how long it takes to the last byte before a silence, in ms."""
        begun = last = time.perf_counter()
        os.write(self._terminal, keys.encode())
        waiting = PATIENCE if quiet == SETTLED else NOTHING
        while select.select([self._terminal], [], [], waiting)[0]:
            os.read(self._terminal, 1 << 16)
            last, waiting = time.perf_counter(), quiet
        return (last - begun) * 1000

    def drain(self, until: float) -> None:
        """Pass over what comes until then."""
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._terminal], [], [], left)[0]:
                os.read(self._terminal, 1 << 16)

    def close(self) -> None:
        """End the program."""
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        os.close(self._terminal)


def taken(screen: Screen, keys: Sequence[str], quiet: float = QUIET) -> list[float]:
    """Return how long each key takes."""
    times = []
    for key in keys:
        begun = time.perf_counter()
        times.append(screen.answer(key, quiet))
        screen.drain(begun + APART)
    return times


def typing(screen: Screen, count: int) -> list[float]:
    """Write a long message and return how long further letters take."""
    screen.answer("f", quiet=SETTLED)
    screen.answer(f"\x1b[200~{MESSAGE}\x1b[201~", quiet=SETTLED)
    return taken(screen, [*("abcde " * count)[:count]], LETTER)


def moving(screen: Screen, count: int) -> list[float]:
    """Return how long it takes to move about the board."""
    return taken(screen, ("jjkjllhj" * count)[:count])


def measured(applications: int, what: Callable[[Screen, int], list[float]], count: int) -> None:
    """Print the median and the slowest of what is measured."""
    with tempfile.TemporaryDirectory() as name:
        program = [sys.executable, "-m", "followup"]
        made = ["demo", "--into", name, "--count", str(applications), "--no-open"]
        subprocess.run([*program, *made], check=True, stdout=subprocess.DEVNULL)
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "LINES": str(ROWS),
            "COLUMNS": str(COLUMNS),
            "XDG_CONFIG_HOME": name,
        }
        screen = Screen([*program, "--store", str(Path(name) / "followup.json")], environment)
        times = sorted(what(screen, count))
        screen.close()
    told = f"{what.__name__}, {applications:,} applications"
    late = times[int(len(times) * 0.95)]
    print(f"{told:<32}{statistics.median(times):7.1f} ms median{late:8.1f} ms for 95 %")  # noqa: T201


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else KEYS
    measured(30, typing, count)
    measured(10_000, moving, count)


if __name__ == "__main__":
    main()
