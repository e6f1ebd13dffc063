"""How programs start in a terminal, answer keys, and what memory they take.

An empty Textual app, this program with more and more applications, and kanban-tui with as many
tasks take turns, so that all of them see the same machine. Nothing is asserted: times are for
reading. Run it alone with ``PYTHONPATH=tests python tests/performance/first_frame.py [ROUNDS]``.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from performance.kanban import Kanban
from performance.screen import Screen

EMPTY_APP = "from textual.app import App; App().run()"
EMPTY = "an empty Textual app"
COUNTS = (0, 100, 1_000, 10_000)
TASKS = 1_000
ROUNDS = 7
KEYS = 12
APART = 0.12  # seconds from one key to the next, as from somebody who types fast
DOWN, UP = "\x1b[B", "\x1b[A"


class Program(NamedTuple):
    """How to start a program, the text that its first frame has, and how often to do so.

    ``then`` is the text that is there once it shows everything.
    """

    command: list[str]
    environment: dict[str, str]
    shows: str
    then: str
    rounds: int


class Run(NamedTuple):
    """One run, or the medians of several, in milliseconds and megabytes."""

    first_frame: float
    filled: float
    settled: float
    key: float
    memory: float


def ours(count: int) -> str:
    """Return how this program with so many applications is called."""
    return f"followup, {count:,} applications"


def made_up(directory: Path, count: int) -> Path:
    """Return a store of so many made-up applications; there is none for none."""
    if count:
        told = ["demo", "--into", str(directory), "--count", str(count), "--no-open"]
        command = [sys.executable, "-m", "followup", *told]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return directory / "followup.json"


def programs(directory: Path, rounds: int) -> dict[str, Program]:
    """Return what is compared; kanban-tui is left out where it cannot be had."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(directory)}
    python = sys.executable
    found = {EMPTY: Program([python, "-c", EMPTY_APP], environment, " " * 80, "", rounds)}
    for count in COUNTS:
        store = made_up(directory / str(count), count)
        command = [python, "-m", "followup", "--store", str(store)]
        # Where there are many the board is there before its cards, the selected one and its why.
        shows, then = ("Last call", "why  ") if count else ("Nothing here yet", "")
        found[ours(count)] = Program(command, environment, shows, then, rounds)
    kanban = Kanban(directory / "kanban")
    if kanban.install():
        kanban.fill(TASKS)
        often = min(rounds, 3)
        shown = Program([kanban.program], kanban.environment, kanban.TITLE, "", often)
        found[f"kanban-tui {kanban.version}, {TASKS:,} tasks"] = shown
    return found


def run(program: Program) -> Run:
    """Start a program, move about in it, and end it."""
    screen = Screen(program.command, program.environment, program.shows, program.then)
    keys = []
    for number in range(KEYS):
        begun = time.perf_counter()
        keys.append(screen.answer(UP if number % 4 == 3 else DOWN))
        screen.drain(begun + APART)
    usage = screen.close()
    times = screen.first_frame, screen.filled, screen.settled
    return Run(*times, statistics.median(keys), usage.memory)


def measured(rounds: int) -> dict[str, Run]:
    """Return the medians of each program."""
    with tempfile.TemporaryDirectory() as name:
        compared = programs(Path(name), rounds)
        runs: dict[str, list[Run]] = {called: [] for called in compared}
        for number in range(rounds + 1):
            for called, program in compared.items():
                if number <= program.rounds:
                    taken = run(program)
                    if number:  # the first round only warms the caches
                        runs[called].append(taken)
    return {
        called: Run(*(statistics.median(costs) for costs in zip(*taken, strict=True)))
        for called, taken in runs.items()
    }


def table(medians: dict[str, Run]) -> list[str]:
    """Return the lines of a table, with ratios to the empty app."""
    base = medians[EMPTY]
    lines = [
        "| program | first frame | | with cards | | settled | | a key, to the last byte"
        " | memory at most | |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for called, (first, filled, settled, key, memory) in medians.items():
        answered = f"{key:.1f} ms" if key else "none"
        lines.append(
            f"| {called} | {first:.0f} ms | {first / base.first_frame:.2f} ×"
            f" | {filled:.0f} ms | {filled / base.filled:.2f} ×"
            f" | {settled:.0f} ms | {settled / base.settled:.2f} × | {answered}"
            f" | {memory:.0f} MB | {memory / base.memory:.2f} × |"
        )
    return lines


def main() -> None:
    """Measure and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print("\n".join(table(measured(rounds))))  # noqa: T201


if __name__ == "__main__":
    main()
