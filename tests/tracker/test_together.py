"""Two trackers over one store, as two processes have them: no change of either is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import DANA, DAY, NOON, application, applied, interview, reply
from followup.domain.events import Interview
from followup.domain.exchange import ImportOptions
from followup.store.repository import Repository
from followup.tracker import Tracker


@pytest.fixture
def other(tracker: Tracker) -> Iterator[Tracker]:
    """A tracker that knows of the application and of nothing that happens to it later."""
    tracker.add(application(applied(NOON), tags=("remote",)))
    repository = Repository(tracker.repository.path)
    other = Tracker(repository, tracker.host, tracker.config, tracker.clock)
    yield other
    other.close()


def test_an_edit_leaves_what_happened_meanwhile(tracker: Tracker, other: Tracker) -> None:
    tracker.log(1, reply(NOON + DAY))
    tracker.edit(replace(tracker.application(1), contacts=(DANA,)))
    edited = other.edit(replace(other.application(1), role="SRE"))
    assert edited == other.application(1)
    assert [event.name for event in edited.events] == ["applied", "reply"]
    assert (edited.role, edited.contacts) == ("SRE", (DANA,))


def test_an_edit_may_begin_with_something_older_than_is_known(
    tracker: Tracker, other: Tracker
) -> None:
    begun = other.application(1)
    tracker.edit(replace(begun, contacts=(DANA,)))
    other.refresh()
    assert other.edit(replace(begun, role="SRE"), begun).contacts == (DANA,)


def test_a_revision_is_of_what_stands_then(tracker: Tracker, other: Tracker) -> None:
    tracker.revise(1, lambda it: replace(it, tags=(*it.tags, "first")))
    revised = other.revise(1, lambda it: replace(it, tags=(*it.tags, "second")))
    assert revised.tags == ("remote", "first", "second")


def test_the_interview_that_is_cancelled_may_be_news(tracker: Tracker, other: Tracker) -> None:
    tracker.log(1, interview(NOON + DAY))
    booked = other.cancel_interview(1).events[-1]
    assert isinstance(booked, Interview)
    assert booked.cancelled


def test_a_file_that_both_import_adds_nothing_twice(
    tracker: Tracker, other: Tracker, tmp_path: Path
) -> None:
    file = tmp_path / "log.csv"
    file.write_text("Company,Role,Applied\nInitech,SRE,2026-01-14\n", encoding="utf-8")
    options = ImportOptions(now=NOON, zone="UTC")
    previews = [it.importing.preview(file, options) for it in (tracker, other)]
    assert [len(preview.merge.new) for preview in previews] == [1, 1]
    assert len(tracker.importing.store(previews[0]).merge.new) == 1
    stored = other.importing.store(previews[1]).merge
    assert (len(stored.new), len(stored.unchanged)) == (0, 1)
    assert len(other.board().cards()) == 2
