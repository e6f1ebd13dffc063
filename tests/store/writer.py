"""A process that writes to a store, for tests to run beside others and to kill.

``writer.py STORE add COUNT`` adds applications one by one. ``writer.py STORE work FIRST``
makes changes without end from a number on, each known from its number alone, and prints
the number once the store has it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from builders import NOON, application, applied
from followup.domain.application import Application
from followup.store import Changes, Repository


def work(changes: Changes, number: int) -> None:
    """Make the change of a number: add, grow or remove."""
    existing = changes.applications()
    match number % 5:
        case 0 | 1:
            changes.add(application(company=f"Company {number}", notes="n" * (number % 7) * 1000))
        case 2 | 3:
            chosen = existing[number % len(existing)]
            changes.replace(chosen.with_event(applied(NOON)))
        case _:
            changes.remove(existing[0].id)


def main(path: Path, task: str, number: int) -> None:
    repository = Repository(path)
    if task == "add":
        for count in range(number):
            with repository.change(f"add {count}", NOON) as changes:
                changes.add(application(company=f"{number} {count}"))
        return
    while True:
        with repository.change(f"change {number}", NOON) as changes:
            work(changes, number)
        print(number, flush=True)  # noqa: T201
        number += 1


class Model(Changes):
    """What the store should hold after so many changes, kept in memory alone."""

    def __init__(self) -> None:
        super().__init__({}, 1)

    def after(self, number: int) -> tuple[Application, ...]:
        work(self, number)
        return self.applications()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
