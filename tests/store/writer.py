"""A process that writes to a store, for tests to run beside others and to kill.

``writer.py STORE add COUNT`` adds applications one by one. ``writer.py STORE work FIRST``
makes changes without end from a number on, each known from its number alone, and prints
the number once the store has it; it folds the journal in every few changes. ``writer.py
STORE hold 0`` takes the lock, says so and keeps it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from builders import NOON, application, applied
from followup.domain.application import Application
from followup.store import Changes, Repository, storage
from followup.store.lock import StoreLock


def fill(changes: Changes, count: int) -> None:
    """Add applications of about a kilobyte each."""
    for number in range(count):
        changes.add(application(applied(NOON), company=f"Company -{number}", notes="n" * 900))


def work(changes: Changes, number: int, ids: list[int]) -> None:
    """Make the change of a number: add, grow or remove; ``ids`` are those there, in order."""
    match number % 5:
        case 0 | 1:
            changes.add(application(company=f"Company {number}", notes="n" * (number % 7) * 1000))
        case 2 | 3:
            chosen = changes.get(ids[number * 7919 % len(ids)])
            assert chosen
            changes.replace(chosen.with_event(applied(NOON)))
        case _:
            changes.remove(ids[0])


def ids_of(applications: tuple[Application, ...]) -> list[int]:
    return [one.id for one in applications]


def compact_often() -> None:
    """Fold the journal in every few changes, whatever the size of the store."""
    storage.COMPACT_FROM, storage.COMPACT_RATIO = 20_000, 0


def main(path: Path, task: str, number: int) -> None:
    if task == "hold":
        with StoreLock(path).held():
            print("held", flush=True)  # noqa: T201
            sys.stdin.read()
    repository = Repository(path)
    if task == "add":
        for count in range(number):
            with repository.change(f"add {count}", NOON) as changes:
                changes.add(application(company=f"{number} {count}"))
        repository.close()
        return
    compact_often()
    while True:
        with repository.change(f"change {number}", NOON) as changes:
            work(changes, number, ids_of(repository.applications()))
        print(number, flush=True)  # noqa: T201
        number += 1


class Model:
    """What the store should hold after so many changes, kept in memory alone."""

    def __init__(self, filled: int = 0) -> None:
        self.changes = Changes({}, 1)
        fill(self.changes, filled)

    def after(self, number: int) -> tuple[Application, ...]:
        """Make the change of a number, and return all that is there then."""
        work(self.changes, number, ids_of(self.applications()))
        return self.applications()

    def applications(self) -> tuple[Application, ...]:
        return self.changes.applications()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
