"""What plugins cost: at the start, for each call, and for a policy of others on a large board.

Prints medians of one run, in which all that is compared takes its turns at the same time. The
key of the last table is a turn of the loop of a board that another thread keeps waiting.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, sleep

from builders import DAY, HOUR, NOON, HandClock, application, applied, interview, sent
from followup.cli.worker import COMMAND
from followup.config import Config
from followup.domain.message import Message
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.extensions.outside import OutsidePlugins
from followup.store.repository import Repository
from followup.tracker import Tracker
from plugin_trackers import FINE, rule_script
from scripts import write_script

ROUNDS = 15
CALLS = 300
SIZES = (1_000, 10_000)
POLICY = """
from followup.api import hookimpl
from followup.builtin.patient import Patient

class Elsewhere(Patient):
    name = "elsewhere"

@hookimpl
def register_policies():
    return [Elsewhere()]
"""
LISTENER = """
from followup.api import hookimpl

@hookimpl
def event_recorded(application, event):
    pass
"""
HUNG = {
    "a rule that sleeps": rule_script("import time; time.sleep(3600)"),
    "a rule that spins": rule_script("while True: pass"),
    "a rule in a regular expression": rule_script("import re; re.fullmatch('(a+)+b', 'a' * 64)"),
}


def took(work: Callable[[], object]) -> float:
    """Return how long something took, in milliseconds."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def compare(title: str, ways: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> None:
    """Print the medians of several ways, beside the first of them."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            times[name].append(took(work))
    sys.stdout.write(f"{title}, median of {rounds}\n")
    first = median(next(iter(times.values())))
    for name, taken in times.items():
        here = median(taken)
        sys.stdout.write(f"  {name:44} {here:9.2f} ms   {here - first:+9.2f} ms\n")


def home(directory: Path, name: str, scripts: Mapping[str, str]) -> Path:
    """Make a directory with a configuration of these scripts, and return it."""
    made = directory / name
    made.mkdir()
    for script, code in scripts.items():
        write_script(made, script, code)
    return made


def program(directory: Path, *words: str) -> Callable[[], object]:
    """Return a run of the whole program over a directory."""
    environment = {
        **os.environ,
        "FOLLOWUP_CONFIG": str(directory / "config.toml"),
        "FOLLOWUP_STORE": str(directory / "followup.json"),
    }
    command = [sys.executable, "-m", "followup", *words]
    return lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def tracker_at(directory: Path) -> tuple[Tracker, OutsidePlugins]:
    outside = OutsidePlugins(directory, lambda: datetime.now(UTC), COMMAND)
    host = PluginHost(builtin_plugins("0"), outside)
    clock = HandClock(NOON + 30 * DAY)
    return Tracker(Repository(directory / "followup.json"), host, Config(), clock), outside


def loading(directory: Path) -> Callable[[], object]:
    """Return how the plugins of a directory are loaded, from nothing."""

    def load() -> None:
        outside = OutsidePlugins(directory, lambda: datetime.now(UTC), COMMAND)
        outside.load()
        outside.close()

    return load


def compare_starts(directory: Path) -> None:
    """Print what plugins cost a command, and how long they take to be there."""
    scripts = {f"rule_{n}": rule_script(FINE, f"rule-{n}") for n in range(10)}
    homes = {
        "none": home(directory, "none", {}),
        "ten scripts": home(directory, "ten", scripts),
        "ten scripts, a listener": home(directory, "listener", {**scripts, "x": LISTENER}),
    }
    for made in homes.values():
        program(made, "--no-plugins", "add", "Globex", "SRE", "--applied", "2026-03-01")()
    shut = {"--no-plugins": program(homes["ten scripts"], "--no-plugins", "list")}
    lists = {name: program(made, "list") for name, made in homes.items()}
    compare("`followup list`, the whole process", {**shut, **lists})
    logs = {name: program(made, "log", "1", "note", "x") for name, made in homes.items()}
    compare("`followup log 1 note x`, which tells plugins", logs)
    compare(
        "from asking for plugins until they are loaded and gone again",
        {"one script": loading(home(directory, "one", {"only": rule_script(FINE)}))}
        | {name: loading(made) for name, made in homes.items()},
    )


def compare_calls(directory: Path) -> None:
    """Print what one call costs across, beside one here."""
    made = home(directory, "calls", {"mine": rule_script(FINE), "ear": LISTENER})
    tracker, outside = tracker_at(made)
    outside.load()
    rules = tracker.host.rules
    message = Message(body="How is it going?")
    card = application(interview(NOON), sent(NOON + 3 * DAY))

    def ask(code: str) -> Callable[[], object]:
        return lambda: rules[code].review(message, card, None, None, NOON)

    compare(
        "one call of a rule",
        {"here (no-reply-path)": ask("no-reply-path"), "across": ask("mine")},
        CALLS,
    )
    added = tracker.add(card)
    tracker.publish()

    def note() -> None:
        tracker.log(added.id, applied(NOON))
        tracker.publish()

    compare("one fact logged and told", {"to a script that listens": note}, ROUNDS)
    outside.close()


def compare_policies(directory: Path) -> None:
    """Print what a board costs by a policy here and by the same one across."""
    for size in SIZES:
        ways: dict[str, Callable[[], object]] = {}
        for policy in ("patient", "elsewhere"):
            made = home(directory, f"{policy}-{size}", {"policy": POLICY})
            tracker, outside = tracker_at(made)
            with tracker.repository.change("fill", NOON) as changes:
                for number in range(size):
                    facts = (applied(NOON - 9 * DAY), interview(NOON + number * HOUR / 100))
                    changes.add(application(*facts, policy=policy))
            outside.load()
            tracker.board()
            ways[f"{policy}, the first board"] = _first_board(made)
            ways[f"{policy}, a board after that"] = tracker.board
        compare(f"a board of {size} applications", ways, 5)


def _first_board(directory: Path) -> Callable[[], object]:
    """Return the first board over a store that is open, with plugins that are loaded."""
    tracker, outside = tracker_at(directory)
    outside.load()

    def board() -> None:
        fresh = Tracker(tracker.repository, tracker.host, tracker.config, tracker.clock)
        fresh.board()

    return board


def compare_hangs(directory: Path) -> None:
    """Print how late another thread of the program comes to its turn while a plugin hangs."""
    sys.stdout.write("how late a thread wakes up from 1 ms while another waits for a plugin\n")
    for name, script in {"a rule that is fine": rule_script(FINE), **HUNG}.items():
        tracker, outside = tracker_at(home(directory, name, {"mine": script}))
        outside.load()
        rule = tracker.host.rules["mine"]
        asking = Thread(target=rule.review, args=(Message(), None, None, None, NOON))
        late: list[float] = []
        asking.start()
        while asking.is_alive() or len(late) < CALLS:
            late.append(took(lambda: sleep(0.001)) - 1)
        asking.join()
        outside.close()
        sys.stdout.write(f"  {name:44} {median(late):9.2f} ms, at worst {max(late):.1f} ms\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for part in (compare_starts, compare_calls, compare_policies, compare_hangs):
            part(Path(made))
