"""Room in the journal: lines that are written into it leave nothing to tell them by but it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builders import NOON, application
from followup.store import Repository, StoreError, backups, doctor, files, journal


def add(repository: Repository, notes: str = "") -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application(notes=notes))


def held(repository: Repository) -> list[str]:
    return [one.notes for one in repository.applications()]


@pytest.fixture
def journaled(path: Path, repository: Repository) -> Path:
    """The journal of a store with an application in its snapshot, one in it, and room."""
    add(repository, "first")
    backups.keep(path)
    add(repository, "second")
    return journal.beside(path)


def room_in(journaled: Path) -> int:
    """How much room there is, in bytes."""
    content = journaled.read_bytes()
    end = journal.read(content).last.end
    assert journal.is_room(content[end:])
    return len(content) - end


def test_file_grows_only_where_there_is_too_little_room(
    path: Path, journaled: Path, repository: Repository
) -> None:
    notes = "n" * (journal.ROOM // 10)
    grown = 0
    for _ in range(20):
        size, before = journaled.stat().st_size, room_in(journaled)
        add(repository, notes)
        last = journal.read(journaled.read_bytes()).last
        if last.end - last.start <= before:
            assert journaled.stat().st_size == size
        else:
            assert room_in(journaled) == journal.ROOM
            grown += 1
    assert 1 < grown < 5
    assert held(Repository(path)) == ["first", "second", *[notes] * 20]


def test_line_that_is_larger_than_all_room_is_written(
    path: Path, journaled: Path, repository: Repository
) -> None:
    add(repository, "n" * 3 * journal.ROOM)
    assert room_in(journaled) == journal.ROOM
    assert held(Repository(path)) == ["first", "second", "n" * 3 * journal.ROOM]


@pytest.fixture
def unnoticed(path: Path, journaled: Path) -> Repository:
    """A store that another handle changed without a trace in the status of its files."""
    found = Repository(path)
    before = journaled.stat()
    add(Repository(path), "by the other")
    os.utime(journaled, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert files.Version.of(journaled.stat()) == files.Version.of(before)
    return found


def test_line_of_another_is_seen_whatever_the_status_of_the_file(unnoticed: Repository) -> None:
    assert unnoticed.refresh()
    assert held(unnoticed) == ["first", "second", "by the other"]
    assert not unnoticed.refresh()


def test_line_of_another_is_never_written_over(path: Path, unnoticed: Repository) -> None:
    add(unnoticed, "third")
    expected = ["first", "second", "by the other", "third"]
    assert held(unnoticed) == held(Repository(path)) == expected


def test_clean_exit_leaves_no_room(path: Path, journaled: Path, repository: Repository) -> None:
    repository.close()
    [head] = journal.whole_lines(journaled.read_bytes())
    assert journaled.stat().st_size == head.end
    assert held(Repository(path)) == ["first", "second"]


def test_line_that_cannot_be_made_durable_is_cut(
    path: Path, journaled: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = journal.read(journaled.read_bytes()).last.end

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(files, "sync_data", fail)
        with pytest.raises(StoreError, match="Input/output error"):
            add(repository, "third")
    assert journaled.stat().st_size == end
    add(repository, "fourth")
    assert held(Repository(path)) == ["first", "second", "fourth"]


def test_room_is_nothing_to_complain_of_or_to_save(
    path: Path, journaled: Path, repository: Repository
) -> None:
    assert doctor.examine(path) == ()
    add(repository)
    assert not list(path.parent.glob("*.torn-*"))


@pytest.mark.parametrize("place", [0, 1, 500, journal.ROOM - 1])
def test_anything_else_in_room_is_a_torn_end(path: Path, journaled: Path, place: int) -> None:
    with journaled.open("r+b") as file:
        file.seek(place - journal.ROOM, os.SEEK_END)
        file.write(b"x")
    assert [finding.code for finding in doctor.examine(path)] == ["journal-torn"]
    repository = Repository(path)
    add(repository, "third")
    [saved] = path.parent.glob("*.torn-*")
    assert saved.read_bytes() == bytes(place) + b"x"
    assert room_in(journaled) == journal.ROOM
    assert held(Repository(path)) == ["first", "second", "third"]


def test_lines_that_are_written_while_they_are_read_are_no_damage(
    path: Path, journaled: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository, "third")
    third = journal.read(journaled.read_bytes()).last
    add(repository, "fourth")
    real = files.read
    read: list[Path] = []

    def read_early(path: Path, start: int = 0) -> tuple[bytes, files.Version]:
        content, version = real(path, start)
        if path == journaled and journaled not in read:
            # The start of the third line as it was before it was written, the rest as it is.
            content = content[: third.start] + bytes(100) + content[third.start + 100 :]
        read.append(path)
        return content, version

    monkeypatch.setattr(files, "read", read_early)
    assert held(Repository(path)) == ["first", "second", "third", "fourth"]
