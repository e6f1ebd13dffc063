"""The doctor: finds every kind of damage, and repairs it without touching what there was."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builders import NOON, application
from followup.store import Repository, StoreError, backups, doctor, files, journal
from followup.store.salvage import Finding

COUNT = 8


@pytest.fixture
def store(path: Path) -> Path:
    """A store with a journal, a snapshot before it and a backup of today."""
    repository = Repository(path)
    for number in range(COUNT):
        with repository.change(f"add {number}", NOON) as changes:
            changes.add(application(company=f"Company {number}"))
        if number == 1:
            repository = Repository(path)
        if number == COUNT // 2:
            repository.close()
    return path


def companies(path: Path) -> list[str]:
    return [one.company for one in Repository(path).applications()]


ALL = [f"Company {number}" for number in range(COUNT)]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def contents(path: Path) -> dict[Path, bytes]:
    return {found: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()}


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Change the tree of a store as somebody with an editor would."""
    Repository(path).close()
    tree = msgspec.json.decode(path.read_bytes())
    change(tree)
    path.write_bytes(msgspec.json.encode(tree))


def closed(path: Path) -> None:
    repository = Repository(path)
    with repository.change("edit", NOON) as changes:
        changes.replace(application(id=1, company="Company 0", notes="x"))
    repository.close()


@pytest.mark.parametrize("finish", [str, closed])
def test_sound_store_has_no_findings_and_is_not_written(
    path: Path, store: Path, finish: Callable[[Path], object]
) -> None:
    finish(path)
    before = contents(path)
    assert doctor.examine(path) == ()
    assert contents(path) == before
    done = doctor.repair(path)
    assert (done.found, done.saved, done.remaining) == ((), (), ())
    assert contents(path) == before


def test_store_that_is_not_there_is_sound(path: Path) -> None:
    assert doctor.examine(path) == ()


@pytest.mark.parametrize("content", [None, b"", b"null", b"[]", b"\0" * 99, b"<<<<<<< HEAD\n{}"])
def test_snapshot_is_put_together_again_without_loss(store: Path, content: bytes | None) -> None:
    if content is None:
        store.unlink()
    else:
        store.write_bytes(content)
    before = contents(store)
    assert codes(doctor.examine(store)) == [
        "snapshot-missing" if content is None else "snapshot-damaged",
        "nothing-lost",
    ]
    assert contents(store) == before
    done = doctor.repair(store)
    assert done.remaining == ()
    assert companies(store) == ALL
    assert sorted(saved.read_bytes() for saved in done.saved) == sorted(
        content for path, content in before.items() if path in (store, journal.beside(store))
    )
    repository = Repository(store)
    for _ in range(COUNT):
        assert repository.undo(NOON)
    assert repository.applications() == ()


def test_flipped_bit_is_mended_from_the_snapshot_before(store: Path) -> None:
    times = store.stat()
    store.write_bytes(store.read_bytes().replace(b"Company 1", b"Compani 1"))
    os.utime(store, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert codes(doctor.examine(store)) == ["snapshot-altered"]
    assert doctor.repair(store).remaining == ()
    assert companies(store) == ALL


def test_dated_backup_stands_in_and_the_journal_comes_on_top(store: Path) -> None:
    backups.previous_of(store).unlink()
    store.unlink()
    lost = doctor.examine(store)
    assert codes(lost) == ["snapshot-missing", "some-lost"]
    assert doctor.repair(store).remaining == ()
    assert companies(store) == ALL[:2] + ALL[-3:]


def test_nothing_to_repair_from_leaves_all_as_it_is(path: Path) -> None:
    path.write_bytes(b"garbage")
    path.chmod(0o600)
    done = doctor.repair(path)
    assert codes(done.found) == ["snapshot-damaged", "all-lost"]
    assert done.saved == ()
    assert done.remaining == done.found
    assert path.read_bytes() == b"garbage"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_journal_loses_no_more_than_the_line_that_is_bad(store: Path, number: int) -> None:
    *lines, room = journal.beside(store).read_bytes().splitlines(keepends=True)
    assert (len(lines), journal.is_room(room)) == (4, True)
    lines[number] = lines[number].replace(b"{", b"[", 1)
    journal.beside(store).write_bytes(b"".join(lines) + room)
    assert "journal-damaged" in codes(doctor.examine(store))
    done = doctor.repair(store)
    assert done.remaining == ()
    lost = {COUNT // 2 + number} if number else set()
    assert companies(store) == [name for at, name in enumerate(ALL) if at not in lost]
    with Repository(store).change("add", NOON) as changes:
        assert changes.add(application()).id == COUNT + 1


def test_torn_tail_is_worth_a_word(store: Path) -> None:
    with journal.beside(store).open("ab") as file:
        file.write(b"1234")
    [finding] = doctor.examine(store)
    assert (finding.code, finding.severity) == ("journal-torn", "warn")
    assert doctor.repair(store).remaining == ()
    assert companies(store) == ALL


def test_edit_while_the_journal_had_changes_is_joined(store: Path) -> None:
    content = store.read_bytes().replace(b"Company 1", b"Company I")
    store.write_bytes(content)
    assert codes(doctor.examine(store)) == ["changed-outside"]
    assert doctor.repair(store).remaining == ()
    assert companies(store) == [ALL[0], "Company I", *ALL[2:]]


CONTENT: dict[str, Callable[[Any], None]] = {
    "application": lambda tree: tree["applications"]["2"].update(company=3),
    "snapshot-altered": lambda tree: tree.pop("applications"),
    "history": lambda tree: tree["history"]["2"].update(number=7),
    "history-order": lambda tree: tree["history"]["2"].update(undone=True),
    "meta": lambda tree: tree["meta"]["1"].update(next_id="x"),
    "meta-id": lambda tree: tree["meta"].update({"2": tree["meta"].pop("1")}),
    "next_id": lambda tree: tree["meta"]["1"].update(next_id=2),
    "next_change": lambda tree: tree["meta"]["1"].update(next_change=2),
    "history-length": lambda tree: tree["history"].update(
        {
            str(number): {"number": number, "at": "2026-01-01T00:00:00Z", "what": "x"}
            for number in range(100, 400)
        }
    ),
}


@pytest.mark.parametrize("code", CONTENT)
def test_content_is_mended(store: Path, code: str) -> None:
    closed(store)
    edit(store, CONTENT[code])
    assert code.removesuffix("-id") in codes(doctor.examine(store))
    done = doctor.repair(store)
    assert done.remaining == ()
    repository = Repository(store)
    assert companies(store) == ALL
    with repository.change("add", NOON) as changes:
        assert changes.add(application()).id == COUNT + 1
    assert doctor.examine(store) == ()


def test_application_that_no_backup_has_is_left_out(store: Path) -> None:
    closed(store)
    edit(store, lambda tree: tree["applications"].update({"77": {"id": 77, "company": 3}}))
    [finding] = doctor.examine(store)
    assert (finding.code, finding.remedy) == ("application", "leave it out")
    assert doctor.repair(store).remaining == ()
    assert companies(store) == ALL


def test_modes_and_what_was_left_behind_are_put_right(store: Path) -> None:
    store.chmod(0o644)
    backups.directory_of(store).chmod(0o755)
    files.temporary_of(store).touch()
    assert codes(doctor.examine(store)) == ["left-behind", "mode", "mode"]
    assert doctor.repair(store).remaining == ()
    assert store.stat().st_mode & 0o777 == 0o600
    assert backups.directory_of(store).stat().st_mode & 0o777 == 0o700
    assert not files.temporary_of(store).exists()


def test_directory_that_others_may_write_to_is_told_but_left(store: Path) -> None:
    store.parent.chmod(0o777)
    [finding] = doctor.repair(store).remaining
    assert finding.code == "directory-mode"
    assert store.parent.stat().st_mode & 0o777 == 0o777


def test_bad_backup_is_told(store: Path) -> None:
    backups.dated(store)[0].write_bytes(b"")
    assert codes(doctor.examine(store)) == ["backup-damaged"]
    assert codes(doctor.repair(store).remaining) == ["backup-damaged"]


def test_newer_store_and_what_is_no_store_are_left_alone(store: Path, tmp_path: Path) -> None:
    closed(store)
    edit(store, lambda tree: tree["meta"]["1"].update(schema=99))
    before = contents(store)
    assert codes(doctor.repair(store).remaining) == ["newer-schema"]
    assert codes(doctor.examine(tmp_path)) == ["not-a-file"]
    after = contents(store)
    assert after == before


def test_repair_that_fails_leaves_the_store_as_it_was(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write_bytes(b"")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_all", fail)
        with pytest.raises(StoreError, match="No space left on device"):
            doctor.repair(store)
    assert store.read_bytes() == b""
    assert doctor.repair(store).remaining == ()
    assert companies(store) == ALL


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    place=st.floats(0, 1, exclude_max=True), length=st.integers(0, 200), put=st.binary(max_size=50)
)
@example(place=0.024, length=181, put=b"")
@pytest.mark.parametrize("of_journal", [False, True])
def test_whatever_was_repaired_opens(
    store: Path, of_journal: bool, place: float, length: int, put: bytes
) -> None:
    sound = contents(store)
    damaged = journal.beside(store) if of_journal else store
    content = damaged.read_bytes()
    start = int(place * len(content.rstrip(b"\0")))
    damaged.write_bytes(content[:start] + put + content[start + length :])
    assert doctor.repair(store).remaining == ()
    assert len(companies(store)) >= COUNT // 2
    for path in set(contents(store)) - set(sound):
        path.unlink()
    for path, content in sound.items():
        path.write_bytes(content)
