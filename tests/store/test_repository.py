"""What the repository promises to the program above it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from builders import DANA, NOON, application, applied, interview, promise, sent
from followup.domain.application import Application
from followup.store import Repository, StoreError


def add(repository: Repository, *companies: str) -> list[Application]:
    with repository.change(f"add {', '.join(companies)}", NOON) as changes:
        return [changes.add(application(applied(NOON), company=name)) for name in companies]


def edit(repository: Repository, id_: int, **fields: Any) -> None:
    with repository.change("edit", NOON) as changes:
        found = changes.get(id_)
        assert found
        changes.replace(replace(found, **fields))


def remove(repository: Repository, *ids: int) -> None:
    with repository.change("remove", NOON) as changes:
        for id_ in ids:
            changes.remove(id_)


def companies(repository: Repository) -> list[str]:
    return [one.company for one in repository.applications()]


def test_missing_file_is_an_empty_store_and_reading_does_not_make_it(path: Path) -> None:
    repository = Repository(path / "deep" / "store.json")
    assert repository.applications() == ()
    assert repository.history() == ()
    assert repository.get(1) is None
    assert not repository.refresh()
    assert not path.exists()


def test_what_is_added_is_there_after_reopening(path: Path, repository: Repository) -> None:
    full = application(
        applied(NOON),
        interview(NOON, zone="Europe/Berlin"),
        promise(NOON, NOON.date()),
        sent(NOON),
        tags=("remote", "go"),
        notes="two\nlines",
    )
    with repository.change("add Globex", NOON) as changes:
        added = changes.add(full)
    assert added == replace(full, id=1)
    for opened in (repository, Repository(path)):
        assert opened.applications() == (added,)
        assert opened.get(1) == added


def test_change_is_seen_inside_its_block_but_not_outside_before_the_end(
    repository: Repository,
) -> None:
    add(repository, "Acme")
    with repository.change("many", NOON) as changes:
        added = changes.add(application(company="Globex"))
        changes.remove(1)
        assert changes.applications() == (added,)
        assert changes.get(1) is None
        assert changes.get(added.id) == added
        assert companies(repository) == ["Acme"]
    assert companies(repository) == ["Globex"]


def test_nothing_is_written_where_the_block_raises(path: Path, repository: Repository) -> None:
    add(repository, "Acme")
    before = path.read_bytes()

    def fail() -> None:
        with repository.change("fail", NOON) as changes:
            changes.add(application(company="Globex"))
            changes.remove(1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_bytes() == before
    assert companies(repository) == ["Acme"]
    assert not repository.refresh()


def test_nothing_is_written_where_nothing_changed(path: Path, repository: Repository) -> None:
    with repository.change("nothing", NOON):
        pass
    assert not path.exists()
    [added] = add(repository, "Acme")
    before = path.stat()
    with repository.change("the same", NOON) as changes:
        changes.replace(replace(added, notes="x"))
        changes.replace(added)
        changes.remove(changes.add(application(company="Globex")).id)
    assert path.stat() == before
    assert len(repository.history()) == 1


def test_ids_are_never_given_twice(path: Path, repository: Repository) -> None:
    assert [one.id for one in add(repository, "A", "B", "C")] == [1, 2, 3]
    remove(repository, 3)
    assert [one.id for one in add(repository, "D")] == [4]
    repository.undo(NOON)
    assert [one.id for one in add(Repository(path), "E")] == [5]
    remove(Repository(path), 1, 2, 5)
    assert [one.id for one in add(repository, "F")] == [6]


def test_id_that_tinydb_gave_is_not_given_again(path: Path, repository: Repository) -> None:
    add(repository, "Acme")
    with TinyDB(path) as database:
        inserted = {"id": 2, "company": "By hand", "role": "Tester"}
        assert database.table("applications").insert(inserted) == 2
    assert [one.id for one in add(repository, "Globex")] == [3]
    assert companies(repository) == ["Acme", "By hand", "Globex"]


def test_ids_of_strangers_are_refused_in_one_line(repository: Repository) -> None:
    with repository.change("wrong", NOON) as changes:
        with pytest.raises(StoreError, match="no application 7"):
            changes.remove(7)
        with pytest.raises(StoreError, match="no application 7"):
            changes.replace(application(id=7))


@pytest.mark.parametrize(
    "wrong",
    [
        {"company": 3},
        {"notes": "\ud800"},
        {"contacts": [{"name": object()}]},
        {"events": (applied(NOON.replace(tzinfo=None)),)},
    ],
)
def test_what_could_not_be_read_again_is_never_written(
    path: Path, repository: Repository, wrong: dict[str, Any]
) -> None:
    [added] = add(repository, "Acme")
    before = path.read_bytes()
    for attempt in ("add", "replace"):
        with repository.change("wrong", NOON) as changes, pytest.raises(StoreError):
            getattr(changes, attempt)(replace(added, **wrong))
    assert path.read_bytes() == before


def test_change_at_a_naive_instant_is_refused(path: Path, repository: Repository) -> None:
    naive = NOON.replace(tzinfo=None)
    with (
        pytest.raises(ValueError, match="time zone"),
        repository.change("add", naive) as changes,
    ):
        changes.add(application())
    assert not path.exists()


def test_nothing_handed_out_or_in_leads_into_the_store(path: Path, repository: Repository) -> None:
    tags, contacts = ["remote"], [DANA]
    with repository.change("add", NOON) as changes:
        given = application(tags=tags, contacts=contacts)
        added = changes.add(given)
        tags.append("changed")
        contacts.clear()
        assert changes.get(1) == added
    tags.append("again")
    assert added.tags == ("remote",)
    assert repository.get(1) == added == Repository(path).get(1)
    assert isinstance(repository.applications(), tuple)
    assert hash(repository.get(1)) == hash(added)
    with pytest.raises(AttributeError):
        added.company = "x"  # type: ignore[misc]


def test_instants_stand_in_the_file_in_utc(path: Path, repository: Repository) -> None:
    east = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    with repository.change("add", east) as changes:
        changes.add(application(applied(east), interview(east)))
    tree = msgspec.json.decode(path.read_bytes())
    first, second = tree["applications"]["1"]["events"]
    assert first["at"] == second["ends"] == tree["history"]["1"]["at"] == "2026-03-10T12:00:00Z"
    assert second["at"] == "2026-03-10T11:00:00Z"


def test_plain_tinydb_reads_the_file(path: Path, repository: Repository) -> None:
    add(repository, "Acme", "Globex")
    remove(repository, 1)
    repository.close()
    with TinyDB(path) as database:
        [document] = database.table("applications").all()
        assert document.doc_id == document["id"] == 2
        assert document["company"] == "Globex"
        assert document["contacts"] == [{"name": "Dana Lee", "email": "dana@globex.example"}]
        assert document["events"] == [{"event": "applied", "at": "2026-03-10T12:00:00Z"}]
        [meta] = database.table("meta").all()
        assert meta == {"schema": 2, "next_id": 3, "next_change": 3}


def test_tables_and_fields_of_others_survive_a_change(path: Path, repository: Repository) -> None:
    add(repository, "Acme", "Globex")
    with TinyDB(path) as database:
        database.table("mine").insert({"a": 1})
        database.table("applications").update({"mine": "kept"}, doc_ids=[2])
    edit(repository, 1, notes="changed")
    with TinyDB(path) as database:
        assert database.table("mine").all() == [{"a": 1}]
        kept = database.table("applications").get(doc_id=2)
        assert isinstance(kept, dict)
        assert kept["mine"] == "kept"


def test_applications_come_by_id_and_are_decoded_once(path: Path, repository: Repository) -> None:
    add(repository, *"ABCDEFGHIJKL")
    remove(repository, 2)
    repository.undo(NOON)
    assert companies(repository) == companies(Repository(path)) == [*"ABCDEFGHIJKL"]
    assert repository.applications() is repository.applications()


def test_other_handle_sees_a_change_when_it_refreshes(path: Path, repository: Repository) -> None:
    other = Repository(path)
    add(repository, "Acme")
    assert other.applications() == ()
    assert other.refresh()
    assert companies(other) == ["Acme"]
    assert not other.refresh()
    assert other.history() == repository.history()


def test_own_change_is_no_news(repository: Repository) -> None:
    add(repository, "Acme")
    assert not repository.refresh()


def test_change_catches_up_first(path: Path, repository: Repository) -> None:
    other = Repository(path)
    add(repository, "Acme")
    edit(other, 1, notes="by the other")
    edit(repository, 1, role="Tester")
    found = Repository(path).get(1)
    assert found
    assert (found.notes, found.role) == ("by the other", "Tester")


def test_refresh_reads_nothing_where_nothing_changed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(repository, "Acme")

    def unexpected(*_: object) -> None:
        pytest.fail("the file was read")

    monkeypatch.setattr("followup.store.files.read", unexpected)
    assert not repository.refresh()


def test_store_opens_without_the_libraries_that_it_does_not_need() -> None:
    code = "import sys, followup.store; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "tinydb" in loaded
    assert not {"arrow", "textual", "click", "pluggy", "filelock", "asyncio"} & set(loaded)
