"""How long until the first frame: followup against an empty Textual app, in a terminal.

Run it: ``python tests/performance/first_frame.py [ROUNDS]``. Each round starts every
program once, so that all of them see the same machine; the medians are compared. A frame
is complete when the output has settled. Nothing is asserted: times are for reading.
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROWS, COLUMNS = 40, 140
SETTLED = 0.4  # seconds without output after which a frame is taken to be complete
PATIENCE = 20.0  # seconds to wait for the first output
EMPTY_APP = "from textual.app import App; App().run()"
COUNTS = (0, 1_000, 10_000)
ROUNDS = 9


class Frame(NamedTuple):
    """What a first frame cost, in milliseconds: by the clock, and of the processor's time."""

    elapsed: float
    processor: float


def first_frame(command: Sequence[str], environment: dict[str, str]) -> Frame:
    """Start a program in a terminal and return what its first frame cost."""
    begun = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), environment)
    try:
        shown, text = _settled(terminal)
        ended, _ = os.waitpid(child, os.WNOHANG)
        if ended:
            sys.exit(f"{' '.join(command)} ended by itself:\n{text.decode(errors='replace')}")
        os.kill(child, signal.SIGKILL)
        _, _, usage = os.wait4(child, 0)
    finally:
        os.close(terminal)
    return Frame((shown - begun) * 1000, (usage.ru_utime + usage.ru_stime) * 1000)


def _settled(terminal: int) -> tuple[float, bytes]:
    """Return when the last byte came before a silence, and all that came."""
    last, text = time.perf_counter(), b""
    waiting = PATIENCE
    while select.select([terminal], [], [], waiting)[0]:
        try:
            read = os.read(terminal, 1 << 16)
        except OSError:  # Linux says so where the program has ended
            read = b""
        if not read:
            break
        text += read
        last, waiting = time.perf_counter(), SETTLED
    return last, text


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


def measured(rounds: int) -> dict[str, Frame]:
    """Return the median first frame of each program."""
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
        frames: dict[str, list[Frame]] = {name: [] for name in programs}
        for number in range(rounds + 1):
            for name, command in programs.items():
                frame = first_frame(command, environment)
                if number:  # the first round only warms the caches
                    frames[name].append(frame)
    return {
        name: Frame(*(statistics.median(costs) for costs in zip(*taken, strict=True)))
        for name, taken in frames.items()
    }


def main() -> None:
    """Measure and print a table with ratios to the empty app."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    subprocess.run([sys.executable, "-m", "compileall", "-q", "tui"], check=True)
    medians = measured(rounds)
    base = next(iter(medians.values()))
    print(f"{'first frame':<32}{'elapsed':>11}{'':>9}{'processor':>11}")  # noqa: T201
    for name, (elapsed, processor) in medians.items():
        print(  # noqa: T201
            f"{name:<32}{elapsed:8.0f} ms{elapsed / base.elapsed:7.2f} ×"
            f"{processor:8.0f} ms{processor / base.processor:7.2f} ×"
        )


if __name__ == "__main__":
    main()
