"""The outbox: kept with the applications, and no part of what is undone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from builders import DANA, DAY, NOON, application, applied, sent
from followup.domain.message import Message, Thread
from followup.domain.outbox import Intent, State, outdated
from followup.store import Repository
from followup.store.doctor import examine, repair
from followup.store.errors import StoreError


def intent(state: State = State.BEGUN, **fields: Any) -> Intent:
    given = {
        "application_id": 1,
        "message": Message(body="Any news?", thread=Thread(message_id="<a@b.example>", at=NOON)),
        "channel": "email",
        "contact": DANA,
        "at": NOON,
        "until": NOON + timedelta(minutes=2),
        "process": 7,
        "state": state,
        "content": "To: Dana\r\n\r\nAny news? \xe9",
        **fields,
    }
    return Intent(**given)


def fill(repository: Repository) -> None:
    with repository.change("fill", NOON) as changes:
        changes.add(application(applied(NOON)))


def post(repository: Repository, *posted: Intent) -> list[Intent]:
    with repository.change("send", NOON) as changes:
        return [changes.post(one) for one in posted]


def test_an_intent_stays(repository: Repository, path: Path) -> None:
    fill(repository)
    (posted,) = post(repository, intent())
    assert posted.id == 1
    assert dict(Repository(path).outbox()) == dict(repository.outbox()) == {1: posted}
    repository.close()
    assert dict(Repository(path).outbox()) == {1: posted}
    with TinyDB(path) as plain:
        (document,) = plain.table("outbox")
    assert document["content"] == "To: Dana\r\n\r\nAny news? \xe9"
    assert document["message"]["thread"]["message_id"] == "<a@b.example>"


def test_it_is_no_change_that_could_be_undone(repository: Repository) -> None:
    fill(repository)
    before = repository.history()
    post(repository, intent())
    assert repository.history() == before
    assert repository.undo(NOON) is not None
    assert len(repository.outbox()) == 1
    assert repository.redo(NOON) is not None
    assert len(repository.outbox()) == 1


def test_what_is_settled_with_a_fact_is_one_step_of_which_undo_takes_the_fact(
    repository: Repository, path: Path
) -> None:
    fill(repository)
    (posted,) = post(repository, intent())
    lines = journal_lines(path)
    with repository.change("log", NOON) as changes:
        known = changes.get(1)
        assert known
        changes.replace(known.with_event(sent(NOON)))
        changes.settle(1, intent(state=State.SENT, id=1))
        assert changes.outbox()[1].state is State.SENT
        assert repository.outbox()[1] == posted, "nothing is written yet"
    assert journal_lines(path) == lines + 1
    repository.undo(NOON)
    assert len(repository.applications()[0].events) == 1
    assert repository.outbox()[1].state is State.SENT


def journal_lines(path: Path) -> int:
    return path.with_name(f"{path.name}.journal").read_bytes().count(b"\n")


def test_nothing_is_written_where_the_block_raises(repository: Repository, path: Path) -> None:
    fill(repository)

    def fail() -> None:
        with repository.change("send", NOON) as changes:
            changes.post(intent())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not repository.outbox()
    assert not Repository(path).outbox()


def test_a_number_is_not_given_twice(repository: Repository) -> None:
    fill(repository)
    post(repository, *(intent(state=State.SENT) for _ in range(3)))
    later = NOON + 3 * DAY
    with repository.change("send", later) as changes:
        for id_ in outdated(changes.outbox().values(), later):
            changes.settle(id_, None)
    assert list(repository.outbox()) == [3]
    (posted,) = post(repository, intent())
    assert posted.id == 4


def test_what_nobody_knows_is_kept_however_old() -> None:
    intents = [intent(id=1), intent(state=State.UNCONFIRMED, id=2), intent(state=State.SENT, id=3)]
    newest = intent(state=State.SENT, id=4)
    assert outdated([*intents, newest], NOON + 9 * DAY) == (3,)
    assert outdated([*intents, newest], NOON + DAY) == ()


def test_others_see_it_when_they_look(repository: Repository, path: Path) -> None:
    fill(repository)
    other = Repository(path)
    post(repository, intent())
    assert not other.outbox()
    assert other.refresh()
    assert len(other.outbox()) == 1


@pytest.mark.parametrize(
    "fields", [{"at": NOON.replace(tzinfo=None)}, {"content": "\ud800"}, {"state": "lost"}]
)
def test_what_could_not_be_read_again_is_not_stored(
    repository: Repository, fields: dict[str, Any]
) -> None:
    fill(repository)
    with pytest.raises(StoreError, match="cannot store the message"):
        post(repository, intent(**fields))
    assert not repository.outbox()


def test_a_store_of_a_time_before_it_opens(repository: Repository, path: Path) -> None:
    fill(repository)
    repository.close()
    stored = json.loads(path.read_text())
    assert "outbox" not in stored
    old = Repository(path)
    assert not old.outbox()
    assert not examine(path)
    post(old, intent())
    assert len(Repository(path).outbox()) == 1


def test_a_bad_intent_is_refused_with_its_place_and_repaired(
    repository: Repository, path: Path
) -> None:
    fill(repository)
    post(repository, intent(), intent(state=State.SENT))
    repository.close()
    stored = json.loads(path.read_text())
    stored["outbox"]["1"]["at"] = "some day"
    path.write_text(json.dumps(stored))
    with pytest.raises(StoreError, match=r"outbox\.1\.at"):
        Repository(path)
    (finding,) = examine(path)
    assert finding.code == "outbox"
    assert not repair(path).remaining
    assert list(Repository(path).outbox()) == [2]
    assert len(Repository(path).applications()) == 1
