"""Files and directories: private, replaced as a whole, and left alone where that fails."""

from __future__ import annotations

import os
import resource
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import filelock
import pytest

from builders import NOON, application
from followup.store import Repository, StoreError, files, journal, lock


def add(repository: Repository, notes: str = "") -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application(notes=notes))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def content(path: Path) -> tuple[bytes, bytes]:
    """The bytes of the snapshot and of its journal."""
    return path.read_bytes(), journal.beside(path).read_bytes()


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Writing beyond a size fails as on a full disk; Python ignores SIGXFSZ."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("mask", [0, 0o022, 0o777])
def test_files_and_directories_are_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "one" / "two" / "followup.json"
    with umask(mask):
        repository = Repository(path)
        add(repository)
        add(repository)
        repository.close()
    assert mode(tmp_path / "one") == mode(path.parent) == 0o700
    found = {child.relative_to(path.parent): mode(child) for child in path.parent.rglob("*")}
    assert len(found) == 6
    directories = {child for child in found if (path.parent / child).is_dir()}
    assert {found[child] for child in directories} == {0o700}
    assert {found[child] for child in found.keys() - directories} == {0o600}


def test_directory_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    add(Repository(tmp_path / "followup.json"))
    assert mode(tmp_path) == 0o755


def test_file_is_never_open_to_others_for_a_moment(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    with umask(0):
        files.replace(path, b"secret")
    assert mode(path) == 0o600


def test_open_store_becomes_private_with_the_next_change(path: Path) -> None:
    repository = Repository(path)
    add(repository)
    path.chmod(0o644)
    add(repository)
    assert mode(path) == 0o600


@pytest.mark.parametrize("there", [True, False])
def test_symlink_stays_one(tmp_path: Path, there: bool) -> None:
    real = tmp_path / "real" / "store.json"
    link = tmp_path / "link.json"
    link.symlink_to(real)
    if there:
        add(Repository(real))
    add(Repository(link))
    assert link.is_symlink()
    assert not real.is_symlink()
    assert len(Repository(real).applications()) == 1 + there
    # Both ways to the store share one lock.
    assert {child.name for child in tmp_path.iterdir()} == {"real", "link.json"}


def test_file_left_by_a_killed_process_is_no_hindrance(path: Path, repository: Repository) -> None:
    leftover = path.with_name(".followup.json.new")
    leftover.write_text("half a st")
    add(repository)
    assert not leftover.exists()
    assert len(Repository(path).applications()) == 1


def test_planted_symlink_is_not_written_through(path: Path, repository: Repository) -> None:
    victim = path.with_name("victim")
    victim.write_text("precious")
    path.with_name(".followup.json.new").symlink_to(victim)
    add(repository)
    assert victim.read_text() == "precious"


def test_file_that_grows_too_large_leaves_the_store_as_it_was(
    path: Path, repository: Repository
) -> None:
    add(repository, "before")
    before = content(path)
    with file_size_limit(4096), pytest.raises(StoreError, match="File too large") as caught:
        add(repository, "n" * 10_000)
    assert str(path) in str(caught.value)
    assert content(path) == before
    assert [one.notes for one in repository.applications()] == ["before"]
    add(repository, "after")
    assert [one.notes for one in Repository(path).applications()] == ["before", "after"]


def test_snapshot_that_grows_too_large_leaves_the_store_as_it_was(
    path: Path, repository: Repository
) -> None:
    for _ in range(5):
        add(repository, "n" * 1000)
    before = content(path)
    with file_size_limit(4096):
        repository.close()
    assert content(path) == before
    add(repository, "after")
    repository.close()
    assert len(Repository(path).applications()) == 6
    assert len(content(path)[1].splitlines()) == 1


@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_failing_call_leaves_the_store_as_it_was(
    path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    add(repository, "before")
    before = content(path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(StoreError, match="Input/output error"):
            add(repository, "after")
    assert content(path) == before
    assert [one.notes for one in repository.applications()] == ["before"]
    add(repository, "after")
    assert [one.notes for one in Repository(path).applications()] == ["before", "after"]


def test_failure_after_the_replacement_is_no_success_and_is_seen_as_it_is(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(files, "sync_directory", fail)
        with pytest.raises(StoreError, match="Input/output error"):
            add(repository)
    assert repository.applications() == ()
    assert repository.refresh()
    assert len(repository.applications()) == 1


def test_versions_are_told_apart_however_fast_they_follow(path: Path) -> None:
    versions = [files.replace(path, b"%03d" % number) for number in range(200)]
    assert len(set(versions)) == 200


def test_content_and_name_are_synced_in_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        kind = "directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        calls.append(f"sync {kind}")
        fsync(descriptor)

    def replaced(source: Path, target: Path) -> None:
        calls.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    files.replace(path, b"content")
    assert calls == ["sync file", "replace", "sync directory"]
    assert path.read_bytes() == b"content"


def test_file_that_its_owner_made_read_only_stays_as_it_is(
    path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository)
    before = path.read_bytes()
    # The superuser may write everything, so the answer is given here.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreError, match="Permission denied"):
        add(repository)
    assert path.read_bytes() == before


def test_directory_that_cannot_be_written_is_said_so(
    path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(files, "make_directory", refuse)
        with pytest.raises(StoreError, match=r"cannot write the store .*: Permission denied;"):
            add(repository)
    assert not path.exists()


def test_parent_that_turns_into_a_file_is_said_so(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "parent" / "followup.json")
    (tmp_path / "parent").write_text("a file")
    with pytest.raises(StoreError, match="cannot write the store"):
        add(repository)
    assert (tmp_path / "parent").read_text() == "a file"


def test_lock_held_for_too_long_is_one_line(
    path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "TIMEOUT", 0)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with filelock.FileLock(f"{path}.lock"):
            held.set()
            release.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        held.wait()
        with pytest.raises(StoreError, match="another followup") as caught:
            add(repository)
        assert "\n" not in str(caught.value)
    finally:
        release.set()
        holder.join()
    add(repository)


def test_lock_has_the_options_of_the_design(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    real = filelock.FileLock

    def make(lock_file: Path, **options: Any) -> filelock.BaseFileLock:
        asked.update(options, lock_file=lock_file)
        return real(lock_file, **options)

    monkeypatch.setattr(filelock, "FileLock", make)
    with lock.StoreLock(path).held():
        assert asked == {
            "lock_file": path.with_name("followup.json.lock"),
            "mode": 0o600,
            "fallback_to_soft": False,
            "preserve_lock_file": True,
            "timeout": 5,
        }
    assert path.with_name("followup.json.lock").exists()


def test_a_change_within_a_change_is_refused_at_once(repository: Repository) -> None:
    with repository.change("outer", NOON) as changes:
        changes.add(application())
        with pytest.raises(RuntimeError, match="within a change"), repository.change("in", NOON):
            pass
    assert len(repository.applications()) == 1
