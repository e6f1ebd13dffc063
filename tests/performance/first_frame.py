"""How long until the first frame: followup against an empty Textual app, in a terminal.

Run it: ``python tests/performance/first_frame.py [ROUNDS]``. Each round starts every
program once, so that all of them see the same machine; the medians are compared. A frame
is complete when the output has settled. Nothing is asserted: times are for reading.
"""

from __future__ import annotations

import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROWS, COLUMNS = 40, 140
SETTLED = 0.4  # seconds without output after which a frame is taken to be complete
PATIENCE = 20.0  # seconds to wait for the first output
EMPTY_APP = "from textual.app import App; App().run()"
COUNTS = (0, 1_000, 10_000)
ROUNDS = 9


def first_frame(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the milliseconds from the start of a program to the last byte of its first frame."""
    import pty  # late: not on every platform on which this file is read

    begun = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), environment)
    try:
        return (_settled(terminal) - begun) * 1000
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _settled(terminal: int) -> float:
    """Return when the last byte came before a silence."""
    last = time.perf_counter()
    waiting = PATIENCE
    while select.select([terminal], [], [], waiting)[0]:
        if not os.read(terminal, 1 << 16):
            break
        last, waiting = time.perf_counter(), SETTLED
    return last


@contextmanager
def stores(counts: Sequence[int]) -> Iterator[dict[int, Path]]:
    """Give a store of made-up applications for each count."""
    with tempfile.TemporaryDirectory() as name:
        paths = {}
        for count in counts:
            directory = Path(name) / str(count)
            paths[count] = directory / "followup.json"
            if count:
                arguments = ["demo", "--into", str(directory), "--count", str(count), "--no-open"]
                subprocess.run(
                    [sys.executable, "-m", "followup", *arguments],
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
        yield paths


def measured(rounds: int) -> dict[str, float]:
    """Return the median first frame of each program, in milliseconds."""
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LINES": str(ROWS),
        "COLUMNS": str(COLUMNS),
    }
    with stores(COUNTS) as paths:
        programs = {"an empty Textual app": [sys.executable, "-c", EMPTY_APP]}
        for count, path in paths.items():
            name = f"followup, {count:,} applications"
            programs[name] = [sys.executable, "-m", "followup", "--store", str(path)]
        times: dict[str, list[float]] = {name: [] for name in programs}
        for number in range(rounds + 1):
            for name, command in programs.items():
                frame = first_frame(command, environment)
                if number:  # the first round only warms the caches
                    times[name].append(frame)
    return {name: statistics.median(frames) for name, frames in times.items()}


def main() -> None:
    """Measure and print a table with ratios to the empty app."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    subprocess.run([sys.executable, "-m", "compileall", "-q", "tui"], check=True)
    medians = measured(rounds)
    base = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"{name:<32}{median:8.0f} ms{median / base:8.2f} ×")  # noqa: T201


if __name__ == "__main__":
    main()
