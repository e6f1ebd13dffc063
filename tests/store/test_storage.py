"""The storage and its tables, as TinyDB uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB

from followup.store.storage import FileStorage, Tree
from followup.store.tables import DocumentTable


def written(path: Path) -> Tree:
    return dict(FileStorage(path).catch_up().tree)


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


def test_writes_together_are_one_replacement(path: Path) -> None:
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
    held = storage.held

    def fail() -> None:
        with storage.together():
            table.put({1: {"a": 2}, 2: {"a": 3}})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert storage.catch_up() is held
    assert held.tree == written(path) == {"things": {"1": {"a": 1}}}
    table.put({3: {"a": 4}})
    assert written(path) == {"things": {"1": {"a": 1}, "3": {"a": 4}}}


def test_snapshot_stays_as_it_was_taken(path: Path) -> None:
    storage = FileStorage(path)
    table = DocumentTable(storage, "things")
    table.put({1: {"a": 1}})
    before = storage.held
    table.put({1: None, 2: {"a": 2}})
    assert before.tree == {"things": {"1": {"a": 1}}}
    assert storage.held.tree == {"things": {"2": {"a": 2}}}
