"""The journal: torn ends are cut, other damage is refused, and nothing is ever overwritten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from builders import NOON, application
from followup.store import Repository, StoreError, backups, files, journal

COUNT = 5
Lines = list[bytes]


def add(repository: Repository, notes: str = "") -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application(notes=notes))


@pytest.fixture
def journaled(path: Path, repository: Repository) -> Path:
    """The journal of a store whose snapshot has one application and whose journal has more."""
    for number in range(COUNT):
        add(repository, f"{number}")
    return journal.beside(path)


def held(path: Path) -> list[str]:
    return [one.notes for one in Repository(path).applications()]


def lines_in(journaled: Path) -> bytes:
    """The content of a journal without the room behind its lines."""
    return journaled.read_bytes().rstrip(b"\0")


def contents(directory: Path) -> dict[Path, bytes]:
    return {found: found.read_bytes() for found in directory.rglob("*") if found.is_file()}


def test_step_is_one_line_of_all_tables(journaled: Path) -> None:
    reading = journal.read(journaled.read_bytes())
    assert len(reading.steps) == COUNT - 1
    assert all(set(step) == {"meta", "applications", "history"} for step in reading.steps)


def test_journal_cut_anywhere_holds_the_steps_that_are_whole(path: Path, journaled: Path) -> None:
    whole = lines_in(journaled)
    ends = [line.end for line in journal.whole_lines(whole)]
    for length in range(ends[0], len(whole)):
        journaled.write_bytes(whole[:length])
        before = sum(end <= length for end in ends)
        assert held(path) == [f"{number}" for number in range(before)]


@pytest.mark.parametrize("room", [0, 5000])
@pytest.mark.parametrize("tail", [b"0", b"01234567 1 5 {", b"\0" * 5000 + b"}\n", b"x\r\ry\n"])
def test_torn_tail_is_saved_beside_and_cut_by_the_next_change(
    path: Path, journaled: Path, tail: bytes, room: int
) -> None:
    whole = lines_in(journaled)
    journaled.write_bytes(whole + tail + bytes(room))
    reader = Repository(path)
    assert len(reader.applications()) == COUNT
    assert journaled.read_bytes() == whole + tail + bytes(room)
    journaled.chmod(0o600)
    writer = Repository(path)
    # The daily backup would fold the journal in.
    backups.keep(path)
    add(writer, "after")
    [saved] = path.parent.glob("*.torn-*")
    assert saved.read_bytes() == tail
    assert saved.stat().st_mode & 0o777 == 0o600
    assert journaled.read_bytes().startswith(whole)
    assert len(journal.read(journaled.read_bytes()).steps) == COUNT
    assert held(path)[-1] == "after"
    assert reader.refresh()
    assert reader.applications() == writer.applications()


def test_any_flipped_bit_before_the_last_step_is_refused(path: Path, journaled: Path) -> None:
    whole = journaled.read_bytes()
    last = journal.read(whole).last.start
    before = contents(path.parent)
    for place in range(0, last, 7):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        journaled.write_bytes(flipped)
        with pytest.raises(StoreError, match=r"cannot read the store .*followup doctor --repair"):
            Repository(path)
        assert journaled.read_bytes() == flipped
    journaled.write_bytes(whole)
    assert contents(path.parent) == before


def test_any_flipped_bit_in_the_snapshot_is_refused(path: Path, repository: Repository) -> None:
    add(repository, "n" * 100)
    whole, times = path.read_bytes(), path.stat()
    for place in range(0, len(whole), 5):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        with pytest.raises(StoreError, match="cannot read the store"):
            Repository(path)
        assert path.read_bytes() == flipped
    path.write_bytes(whole)
    assert held(path) == ["n" * 100]


def drop(number: int) -> Callable[[Lines], Lines]:
    return lambda lines: lines[:number] + lines[number + 1 :]


DAMAGE: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "empty": (lambda lines: [], "the first line of its journal"),
    "no head": (drop(0), "the first line of its journal"),
    "garbage": (lambda lines: [b"\0" * 100], "the first line of its journal"),
    "line missing": (drop(2), "change 2 in its journal is damaged"),
    "line twice": (lambda lines: [*lines[:3], *lines[2:]], "change 3 in its journal"),
    "another generation": (lambda lines: [*lines[:2], journal.encoded(7, 2, b"{}")], "change 2 in"),
    "two at the end": (lambda lines: [*lines[:3], b"x\n", b"y"], "change 3 in its journal"),
    "NULs between": (lambda lines: [*lines[:3], b"\0\0\n", *lines[3:]], "change 3 in its"),
    "conflict": (lambda lines: [*lines[:2], b"<<<<<<< HEAD\n", *lines[2:]], "change 2 in its"),
    "list for a table": (lambda lines: [*lines[:2], step(b'{"applications": []}')], "is none"),
    "no step": (lambda lines: [*lines[:2], step(b"[" * 100_000)], "is none"),
    "another application": (
        lambda lines: [*lines[:2], step(b'{"applications": {"9": {"id": 9, "company": 3}}}')],
        r"`applications\.9\.company`",
    ),
}


def step(content: bytes) -> bytes:
    return journal.encoded(1, 2, content)


@pytest.mark.parametrize("room", [0, 5000])
@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_journal_is_refused_and_kept(
    path: Path, journaled: Path, name: str, room: int
) -> None:
    damage, why = DAMAGE[name]
    reader = Repository(path)
    damaged = b"".join(damage(lines_in(journaled).splitlines(keepends=True)))
    journaled.write_bytes(damaged + bytes(room))
    before = contents(path.parent)
    with pytest.raises(StoreError, match=why) as caught:
        Repository(path)
    assert "\n" not in str(caught.value)
    for _ in range(2):
        with pytest.raises(StoreError, match=why):
            add(reader)
    assert contents(path.parent) == before


@pytest.mark.parametrize("left", ["journal", "backup"])
def test_missing_or_empty_snapshot_beside_others_is_no_new_store(
    path: Path, repository: Repository, left: str
) -> None:
    add(repository)
    if left == "backup":
        backups.keep(path)
        journal.beside(path).unlink()
    path.unlink()
    before = contents(path.parent)
    with pytest.raises(StoreError, match=r"it has gone, but .*followup doctor --repair"):
        Repository(path)
    path.touch()
    with pytest.raises(StoreError, match="it is empty"):
        Repository(path)
    path.unlink()
    assert contents(path.parent) == before


def test_store_that_another_process_makes_just_now_is_opened(
    path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository, "one")
    repository.close()
    content = path.read_bytes()
    journal.beside(path).unlink()
    path.unlink()

    def appear(_: Path) -> list[Path]:
        path.write_bytes(content)
        return [path]

    monkeypatch.setattr(backups, "all_of", appear)
    assert held(path) == ["one"]


def test_message_says_where_the_backups_are(path: Path, repository: Repository) -> None:
    add(repository)
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="it has no backups"):
        Repository(path)
    backups.keep(path)
    with pytest.raises(StoreError, match=f"its backups are in {path}.backups: "):
        Repository(path)


def test_snapshot_without_its_journal_is_a_whole_store(path: Path, repository: Repository) -> None:
    add(repository, "one")
    journal.beside(path).unlink()
    assert held(path) == ["one"]
    add(repository, "two")
    add(repository, "three")
    assert held(path) == ["one", "two", "three"]
    assert len(journal.read(journal.beside(path).read_bytes()).steps) == 1


def test_journal_of_an_older_generation_is_ignored(path: Path, journaled: Path) -> None:
    older = journaled.read_bytes()
    repository = Repository(path)
    add(repository, "last")
    repository.close()
    # As after a crash between the two replacements.
    for left in (older, older[:-20] + b"\n" + older):
        journaled.write_bytes(left)
        assert held(path)[-1] == "last"
    add(Repository(path), "after")
    assert held(path)[-2:] == ["last", "after"]
    assert len(held(path)) == COUNT + 2


def test_edit_by_tinydb_is_taken_where_the_journal_is_empty(
    path: Path, repository: Repository
) -> None:
    add(repository, "one")
    repository.close()
    with TinyDB(path) as database:
        database.table("applications").update({"notes": "edited"}, doc_ids=[1])
    assert held(path) == ["edited"]
    assert repository.refresh()
    add(repository, "two")
    assert held(path) == ["edited", "two"]


def test_backup_in_the_place_of_a_later_snapshot_starts_a_later_generation(
    path: Path, repository: Repository
) -> None:
    add(repository, "one")
    earlier = path.read_bytes()
    for number in range(3):
        add(repository, f"{number}")
        repository.close()
    [head] = journal.whole_lines(journal.beside(path).read_bytes())
    path.write_bytes(earlier)
    add(Repository(path), "two")
    assert journal.generation_of(journal.beside(path).read_bytes()) > head.generation
    assert held(path) == ["one", "two"]


def test_what_a_killed_process_left_is_removed_by_the_first_change(
    path: Path, journaled: Path
) -> None:
    backups.keep(path)
    for leftover in (path, journaled):
        files.temporary_of(leftover).touch()
    add(Repository(path))
    assert not [child for child in path.parent.iterdir() if child.suffix == ".new"]
    assert len(journal.read(journaled.read_bytes()).steps) == COUNT


def test_open_journal_becomes_private_with_the_next_change(
    path: Path, journaled: Path, repository: Repository
) -> None:
    backups.keep(path)
    journaled.chmod(0o644)
    add(repository)
    assert journaled.stat().st_mode & 0o777 == 0o600


def test_edit_by_tinydb_is_refused_where_it_knew_only_a_part(path: Path, journaled: Path) -> None:
    with TinyDB(path) as database:
        database.table("applications").update({"notes": "edited"}, doc_ids=[1])
    with pytest.raises(StoreError, match="another program changed it while 4 changes"):
        Repository(path)


def test_reader_that_saw_a_step_that_failed_takes_it_back(
    path: Path, journaled: Path, repository: Repository
) -> None:
    backups.keep(path)
    before = journaled.read_bytes()
    add(repository, "a")
    reader = Repository(path)
    journaled.write_bytes(before)
    writer = Repository(path)
    add(writer, "b")
    add(writer, "c")
    assert reader.refresh()
    assert [one.notes for one in reader.applications()][-2:] == ["b", "c"]


def test_refresh_reads_only_what_is_new(
    path: Path, journaled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.keep(path)
    reader, writer = Repository(path), Repository(path)
    read: list[tuple[Path, int]] = []
    real = files.read

    def note(path: Path, start: int = 0) -> tuple[bytes, files.Version]:
        read.append((path, start))
        return real(path, start)

    add(writer, "new")
    monkeypatch.setattr(files, "read", note)
    last = journal.read(journaled.read_bytes()).last
    assert reader.refresh()
    [(found, start)] = read
    assert found == journaled
    assert 0 < start < last.start


def test_change_writes_no_more_than_what_changed(path: Path, repository: Repository) -> None:
    with repository.change("fill", NOON) as changes:
        for _ in range(1000):
            changes.add(application(notes="n" * 1000))
    other = repository.get(2)
    backups.keep(path)
    snapshot = path.read_bytes()
    with repository.change("remove", NOON) as changes:
        changes.remove(1)
    assert path.read_bytes() == snapshot
    assert len(lines_in(journal.beside(path))) < 5000
    assert journal.beside(path).stat().st_size < 5000 + journal.ROOM
    assert repository.get(2) is other


def test_change_writes_as_much_to_a_large_store_as_to_a_small_one(tmp_path: Path) -> None:
    written = set()
    for count in (10, 1000):
        repository = Repository(tmp_path / f"{count}.json")
        with repository.change("fill", NOON) as changes:
            for _ in range(count):
                changes.add(application())
        backups.keep(repository.path)
        before = len(lines_in(journal.beside(repository.path)))
        with repository.change("edit", NOON) as changes:
            changes.replace(replace(application(), id=3, salary="1"))
        written.add(len(lines_in(journal.beside(repository.path))) - before)
        repository.close()
    assert max(written) - min(written) < 10  # the digits of the next id


@given(content=st.binary(max_size=300))
def test_no_content_of_a_journal_is_more_than_refused(content: bytes) -> None:
    for made in (content, journal.begun(1, journal.Head(1, 2)) + content):
        try:
            reading = journal.read(made)
        except ValueError:
            continue
        assert reading.steps == []
