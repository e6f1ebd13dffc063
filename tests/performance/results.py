"""Measures everything that section 12 of the design has figures for, and writes RESULTS.md.

Run it with ``PYTHONPATH=tests python tests/performance/results.py [ROUNDS]``. What is compared
takes its turns at the same time, so ratios hold on a busy machine, and times only roughly.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

from performance import store
from performance.first_frame import EMPTY, ROUNDS, Run, made_up, measured, ours, table
from performance.growth import Growth, grown
from performance.kanban import Kanban

RESULTS = Path(__file__).with_name("RESULTS.md")
SMALL, LARGE = 1_000, 10_000
LIBRARIES = ("textual", "tinydb", "msgspec", "pluggy", "click")
COMMAND_ROUNDS = 9


def machine() -> list[str]:
    """Return what the figures were measured on."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = f"{os.getloadavg()[0]:.1f}"
    return [
        f"- {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        f"- Python {platform.python_version()}, {versions}",
        f"- The machine was shared: a load of {load} as it began. Read the ratios, not the times.",
    ]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "")


def commands(directory: Path) -> list[str]:
    """Return how long whole runs of the command line take."""
    program = [sys.executable, "-m", "followup", "--store"]
    small, large = (str(made_up(directory / str(count), count)) for count in (SMALL, LARGE))
    ways = {
        "python -c pass": [sys.executable, "-c", "pass"],
        f"followup due --json, {SMALL:,} applications": [*program, small, "due", "--json"],
        f"followup list, {LARGE:,} applications": [*program, large, "list"],
    }
    environment = {**os.environ, "XDG_CONFIG_HOME": str(directory)}
    kanban = Kanban(directory / "kanban")
    if kanban.install():
        kanban.fill(SMALL)
        ways[f"ktui task list --json, {SMALL:,} tasks"] = [kanban.program, "task", "list", "--json"]
        environment |= kanban.environment
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(COMMAND_ROUNDS):
        for name, command in ways.items():
            begun = time.perf_counter()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
            times[name].append((time.perf_counter() - begun) * 1000)
    base = median(times["python -c pass"])
    lines = ["| command | whole process | beside bare Python |", "|---|--:|--:|"]
    for name, taken in times.items():
        lines.append(f"| `{name}` | {median(taken):.0f} ms | {median(taken) / base:.1f} × |")
    return lines


def growth(directory: Path, runs: dict[str, Run]) -> list[str]:
    """Return what a thousand applications more cost."""
    growths: list[Growth] = [
        grown(made_up(directory / f"grown-{count}", count)) for count in (SMALL, LARGE)
    ]
    small, large = growths
    few, many = runs[ours(SMALL)], runs[ours(LARGE)]
    costs = {
        "first frame": (few.first_frame, many.first_frame, "ms"),
        "first frame with cards": (few.filled, many.filled, "ms"),
        "a key": (few.key, many.key, "ms"),
        "memory": (few.memory, many.memory, "MB"),
        "one durable change": (small.change, large.change, "ms"),
        "dealing all cards": (small.board, large.board, "ms"),
        "the clock, a second on": (small.minute, large.minute, "ms"),
        f"time travel, a day on ({small.moved} and {large.moved} cards differ)": (
            small.day,
            large.day,
            "ms",
        ),
    }
    lines = [
        f"| cost | {SMALL:,} | {LARGE:,} | each 1,000 more |",
        "|---|--:|--:|--:|",
    ]
    for name, (low, high, unit) in costs.items():
        each = (high - low) / (LARGE - SMALL) * 1000
        lines.append(f"| {name} | {low:.1f} {unit} | {high:.1f} {unit} | {each:+.2f} {unit} |")
    return lines


def stored(directory: Path) -> list[str]:
    """Return how the store compares."""
    changes, openings = store.compare_changes(directory), store.compare_openings(directory)
    lines = [
        f"| one durable change, {store.APPLICATIONS:,} applications | median | followup takes |",
        "|---|--:|--:|",
    ]
    for name, taken in changes.items():
        lines.append(f"| {name} | {taken:.2f} ms | {changes['followup'] / taken:.3f} × |")
    lines += ["", "| opening 20 MB | median | followup takes |", "|---|--:|--:|"]
    for name, taken in openings.items():
        lines.append(f"| {name} | {taken:.0f} ms | {openings['followup'] / taken:.2f} × |")
    return lines


def against_targets(runs: dict[str, Run]) -> list[str]:
    """Return what section 12 asks of starts and keys beside what was measured."""
    base, few, many = runs[EMPTY], runs[ours(SMALL)], runs[ours(LARGE)]
    rows = [
        ("first frame, 1,000 applications", 1.6, few.first_frame / base.first_frame, "×"),
        (
            "first frame, 10,000 applications, cards follow",
            2.2,
            many.first_frame / base.first_frame,
            "×",
        ),
        ("a key on the board, 10,000 applications", 16.0, many.key, "ms"),
        ("memory, 1,000 applications", 2.0, few.memory / base.memory, "×"),
    ]
    lines = ["| what | at most | measured | |", "|---|--:|--:|---|"]
    for what, most, found, unit in rows:
        told = "reached" if found <= most else "missed"
        lines.append(f"| {what} | {most:g} {unit} | {found:.2f} {unit} | {told} |")
    return lines


def main() -> None:
    """Measure, write the tables, and print them."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    subprocess.run([sys.executable, "-m", "compileall", "-q", "tui"], check=True)
    about = machine()
    runs = measured(rounds)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        directory = Path(name)
        sections = {
            "Figures of section 12": against_targets(runs),
            "Starts and keys": table(runs),
            "The command line": commands(directory),
            "The store": stored(directory),
            "Growing": growth(directory, runs),
        }
    text = "# What was measured\n\n`make bench` writes this anew; all figures are medians.\n\n"
    text += "\n".join(about) + "\n"
    for title, lines in sections.items():
        text += f"\n## {title}\n\n" + "\n".join(lines) + "\n"
    RESULTS.write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
