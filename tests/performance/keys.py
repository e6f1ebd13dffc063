"""How long keys take, from the key to the last byte of the redraw, in a terminal.

Run it: ``PYTHONPATH=tests python tests/performance/keys.py [KEYS]``. It types into a message of
2,000 characters, and moves about a board of 10,000 applications. Letters come 50 ms apart,
faster than anybody types, and other keys 120 ms. Nothing is asserted: times are for reading.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from performance.screen import QUIET, SETTLED, Screen

KEYS = 60
APART = 0.12  # seconds from one key to the next
TYPED = 0.05  # seconds from one letter to the next
LETTER = 0.01  # seconds without output after a letter: verdicts on the message may follow
SHOWS = "why  "  # below the board, of the selected card
MESSAGE = "I would like to know how far you have come with the decision about the role. " * 26


def taken(
    screen: Screen, keys: Sequence[str], quiet: float = QUIET, apart: float = APART
) -> list[float]:
    """Return how long each key takes."""
    times = []
    for key in keys:
        begun = time.perf_counter()
        times.append(screen.answer(key, quiet))
        screen.drain(begun + apart)
    return times


def typing(screen: Screen, count: int) -> list[float]:
    """Write a long message and return how long further letters take."""
    screen.answer("f", quiet=SETTLED)
    screen.answer(f"\x1b[200~{MESSAGE}\x1b[201~", quiet=SETTLED)
    return taken(screen, [*("abcde " * count)[:count]], LETTER, TYPED)


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
            "XDG_CONFIG_HOME": name,
        }
        screen = Screen(
            [*program, "--store", str(Path(name) / "followup.json")], environment, SHOWS
        )
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
