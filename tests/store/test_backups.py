"""Backups by the day, before a migration, and of the snapshot before; newer layouts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB

from builders import NOON, application
from followup.store import Repository, StoreError, backups, files, journal
from followup.store.migrations import migrated

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Days:
    """A clock for the names of backups, in days."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr(files, "stamp", self.stamp)

    def stamp(self) -> str:
        self.now += timedelta(milliseconds=1)
        return self.now.strftime("%Y-%m-%dT%H%M%S.%fZ")

    def pass_(self) -> None:
        self.now += timedelta(days=1)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    return Days(monkeypatch)


def add(repository: Repository, company: str) -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application(company=company))


def companies(path: Path) -> list[str]:
    with TinyDB(path) as database:
        return [document["company"] for document in database.table("applications")]


def older(path: Path, repository: Repository) -> bytes:
    """The bytes of a store as the program wrote it when the schema was 1."""
    add(repository, "A")
    add(repository, "B")
    repository.close()
    tree = msgspec.json.decode(path.read_bytes())
    del tree["snapshot"]
    tree["meta"]["1"]["schema"] = 1
    for child in [path, journal.beside(path), *backups.directory_of(path).iterdir()]:
        child.unlink()
    backups.directory_of(path).rmdir()
    content = msgspec.json.encode(tree)
    path.write_bytes(content)
    return content


def test_first_change_of_a_day_keeps_what_there_was(
    path: Path, repository: Repository, days: Days
) -> None:
    add(repository, "A")
    add(repository, "B")
    assert backups.dated(path) == []
    days.pass_()
    add(repository, "C")
    add(repository, "D")
    add(Repository(path), "E")
    [kept] = backups.dated(path)
    assert kept.name.startswith("2026-03-11")
    assert companies(kept) == ["A", "B"]
    days.pass_()
    add(repository, "F")
    newest, oldest = backups.dated(path)
    assert oldest == kept
    assert companies(newest) == ["A", "B", "C", "D", "E"]
    assert Repository(newest).applications()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_ten_backups_are_kept(path: Path, repository: Repository, days: Days) -> None:
    add(repository, "0")
    for day in range(1, 15):
        days.pass_()
        add(repository, f"{day}")
    names = [kept.name[:10] for kept in backups.dated(path)]
    assert names == [f"2026-03-{day:02}" for day in range(24, 14, -1)]


def test_backup_is_no_file_that_anybody_writes(
    path: Path, repository: Repository, days: Days
) -> None:
    add(repository, "A")
    days.pass_()
    add(repository, "B")
    repository.close()
    for kept in backups.all_of(path):
        assert not kept.samefile(path)
        assert not journal.beside(path).samefile(journal.beside(backups.previous_of(path)))


def test_where_there_are_no_hard_links_backups_are_copies(
    path: Path, repository: Repository, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    add(repository, "A")
    days.pass_()
    add(repository, "B")
    [kept] = backups.dated(path)
    assert companies(kept) == ["A"]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_backup_that_cannot_be_kept_stops_the_change(
    path: Path, repository: Repository, days: Days
) -> None:
    add(repository, "A")
    days.pass_()
    backups.directory_of(path).touch()
    with pytest.raises(StoreError, match=r"no backup can be kept in .*\.backups: "):
        add(repository, "B")
    backups.directory_of(path).unlink()
    add(repository, "B")
    assert [one.company for one in Repository(path).applications()] == ["A", "B"]


def test_backup_put_in_the_place_of_the_store_is_taken(
    path: Path, repository: Repository, days: Days
) -> None:
    add(repository, "A")
    days.pass_()
    add(repository, "B")
    repository.close()
    path.write_bytes(backups.dated(path)[0].read_bytes())
    assert repository.refresh()
    add(repository, "C")
    assert [one.company for one in Repository(path).applications()] == ["A", "C"]


def test_store_of_schema_1_is_read_as_it_is_and_migrated_by_the_first_change(
    path: Path, repository: Repository
) -> None:
    content = older(path, repository)
    opened = Repository(path)
    assert [one.company for one in opened.applications()] == ["A", "B"]
    assert path.read_bytes() == content
    add(opened, "C")
    [kept] = backups.dated(path)
    assert kept.read_bytes() == content
    assert [one.company for one in Repository(path).applications()] == ["A", "B", "C"]
    opened.close()
    with TinyDB(path) as database:
        [meta] = database.table("meta").all()
        assert meta["schema"] == 2
    for _ in range(3):
        assert opened.undo(NOON)
    assert opened.applications() == ()


def test_migration_changes_nothing_the_second_time() -> None:
    tree: dict[str, Any] = {"meta": {"1": {"schema": 1, "next_id": 1}}, "mine": {"1": {"a": 1}}}
    once = migrated(tree)
    assert once["meta"]["1"] == {"schema": 2, "next_id": 1}
    assert once["mine"] == tree["mine"]
    assert migrated(once) is once
    assert tree["meta"]["1"]["schema"] == 1


def test_newer_store_is_opened_to_read_only(path: Path, repository: Repository) -> None:
    add(repository, "A")
    repository.close()
    tree = msgspec.json.decode(path.read_bytes())
    tree["meta"]["1"].update(schema=3, new="x")
    tree["applications"]["1"]["new"] = "x"
    path.write_bytes(msgspec.json.encode(tree))
    before = {found: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()}
    newer = Repository(path)
    assert newer.read_only
    assert [one.company for one in newer.applications()] == ["A"]
    refused: list[Callable[[], object]] = [
        lambda: add(newer, "B"),
        lambda: newer.undo(NOON),
        lambda: newer.redo(NOON),
    ]
    for change in refused:
        with pytest.raises(StoreError, match=r"newer followup \(schema 3.*upgrade followup"):
            change()
    newer.close()
    assert before == {found: found.read_bytes() for found in before}
    assert not Repository(path.with_name("other.json")).read_only
