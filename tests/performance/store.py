"""One durable change beside stock TinyDB and sqlite3, and opening beside ``json.load``.

Prints medians and ratios of one run; section 12 of the design has the targets. It needs no
quiet machine, because everything that is compared takes its turns at the same time.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB

from builders import NOON, application, applied, interview, sent
from followup.store import Repository

APPLICATIONS = 10_000
ROUNDS = 40
CHANGES = 20
OPENINGS = 7
OPENED_SIZE = 20_000_000


def fill(path: Path, count: int, size: int) -> None:
    """Make a store with so many applications and about so many bytes."""
    events = (applied(NOON), interview(NOON), sent(NOON), applied(NOON), interview(NOON))
    repository = Repository(path)
    with repository.change("fill", NOON) as changes:
        notes = "n" * max(0, size // count - 750)
        for number in range(count):
            changes.add(application(*events, company=f"Company {number}", notes=notes))
    repository.close()


def took(work: Callable[[], object]) -> float:
    """Return how long something took, in milliseconds."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def changes_of_ours(path: Path) -> Callable[[int], None]:
    repository = Repository(path)

    def change(number: int) -> None:
        with repository.change("edit", NOON) as changes:
            found = changes.get(number % APPLICATIONS + 1)
            assert found
            changes.replace(replace(found, salary=str(number)))

    return change


def changes_of_tinydb(path: Path, source: Path) -> Callable[[int], None]:
    path.write_bytes(source.read_bytes())
    table = TinyDB(path).table("applications")

    def change(number: int) -> None:
        table.update({"salary": str(number)}, doc_ids=[number % APPLICATIONS + 1])

    return change


def changes_of_sqlite(path: Path, source: Path) -> Callable[[int], None]:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = full")
    database.execute("create table applications (id integer primary key, document text)")
    documents = json.loads(source.read_bytes())["applications"]
    rows = [(int(id_), json.dumps(document)) for id_, document in documents.items()]
    database.executemany("insert into applications values (?, ?)", rows)

    def change(number: int) -> None:
        id_ = number % APPLICATIONS + 1
        database.execute("begin immediate")
        [(text,)] = database.execute("select document from applications where id = ?", (id_,))
        document = {**json.loads(text), "salary": str(number)}
        update = "update applications set document = ? where id = ?"
        database.execute(update, (json.dumps(document), id_))
        database.execute("commit")

    return change


def compare_changes(directory: Path) -> dict[str, float]:
    """Print how long one durable change takes, ours beside the others, and return the medians."""
    ours = directory / "followup.json"
    fill(ours, APPLICATIONS, 14_600_000)
    sys.stdout.write(f"one durable change, {APPLICATIONS} applications")
    sys.stdout.write(f" ({ours.stat().st_size / 1e6:.1f} MB), median\n")
    ways = {
        "sqlite3, WAL, FULL": changes_of_sqlite(directory / "sqlite.db", ours),
        "stock TinyDB": changes_of_tinydb(directory / "stock.json", ours),
        "followup": changes_of_ours(ours),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(ROUNDS):
        for name, change in ways.items():
            for number in range(1 if name == "stock TinyDB" else CHANGES):
                times[name].append(took(partial(change, round_ * CHANGES + number)))
    medians = {name: median(taken) for name, taken in times.items()}
    mine = medians["followup"]
    for name, taken in medians.items():
        worst = sorted(times[name])[-len(times[name]) // 100]
        sys.stdout.write(
            f"  {name:20} {taken:8.2f} ms (99 %: {worst:.2f})"
            f"   followup takes {mine / taken:.4f} x, is {taken / mine:.1f} x faster\n"
        )
    return medians


def compare_openings(directory: Path) -> dict[str, float]:
    """Print how long opening takes beside reading the JSON alone, and return the medians."""
    path = directory / "large.json"
    fill(path, APPLICATIONS * 20 // 14, OPENED_SIZE)

    def load() -> None:
        with path.open() as file:
            json.load(file)

    ways: dict[str, Callable[[], object]] = {
        "json.load": load,
        "msgspec alone": lambda: msgspec.json.decode(path.read_bytes()),
        "followup": lambda: Repository(path).applications(),
    }
    sys.stdout.write(f"opening {path.stat().st_size / 1e6:.1f} MB, median\n")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(OPENINGS):
        for name, work in ways.items():
            times[name].append(took(work))
    medians = {name: median(taken) for name, taken in times.items()}
    for name, taken in medians.items():
        ratio = medians["followup"] / taken
        sys.stdout.write(f"  {name:20} {taken:8.1f} ms   followup takes {ratio:.2f} x\n")
    return medians


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as made:
        compare_changes(Path(made))
        compare_openings(Path(made))
