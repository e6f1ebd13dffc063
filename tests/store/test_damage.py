"""Stores that can't be understood: one line says why, and they are never written."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from builders import NOON, application, applied
from followup.store import Repository, StoreError, doctor, journal

META = '"meta": {"1": {"schema": 2, "next_id": 3, "next_change": 3}}'


def store(applications: str, history: str = "{}") -> bytes:
    return f'{{{META}, "applications": {applications}, "history": {history}}}'.encode()


DAMAGE = {
    "empty": (b"", "it is empty"),
    "null": (b"null", "no TinyDB file .*null"),
    "list": (b"[]", "no TinyDB file .*array"),
    "text": (b"hello", "malformed"),
    "NULs": (b"\0" * 100, "malformed"),
    "BOM": (b"\xef\xbb\xbf" + store("{}"), "malformed"),
    "not UTF-8": (store('{"1": {"id": 1, "company": "X"}}').replace(b"X", b"\xff"), "codec"),
    "cut": (store("{}")[:-5], "truncated"),
    "merge conflict": (b"<<<<<<< HEAD\n" + store("{}"), "malformed"),
    "deep nesting": (b'{"a": {"1": {"x": ' + b"[" * 100_000, "recursion"),
    "list for a table": (b'{"meta": []}', "array"),
    "number for a document": (b'{"meta": {"1": 1}}', "int"),
    "empty object": (b"{}", "it is no store of followup"),
    "another TinyDB": (b'{"_default": {"1": {"a": 1}}}', "it is no store of followup"),
    "no meta document": (b'{"meta": {}}', "`meta.1` is missing"),
    "no schema": (b'{"meta": {"1": {"next_id": 1, "next_change": 1}}}', "`schema` - at `meta.1`"),
    "schema zero": (b'{"meta": {"1": {"schema": 0}}}', "`meta.1.schema`"),
    "no applications": (f'{{{META}, "history": {{}}}}'.encode(), "`applications` is missing"),
    "no history": (f'{{{META}, "applications": {{}}}}'.encode(), "`history` is missing"),
    "newer schema": (b'{"meta": {"1": {"schema": 3}}}', "newer followup .schema 3"),
    "wrong type": (
        store('{"1": {"id": 1, "company": "A", "role": "B"}, "2": {"id": 2, "company": 3}}'),
        "Expected `str`, got `int` - at `applications.2.company`",
    ),
    "missing field": (store('{"1": {"id": 1, "company": "A"}}'), "`role` - at `applications.1`"),
    "unknown event": (
        store('{"1": {"id": 1, "company": "A", "role": "B", "events": [{"event": "x"}]}}'),
        r"`applications.1.events\[0\].event`",
    ),
    "naive instant": (
        store(
            '{"1": {"id": 1, "company": "A", "role": "B",'
            ' "events": [{"event": "note", "at": "2026-01-01T00:00:00"}]}}'
        ),
        r"timezone component - at `applications.1.events\[0\].at`",
    ),
    "wrong id": (store('{"1": {"id": 2, "company": "A", "role": "B"}}'), "`applications.1.id`"),
    "id zero": (store('{"0": {"company": "A", "role": "B"}}'), "`applications.0.id`"),
    "id no number": (store('{"x": {"company": "A", "role": "B"}}'), "`applications.x`"),
    "history": (store("{}", '{"1": {"number": 1}}'), "`at` - at `history.1`"),
    "history number": (
        store("{}", '{"1": {"number": 2, "at": "2026-01-01T00:00:00Z", "what": "x"}}'),
        "`history.1.number`",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_refused_and_kept(path: Path, name: str) -> None:
    content, why = DAMAGE[name]
    path.write_bytes(content)
    with pytest.raises(StoreError, match=why) as caught:
        Repository(path)
    message = str(caught.value)
    assert message.startswith(f"cannot read the store {path}: ")
    assert "\n" not in message
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_while_the_store_is_open_is_refused_and_kept(
    path: Path, repository: Repository, name: str
) -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application(applied(NOON)))
    content, why = DAMAGE[name]
    sound = path.read_bytes()
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreError, match=why):
            repository.refresh()
        with pytest.raises(StoreError, match=why), repository.change("add", NOON):
            pytest.fail("the block was entered")
        with pytest.raises(StoreError, match=why):
            repository.undo(NOON)
    assert path.read_bytes() == content
    assert len(repository.applications()) == 1
    path.write_bytes(sound)
    assert repository.refresh()
    assert len(repository.applications()) == 1


def test_damage_in_the_documents_of_a_change_is_refused_and_kept(
    path: Path, repository: Repository
) -> None:
    for notes in ("one", "two"):
        with repository.change("edit", NOON) as changes:
            found = changes.get(1)
            if found:
                changes.remove(1)
            else:
                changes.add(application(notes=notes))
    repository.close()
    tree = msgspec.json.decode(path.read_bytes())
    tree["history"]["2"]["sides"]["1"]["document"]["company"] = 3
    path.write_bytes(msgspec.json.encode(tree))
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"`applications\.1\.company`"):
        repository.undo(NOON)
    tree["history"]["2"]["sides"] = 3
    path.write_bytes(msgspec.json.encode(tree))
    with pytest.raises(StoreError, match=r"`history\.2\.sides`"):
        repository.undo(NOON)
    assert before != path.read_bytes() == msgspec.json.encode(tree)


def test_file_cut_anywhere_is_refused(path: Path, repository: Repository) -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application(applied(NOON)))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError):
            Repository(path)


def test_file_that_went_away_is_not_made_anew(path: Path, repository: Repository) -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application())
    aside = path.rename(path.with_name("aside.json"))
    with pytest.raises(StoreError, match="it has gone since it was opened"):
        repository.refresh()
    with pytest.raises(StoreError, match="gone"), repository.change("add", NOON):
        pytest.fail("the block was entered")
    assert not path.exists()
    aside.rename(path)
    repository.refresh()
    assert len(repository.applications()) == 1


def test_directory_fifo_and_device_are_no_store(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path in (tmp_path, fifo, Path(os.devnull)):
        with pytest.raises(StoreError, match="it is not a file"):
            Repository(path)


def test_journal_that_is_no_file_is_not_waited_for(path: Path, repository: Repository) -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application())
    journal.beside(path).unlink()
    os.mkfifo(journal.beside(path))
    with pytest.raises(StoreError, match=r"its journal .* is not a file"):
        Repository(path)
    [finding] = doctor.repair(path).remaining
    assert finding.code == "not-a-file"


def test_path_that_leads_nowhere_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="Not a directory"):
        Repository(tmp_path / "file" / "followup.json")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(StoreError, match="symbolic links"):
        Repository(loop)


def test_file_without_permission_is_said_so(
    path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    with repository.change("add", NOON) as changes:
        changes.add(application())

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The superuser may read everything, so the refusal is made here.
    monkeypatch.setattr("followup.store.files.read", refuse)
    with pytest.raises(StoreError, match=r"cannot read the store .*: Permission denied;"):
        Repository(path)


def test_message_is_one_line_whatever_the_path(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[31m.json"
    path.write_bytes(b"")
    with pytest.raises(StoreError) as caught:
        Repository(path)
    assert str(caught.value).isprintable()
