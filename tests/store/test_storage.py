"""The storage and its tables, as TinyDB uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB

from followup.store import journal
from followup.store import storage as storage_module
from followup.store.storage import FileStorage
from followup.store.tables import DocumentTable
from followup.store.tree import Step, Tree


def written(path: Path) -> Tree:
    return FileStorage(path).read()


def steps_of(path: Path) -> list[Step]:
    return journal.read(journal.beside(path).read_bytes()).steps


def test_tinydb_works_over_the_storage(path: Path) -> None:
    with TinyDB(path, storage=FileStorage) as database:
        assert database.insert({"a": 1}) == 1
        assert database.update({"a": 2}) == [1]
    with TinyDB(path) as plain:
        assert plain.all() == [{"a": 2}]


def test_documents_are_put_and_removed_whole(path: Path) -> None:
    table = DocumentTable(FileStorage(path), "things")
    table.put({1: {"a": 1, "b": 1}, 2: {"a": 2}})
    table.put({1: {"a": 3}, 2: None, 3: None})
    assert written(path) == {"things": {"1": {"a": 3}}}


def test_writes_together_are_one_step(path: Path) -> None:
    storage = FileStorage(path)
    one, two = DocumentTable(storage, "one"), DocumentTable(storage, "two")
    with storage.together():
        one.put({1: {"a": 1}})
        two.put({1: {"a": 1}})
        assert one.all() == two.all() == [{"a": 1}]
        assert not path.exists()
    assert written(path) == {"one": {"1": {"a": 1}}, "two": {"1": {"a": 1}}}


def test_nothing_is_written_where_the_block_raises(path: Path) -> None:
    storage = FileStorage(path)
    table = DocumentTable(storage, "things")
    table.put({1: {"a": 1}})

    def fail() -> None:
        with storage.together():
            table.put({1: {"a": 2}, 2: {"a": 3}})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert storage.catch_up() == []
    assert storage.tree == written(path) == {"things": {"1": {"a": 1}}}
    table.put({3: {"a": 4}})
    assert written(path) == {"things": {"1": {"a": 1}, "3": {"a": 4}}}


def test_documents_put_go_to_the_journal_alone(path: Path) -> None:
    storage = FileStorage(path)
    table = DocumentTable(storage, "things")
    table.put({id_: {"a": id_} for id_ in range(1, 100)})
    snapshot = path.read_bytes()
    FileStorage(path)
    for a in range(3):
        table.put({1: {"a": a}})
    assert path.read_bytes() == snapshot
    assert len(steps_of(path)) == 3
    assert written(path)["things"]["1"] == {"a": 2}


def test_other_storage_is_told_the_steps_that_are_new(path: Path) -> None:
    one, other = FileStorage(path), FileStorage(path)
    table = DocumentTable(one, "things")
    table.put({1: {"a": 1}})
    assert other.catch_up() is None
    table.put({2: {"a": 2}})
    table.put({1: None})
    assert other.catch_up() == [{"things": {"2": {"a": 2}}}, {"things": {"1": None}}]
    assert other.catch_up() == []
    one.compact()
    assert other.catch_up() is None
    assert other.tree == one.tree == {"things": {"2": {"a": 2}}}
    table.put({3: {"a": 3}})
    assert other.catch_up() == [{"things": {"3": {"a": 3}}}]


def test_journal_is_folded_in_when_it_is_large(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_module, "COMPACT_FROM", 1000)
    table = DocumentTable(FileStorage(path), "things")
    longest = 0
    for number in range(200):
        table.put({number: {"text": "t" * 50}})
        longest = max(longest, len(steps_of(path)))
    with TinyDB(path) as plain:
        assert len(plain.table("things")) + len(steps_of(path)) == 200
    assert 10 < longest < 150
    assert len(written(path)["things"]) == 200
