"""Runs a store under every fault that a call to the system can meet, one process for each.

``faults.py DIRECTORY EVERY`` needs ``shim.c`` preloaded. It takes every fault whose number
is divisible by EVERY, and prints one line for each that broke a promise, then how many it
took.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from builders import NOON, application, applied
from followup.store import Repository, StoreError, backups, files, journal, storage

CHANGES = 5
shim = ctypes.CDLL(None)


class Call(IntEnum):
    """The kinds of calls, numbered as in the shim."""

    OPEN = 0
    WRITE = 1
    SYNC = 2
    SYNC_DIRECTORY = 3
    RENAME = 4
    TRUNCATE = 5
    LINK = 6
    UNLINK = 7
    ANY = 8


class Action(IntEnum):
    """What happens to the call, numbered as in the shim."""

    FAIL = 0
    SHORT = 1
    KILL_BEFORE = 2
    KILL_SHORT = 3
    KILL_AFTER = 4


class Fault(Struct, frozen=True):
    """What goes wrong: the ``at``-th call of a kind, or each from it on."""

    call: Call
    at: int
    action: Action
    error: int = 0
    for_good: bool = False

    def arm(self, directory: Path) -> None:
        shim.fault_arm(
            os.fsencode(directory), self.call, self.at, self.action, self.error, self.for_good
        )

    def __str__(self) -> str:
        name = errno.errorcode.get(self.error, "")
        return f"{self.call.name} {self.at} {self.action.name} {name} {self.for_good}"


NONE = Fault(Call.OPEN, 0, Action.FAIL)


def faults(counts: dict[Call, int]) -> Iterator[Fault]:
    """Every fault for the calls that a run without any makes, and a few behind."""
    for call, count in counts.items():
        for at in range(1, count + 3):
            for error in (errno.EIO, errno.ENOSPC):
                yield Fault(call, at, Action.FAIL, error)
                yield Fault(call, at, Action.FAIL, error, for_good=True)
            yield Fault(call, at, Action.KILL_BEFORE)
            yield Fault(call, at, Action.KILL_AFTER)
            if call is Call.WRITE:
                yield Fault(call, at, Action.SHORT)
                yield Fault(call, at, Action.SHORT, errno.ENOSPC, for_good=True)
                yield Fault(call, at, Action.KILL_SHORT)


def change(repository: Repository, number: int) -> None:
    """Change three tables in one step: add an application and change the first one."""
    with repository.change(f"change {number}", NOON) as changes:
        changes.add(application(applied(NOON), company=f"Company {number}", notes="n" * 300))
        first = changes.get(1)
        assert first
        changes.replace(first.with_event(applied(NOON)))


def prepare_journaled(path: Path) -> None:
    """A store of yesterday with a journal, whose last line is torn."""
    repository = Repository(path)
    with repository.change("begin", NOON) as changes:
        changes.add(application(company="First"))
    for number in range(3):
        change(repository, -number)
    for dated in backups.dated(path):
        dated.rename(dated.with_name("2020-01-01T000000.000000Z.json"))
    with journal.beside(path).open("r+b") as file:
        file.seek(journal.read(file.read()).last.end)
        file.write(b"01234567 1 3 {")


def prepare_backed_up(path: Path) -> None:
    """The same store, with a backup of today."""
    prepare_journaled(path)
    backups.directory_of(path).mkdir(exist_ok=True)
    today = backups.directory_of(path) / f"{files.stamp()}.json"
    today.write_bytes(path.read_bytes())


def prepare_older(path: Path) -> None:
    """A store in the layout of schema 1, which had neither journal nor backups."""
    prepare_journaled(path)
    repository = Repository(path)
    change(repository, 99)
    repository.close()
    tree = msgspec.json.decode(path.read_bytes())
    del tree["snapshot"]
    tree["meta"]["1"]["schema"] = 1
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    path.write_bytes(msgspec.json.encode(tree))


def work(path: Path, tell: Callable[[str], None]) -> None:
    """Make changes, telling of each whether it was done; the last is free of faults."""
    repository = None
    for number in range(1, CHANGES + 1):
        if number == CHANGES:
            shim.fault_disarm()
        try:
            repository = repository or Repository(path)
            change(repository, number)
            tell(f"done {number}")
        except StoreError:
            tell(f"failed {number}")
    assert repository
    repository.close()
    tell("closed")


def told(path: Path, fault: Fault) -> list[str]:
    """Work in a process of its own under a fault, and return what it told."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(writer, "w", buffering=1) as pipe:
                print_ = partial(print, file=pipe)
                try:
                    fault.arm(path.parent)
                    work(path, print_)
                    print_("calls", *(shim.fault_count(call) for call in Call))
                except BaseException as error:
                    print_(f"raised {error!r}")
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as lines:
        said = lines.read().splitlines()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        said.append(f"killed by {signal.Signals(os.WTERMSIG(status)).name}")
    return said


def broken(path: Path, fault: Fault, lines: list[str], before: Repository) -> list[str]:
    """Return the promises that were broken, from what was told and what reopens."""
    problems = [line for line in lines if line.startswith("raised")]
    done = {int(line.split()[1]) for line in lines if line.startswith("done")}
    failed = {int(line.split()[1]) for line in lines if line.startswith("failed")}
    killed = lines[-1] == "killed by SIGKILL"
    if not killed and CHANGES not in done:
        problems.append("the change after the fault failed")
    if not fault.for_good and len(failed) > 1:
        problems.append("one fault failed several changes")
    repository = Repository(path)
    there = [one.company for one in repository.applications()]
    numbers = {int(name.split()[1]) for name in there if name.startswith("Company")}
    new = {number for number in numbers if number > 0 and number != 99}
    first = repository.get(1)
    assert first
    in_flight = {max(done | failed, default=0) + 1} if killed else set()
    # What was done may stand where neither its name could be synced nor anything undone.
    doubtful = failed if fault.call in (Call.SYNC_DIRECTORY, Call.ANY) else set()
    if not done <= new <= done | doubtful | in_flight:
        problems.append(f"done {done}, failed {failed}, but there are {new}")
    if len(there) != len(set(there)) or len(first.events) != len(numbers):
        problems.append("a step is there in part")
    if len(repository.history()) != len(numbers) + 1:
        problems.append("the history does not fit")
    before.refresh()
    if before.applications() != repository.applications():
        problems.append("the handle that was open holds something else")
    change(repository, 7)
    while repository.undo(NOON):
        pass
    if repository.applications() or Repository(path).applications():
        problems.append("the history does not lead back")
    repository.close()
    leftovers = [child.name for child in path.parent.iterdir() if child.name.endswith(".new")]
    return problems + leftovers


def run(directory: Path, prepare: Callable[[Path], None], every: int) -> int:
    """Take the faults of one kind of store; return how many."""
    original = directory / "original" / "followup.json"
    path = directory / "store" / "followup.json"
    original.parent.mkdir()
    prepare(original)
    shutil.copytree(original.parent, path.parent)
    *_, closed, calls = told(path, NONE)
    assert closed == "closed"
    counts = map(int, calls.split()[1:])
    taken = 0
    for number, fault in enumerate(faults(dict(zip(Call, counts, strict=True)))):
        if number % every:
            continue
        shutil.rmtree(path.parent)
        shutil.copytree(original.parent, path.parent)
        before = Repository(path)
        lines = told(path, fault)
        try:
            problems = broken(path, fault, lines, before)
        except Exception as error:
            problems = [repr(error)]
        taken += 1
        for problem in problems:
            print(f"{prepare.__name__} {fault}: {problem}; {lines}")  # noqa: T201
    shutil.rmtree(original.parent)
    shutil.rmtree(path.parent)
    return taken


if __name__ == "__main__":
    storage.COMPACT_FROM = 4_000
    where, every = Path(sys.argv[1]), int(sys.argv[2])
    ways = (prepare_journaled, prepare_backed_up, prepare_older)
    print(sum(run(where, way, every) for way in ways))  # noqa: T201
