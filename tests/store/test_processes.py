"""Several processes at once, and processes that are killed in the middle of writing."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from time import perf_counter, sleep

import pytest

from builders import NOON, application
from followup.store import Repository, lock
from store.children import HERE, environment
from store.writer import Model, fill

PROCESSES = 4


def writer(path: Path, task: str, number: int, script: str = "writer.py") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, HERE / script, path, task, str(number)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.torture)])
def test_no_change_of_several_processes_is_lost(path: Path, count: int) -> None:
    reader = Repository(path)
    with ExitStack() as until_done:
        writers = [
            until_done.enter_context(writer(path, "add", count + index))
            for index in range(PROCESSES)
        ]
        seen = 0
        while any(process.poll() is None for process in writers):
            reader.refresh()
            there = len(reader.applications())
            assert there >= seen
            seen = there
    assert [process.returncode for process in writers] == [0] * PROCESSES
    repository = Repository(path)
    expected = [
        f"{count + index} {number}" for index in range(PROCESSES) for number in range(count + index)
    ]
    applications = repository.applications()
    assert sorted(one.company for one in applications) == sorted(expected)
    assert [one.id for one in applications] == list(range(1, len(expected) + 1))
    assert len({entry.number for entry in repository.history()}) == len(repository.history())
    reader.refresh()
    assert reader.applications() == applications
    assert reader.history() == repository.history()


@pytest.mark.parametrize(
    ("script", "kills", "filled"),
    [
        ("writer.py", 12, 100),
        ("board_writer.py", 3, 100),
        pytest.param("writer.py", 500, 5000, marks=pytest.mark.torture),
        pytest.param("board_writer.py", 250, 5000, marks=pytest.mark.torture),
    ],
)
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(
    path: Path, script: str, kills: int, filled: int
) -> None:
    random = Random(kills)
    model = Model(filled)
    with Repository(path).change("fill", NOON) as changes:
        fill(changes, filled)
    states = {0: model.applications()}
    done = 0
    for _ in range(kills):
        process = writer(path, "work", done, script)
        assert process.stdout
        with process, process.stdout as acknowledged:
            for _ in range(random.randint(1, 12)):
                done = int(acknowledged.readline()) + 1
            # So that the kill comes anywhere in a change, not always at its start.
            sleep(random.uniform(0, 0.01))
            process.kill()
            for line in acknowledged:
                done = int(line) + 1
        for number in range(max(states), done + 1):
            states[number + 1] = model.after(number)
        held = Repository(path).applications()
        # A change that was written but not yet acknowledged may be there as well.
        assert held in (states[done], states[done + 1])
        done += held != states[done]
        states = {number: state for number, state in states.items() if number >= done}


@pytest.mark.parametrize(
    ("kills", "filled"), [(8, 100), pytest.param(250, 5000, marks=pytest.mark.torture)]
)
def test_nothing_acknowledged_is_lost_when_the_command_line_is_killed(
    path: Path, kills: int, filled: int
) -> None:
    random = Random(kills)
    with Repository(path).change("fill", NOON) as changes:
        fill(changes, filled)
    model = list(Repository(path).applications())
    start = perf_counter()
    assert command_line(path, "list").wait() == 0
    longest = (perf_counter() - start) * 1.3
    for number in range(kills):
        process = command_line(path, "add", f"Company {number}", "Engineer")
        with suppress(subprocess.TimeoutExpired):
            process.wait(random.uniform(0, longest))
        process.kill()
        acknowledged = process.wait() == 0
        there = Repository(path).applications()
        assert there[: len(model)] == tuple(model)
        new = [one.company for one in there[len(model) :]]
        assert new == [f"Company {number}"] or (new == [] and not acknowledged)
        model = list(there)


def command_line(path: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "followup", "--store", path, *words],
        env=environment(HOME=str(path.parent), XDG_CONFIG_HOME=str(path.parent)),
        stdout=subprocess.DEVNULL,
    )


def test_killed_holder_frees_the_lock_within_a_second(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "TIMEOUT", 1)
    process = writer(path, "hold", 0)
    assert process.stdout
    with process:
        assert process.stdout.readline() == "held\n"
        process.kill()
        with Repository(path).change("add", NOON) as changes:
            assert changes.add(application())
