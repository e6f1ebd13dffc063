"""Undo and redo: linear, durable, and never at the cost of what is not in the history."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from builders import HOUR, NOON, application
from followup.store import HistoryEntry, Repository, StoreError
from followup.store.history import LIMIT


def add(repository: Repository, company: str) -> None:
    with repository.change(f"add {company}", NOON) as changes:
        changes.add(application(company=company))


def edit(repository: Repository, id_: int, **fields: Any) -> None:
    with repository.change(f"edit {id_}", NOON + HOUR) as changes:
        found = changes.get(id_)
        assert found
        changes.replace(replace(found, **fields))


def told(repository: Repository) -> list[tuple[int, str, bool]]:
    return [(entry.number, entry.what, entry.undone) for entry in repository.history()]


def test_history_tells_what_was_done_newest_first(repository: Repository) -> None:
    add(repository, "Acme")
    edit(repository, 1, notes="x")
    assert repository.history() == (
        HistoryEntry(number=2, at=NOON + HOUR, what="edit 1", ids=(1,)),
        HistoryEntry(number=1, at=NOON, what="add Acme", ids=(1,)),
    )


def test_undo_and_redo_turn_every_kind_of_change(repository: Repository) -> None:
    states = [repository.applications()]
    add(repository, "Acme")
    states.append(repository.applications())
    edit(repository, 1, notes="x")
    states.append(repository.applications())
    with repository.change("all at once", NOON) as changes:
        changes.remove(1)
        changes.add(application(company="Globex"))
        changes.add(application(company="Initech"))
    states.append(repository.applications())
    for state in reversed(states[:-1]):
        undone = repository.undo(NOON)
        assert undone
        assert undone.undone
        assert repository.applications() == state
    assert repository.undo(NOON) is None
    for state in states[1:]:
        redone = repository.redo(NOON)
        assert redone
        assert not redone.undone
        assert repository.applications() == state
    assert repository.redo(NOON) is None


def test_undo_survives_a_restart_and_covers_other_processes(
    path: Path, repository: Repository
) -> None:
    add(Repository(path), "Acme")
    edit(Repository(path), 1, notes="from outside")
    undone = repository.undo(NOON)
    assert undone
    assert (undone.what, undone.ids) == ("edit 1", (1,))
    redone = Repository(path).redo(NOON)
    assert redone == replace(undone, undone=False)
    assert repository.refresh()
    found = repository.get(1)
    assert found
    assert found.notes == "from outside"


def test_undoing_nothing_makes_no_store(path: Path, repository: Repository) -> None:
    assert repository.undo(NOON) is None
    assert repository.redo(NOON) is None
    assert not path.exists()


def test_new_change_drops_what_could_be_redone(repository: Repository) -> None:
    add(repository, "Acme")
    add(repository, "Globex")
    repository.undo(NOON)
    add(repository, "Initech")
    assert repository.redo(NOON) is None
    assert told(repository) == [(3, "add Initech", False), (1, "add Acme", False)]


def test_numbers_of_changes_are_never_given_twice(path: Path, repository: Repository) -> None:
    numbers = set()
    for company in "ABC":
        add(repository, company)
        numbers.add(Repository(path).history()[0].number)
        repository.undo(NOON)
    assert len(numbers) == 3


def test_history_is_bounded_and_the_oldest_go(path: Path, repository: Repository) -> None:
    add(repository, "Acme")
    for count in range(LIMIT + 5):
        edit(repository, 1, notes=f"{count}")
    assert len(repository.history()) == len(Repository(path).history()) == LIMIT
    undone = 0
    while repository.undo(NOON):
        undone += 1
    assert undone == LIMIT
    found = repository.get(1)
    assert found
    assert found.notes == "4"


@pytest.mark.parametrize("turn", ["undo", "redo"])
@pytest.mark.parametrize("by_hand", ["change", "remove"])
def test_turning_refuses_to_lose_what_is_not_in_the_history(
    path: Path, repository: Repository, turn: str, by_hand: str
) -> None:
    add(repository, "Acme")
    edit(repository, 1, notes="x")
    if turn == "redo":
        repository.undo(NOON)
    repository.close()
    with TinyDB(path) as database:
        table = database.table("applications")
        if by_hand == "change":
            table.update({"salary": "100"}, doc_ids=[1])
        else:
            table.remove(doc_ids=[1])
    before = path.read_bytes()
    with pytest.raises(StoreError, match=rf"cannot {turn} “edit 1” .* application 1 "):
        getattr(repository, turn)(NOON)
    assert path.read_bytes() == before


def test_order_of_keys_is_no_change(path: Path, repository: Repository) -> None:
    add(repository, "Acme")
    tree = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(tree, order="sorted"))
    assert repository.undo(NOON)
    assert repository.applications() == ()


def test_undo_gives_back_fields_of_others(path: Path, repository: Repository) -> None:
    add(repository, "Acme")
    with TinyDB(path) as database:
        database.table("applications").update({"mine": "kept"}, doc_ids=[1])
    with repository.change("remove", NOON) as changes:
        changes.remove(1)
    repository.undo(NOON)
    repository.close()
    with TinyDB(path) as database:
        [document] = database.table("applications").all()
        assert document["mine"] == "kept"


def test_undo_at_a_naive_instant_is_refused(path: Path, repository: Repository) -> None:
    add(repository, "Acme")
    before = path.read_bytes()
    with pytest.raises(ValueError, match="time zone"):
        repository.undo(NOON.replace(tzinfo=None))
    assert path.read_bytes() == before


def test_when_a_change_was_turned_stands_in_the_file(path: Path, repository: Repository) -> None:
    add(repository, "Acme")
    repository.undo(NOON + timedelta(hours=5))
    repository.close()
    with TinyDB(path) as database:
        [record] = database.table("history").all()
        assert record["at"] == "2026-03-10T12:00:00Z"
        assert record["turned"] == "2026-03-10T17:00:00Z"


def test_adding_many_does_not_keep_them_twice(path: Path, repository: Repository) -> None:
    with repository.change("import", NOON) as changes:
        for _ in range(100):
            changes.add(application(notes="n" * 1000))
    assert path.stat().st_size < 100 * 1300


def test_words_of_the_history_are_clean(repository: Repository) -> None:
    with repository.change("add \x1b]0;title\x07Acme\nGlobex\ud800", NOON) as changes:
        changes.add(application())
    assert repository.history()[0].what == "add ]0;titleAcme Globex"
