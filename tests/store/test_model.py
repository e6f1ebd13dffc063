"""A store and a second handle on it, against a model, through any row of calls."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from builders import NOON, application
from followup.domain.application import Application
from followup.store import Repository, backups, journal, storage
from strategies import histories

State = dict[int, Application]
handles = st.integers(0, 1)
texts = st.text(st.characters(codec="utf-8"), max_size=5)


class StoreMachine(RuleBasedStateMachine):
    """The model: the states that undo and redo lead to, and every id that was given."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.path = self.directory / "followup.json"
        self.compact_from, storage.COMPACT_FROM = storage.COMPACT_FROM, 20_000
        self.handles = [Repository(self.path), Repository(self.path)]
        self.state: State = {}
        self.past: list[State] = []
        self.future: list[State] = []
        self.newest_id = 0

    def teardown(self) -> None:
        shutil.rmtree(self.directory)
        storage.COMPACT_FROM = self.compact_from

    def changed(self, state: State) -> None:
        if state != self.state:
            self.past.append(self.state)
            self.future.clear()
            self.state = state

    @rule(handle=handles, timelines=st.lists(histories, min_size=1, max_size=3), text=texts)
    def add(self, handle: int, timelines: list[list[object]], text: str) -> None:
        state = dict(self.state)
        with self.handles[handle].change("add", NOON) as changes:
            for timeline in timelines:
                added = changes.add(application(*timeline, company=text))  # type: ignore[arg-type]
                assert added.id > self.newest_id
                self.newest_id = added.id
                state[added.id] = added
        self.changed(state)

    @precondition(lambda self: self.state)
    @rule(handle=handles, data=st.data(), text=texts)
    def edit(self, handle: int, data: st.DataObject, text: str) -> None:
        chosen = self.state[data.draw(st.sampled_from(sorted(self.state)))]
        edited = replace(chosen, notes=text)
        with self.handles[handle].change("edit", NOON) as changes:
            changes.replace(edited)
        self.changed({**self.state, edited.id: edited})

    @precondition(lambda self: self.state)
    @rule(handle=handles, data=st.data())
    def remove(self, handle: int, data: st.DataObject) -> None:
        ids = data.draw(st.sets(st.sampled_from(sorted(self.state)), min_size=1))
        with self.handles[handle].change("remove", NOON) as changes:
            for id_ in ids:
                changes.remove(id_)
        self.changed({id_: one for id_, one in self.state.items() if id_ not in ids})

    @rule(handle=handles)
    def fail(self, handle: int) -> None:
        try:
            with self.handles[handle].change("fail", NOON) as changes:
                changes.add(application())
                raise InterruptedError
        except InterruptedError:
            pass

    @rule(handle=handles)
    def undo(self, handle: int) -> None:
        assert bool(self.handles[handle].undo(NOON)) == bool(self.past)
        if self.past:
            self.future.append(self.state)
            self.state = self.past.pop()

    @rule(handle=handles)
    def redo(self, handle: int) -> None:
        assert bool(self.handles[handle].redo(NOON)) == bool(self.future)
        if self.future:
            self.past.append(self.state)
            self.state = self.future.pop()

    @rule(handle=handles)
    def reopen(self, handle: int) -> None:
        self.handles[handle].close()
        self.handles[handle] = Repository(self.path)

    @rule(handle=handles)
    def compact(self, handle: int) -> None:
        self.handles[handle].close()

    @precondition(lambda self: journal.beside(self.path).exists())
    @rule(handle=handles, length=st.integers(1, 80), lost=st.integers(0, 20))
    def crash_in_the_middle_of_a_step(self, handle: int, length: int, lost: int) -> None:
        last = journal.read(journal.beside(self.path).read_bytes()).last
        begun = journal.encoded(last.generation, last.number + 1, b"{" + b" " * 80)
        with journal.beside(self.path).open("r+b") as file:
            file.seek(last.end)
            file.write(bytes(lost) + begun[lost:length])
        self.handles[handle] = Repository(self.path)

    @precondition(lambda self: journal.beside(self.path).exists())
    @rule(handle=handles)
    def crash_between_snapshot_and_journal(self, handle: int) -> None:
        older = journal.beside(self.path).read_bytes()
        snapshot = self.path.read_bytes()
        self.handles[handle].close()
        if self.path.read_bytes() != snapshot:
            journal.beside(self.path).write_bytes(older)

    @rule()
    def tomorrow(self) -> None:
        for number, dated in enumerate(backups.dated(self.path)):
            dated.rename(dated.with_name(f"2020-01-{number + 1:02}T000000.000000Z.json"))

    @invariant()
    def every_handle_holds_the_state_of_the_model(self) -> None:
        for handle in self.handles:
            handle.refresh()
            assert handle.applications() == tuple(self.state[id_] for id_ in sorted(self.state))
            undone = [entry.undone for entry in handle.history()]
            assert undone == [True] * len(self.future) + [False] * len(self.past)


StoreMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestStore = StoreMachine.TestCase


@pytest.mark.torture
class TestStoreForLong(StoreMachine.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=2000, stateful_step_count=60, deadline=None)
