"""Marks: the stage that each application was last told to have entered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from builders import DAY, NOON, application, applied
from followup.domain.passage import Mark
from followup.domain.stage import Stage
from followup.store import Repository
from followup.store.errors import StoreError

COOLING = Mark(stage=Stage.COOLING, at=NOON)
DUE = Mark(stage=Stage.DUE, at=NOON + DAY)


def fill(repository: Repository, count: int = 2) -> None:
    with repository.change("fill", NOON) as changes:
        for number in range(count):
            changes.add(application(applied(NOON), company=f"Company {number}"))


def test_there_are_none_at_first(repository: Repository) -> None:
    fill(repository)
    assert repository.marks() == {}


def test_a_mark_stays(repository: Repository, path: Path) -> None:
    fill(repository)
    assert repository.mark({1: (None, COOLING), 2: (None, DUE)}) == {1, 2}
    for each in (repository, Repository(path)):
        assert each.marks() == {1: COOLING, 2: DUE}
    repository.close()
    assert Repository(path).marks() == {1: COOLING, 2: DUE}
    with TinyDB(path) as plain:
        (document,) = (row for row in plain.table("marks") if row["stage"] == "due")
    assert document == {"stage": "due", "at": "2026-03-11T12:00:00Z"}


def test_whoever_expects_another_one_is_late(repository: Repository, path: Path) -> None:
    fill(repository)
    other = Repository(path)
    assert repository.mark({1: (None, COOLING)}) == {1}
    assert other.mark({1: (None, DUE), 2: (None, DUE)}) == {2}
    assert other.marks() == {1: COOLING, 2: DUE}
    assert repository.mark({1: (DUE, COOLING)}) == set()
    assert other.mark({1: (COOLING, DUE)}) == {1}


def test_what_is_not_there_is_not_marked(repository: Repository) -> None:
    fill(repository)
    assert repository.mark({3: (None, DUE)}) == set()
    assert repository.marks() == {}


def test_the_mark_of_what_was_removed_goes_with_the_next(
    repository: Repository, path: Path
) -> None:
    fill(repository)
    repository.mark({1: (None, COOLING), 2: (None, COOLING)})
    with repository.change("remove", NOON) as changes:
        changes.remove(1)
    repository.mark({2: (COOLING, DUE)})
    assert repository.marks() == Repository(path).marks() == {2: DUE}


def test_it_is_no_change_that_could_be_undone(repository: Repository) -> None:
    fill(repository)
    before = repository.history()
    repository.mark({1: (None, COOLING)})
    assert repository.history() == before
    assert repository.undo(NOON) is not None
    assert repository.applications() == ()
    assert repository.redo(NOON) is not None
    assert repository.marks() == {1: COOLING}


def test_others_see_it_when_they_look(repository: Repository, path: Path) -> None:
    fill(repository)
    other = Repository(path)
    repository.mark({1: (None, COOLING)})
    assert other.marks() == {}
    assert other.refresh()
    assert other.marks() == {1: COOLING}
    assert [each.company for each in other.applications()] == ["Company 0", "Company 1"]


def test_what_was_handed_out_stays_as_it_is(repository: Repository) -> None:
    fill(repository)
    before = repository.marks()
    repository.mark({1: (None, COOLING)})
    assert before == {}


def test_a_newer_store_is_not_marked(repository: Repository, path: Path) -> None:
    fill(repository)
    repository.close()
    stored = json.loads(path.read_text())
    stored["meta"]["1"]["schema"] = 1000
    path.write_text(json.dumps(stored))
    newer = Repository(path)
    with pytest.raises(StoreError, match="upgrade followup"):
        newer.mark({1: (None, COOLING)})


def test_of_several_processes_one_is_first(repository: Repository, path: Path) -> None:
    fill(repository, count=50)
    marker = (
        "import sys; from pathlib import Path; from datetime import timedelta\n"
        "from builders import NOON\n"
        "from followup.domain.passage import Mark\n"
        "from followup.domain.stage import Stage\n"
        "from followup.store import Repository\n"
        "repository, won = Repository(Path(sys.argv[1])), []\n"
        "for day in range(3):\n"
        "    for id in range(1, 51):\n"
        "        stage = (Stage.COOLING, Stage.DUE)[day % 2]\n"
        "        then = (Stage.COOLING, Stage.DUE)[(day - 1) % 2]\n"
        "        old = Mark(stage=then, at=NOON + timedelta(day - 1)) if day else None\n"
        "        new = Mark(stage=stage, at=NOON + timedelta(day))\n"
        "        won += [(id, day)] if repository.mark({id: (old, new)}) else []\n"
        "print(won)\n"
    )
    tests = Path(__file__).parents[1]
    markers = [
        subprocess.Popen(
            [sys.executable, "-c", marker, str(path)], cwd=tests, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    won = [pair for each in markers for pair in json.loads(_listed(each.communicate()[0]))]
    assert sorted(map(tuple, won)) == [(id_, day) for id_ in range(1, 51) for day in range(3)]


def _listed(printed: str) -> str:
    return printed.replace("(", "[").replace(")", "]")
