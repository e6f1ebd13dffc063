"""Several processes at once, and processes that are killed in the middle of writing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from builders import NOON, application
from followup.store import Repository
from store.children import environment
from store.writer import Model

WRITER = Path(__file__).with_name("writer.py")
PROCESSES = 4
CHANGES = 50
KILLS = 12


def writer(path: Path, task: str, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(path), task, str(number)],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )


def test_no_change_of_several_processes_is_lost(path: Path) -> None:
    writers = [writer(path, "add", CHANGES + index) for index in range(PROCESSES)]
    for process in writers:
        process.communicate()
        assert process.returncode == 0
    repository = Repository(path)
    expected = [
        f"{CHANGES + index} {count}"
        for index in range(PROCESSES)
        for count in range(CHANGES + index)
    ]
    applications = repository.applications()
    assert sorted(one.company for one in applications) == sorted(expected)
    assert [one.id for one in applications] == list(range(1, len(expected) + 1))
    assert len({entry.number for entry in repository.history()}) == len(repository.history())


@pytest.mark.parametrize("seed", [1])
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(path: Path, seed: int) -> None:
    random = Random(seed)
    model = Model()
    states = [model.applications()]
    done = 0
    for _ in range(KILLS):
        process = writer(path, "work", done)
        assert process.stdout
        with process, process.stdout as acknowledged:
            for _ in range(random.randint(1, 12)):
                done = int(acknowledged.readline()) + 1
            process.kill()
            for line in acknowledged:
                done = int(line) + 1
        while len(states) <= done + 1:
            states.append(model.after(len(states) - 1))
        held = Repository(path).applications()
        # A change that was written but not yet acknowledged may be there as well.
        assert held in (states[done], states[done + 1])
        done += held != states[done]


def test_killed_holder_frees_the_lock(path: Path) -> None:
    process = writer(path, "work", 0)
    assert process.stdout
    with process, process.stdout as acknowledged:
        acknowledged.readline()
        process.kill()
    with Repository(path).change("add", NOON) as changes:
        assert changes.add(application())
