"""The whole application edited as text, in the editor that the user has."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import DAY, NOON, application, applied, reply
from followup.domain.application import Application
from followup.store.repository import Repository
from followup.tracker import StoreError
from followup.ui.screens.application_form import EditScreen
from followup.ui.screens.details import DetailsScreen
from ui_board import Board, running_details
from ui_host import fill

CARD = application(applied(NOON - 9 * DAY))


@contextmanager
def suspended() -> Iterator[None]:
    """What a terminal does while another program has it."""
    yield


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where texts are kept."""
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    return kept


async def edit(board: Board, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """Press the key for the editor, which is a ``sed`` script."""
    monkeypatch.setenv("VISUAL", f"sed -i '{change}'")
    monkeypatch.setattr(board.app, "suspend", suspended)
    await board.press("ctrl+e")


async def test_what_was_edited_as_text_is_stored_as_one_step(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        await edit(board, monkeypatch, 's/"Backend Engineer"/"Lead"/; s/2026-03-01/2026-02-01/')
        edited = board.tracker.application(1)
        assert edited.role == "Lead"
        assert edited.events[0].day.isoformat() == "2026-02-01"
        await board.until(lambda: "Sun 1 Feb 2026" in board.page)
        assert list(directory.iterdir()) == []
        await board.press("u")
        assert board.tracker.application(1) == replace(CARD, id=1)


async def test_a_mistake_opens_the_text_again(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        # It makes the mistake where it is not there yet, and mends it where it is.
        mend = 's/^role = ""/role = "Lead"/'
        await edit(
            board, monkeypatch, f's/"Backend Engineer"/""/; /^# MISTAKE: line 6:/,${{{mend}}}'
        )
        assert board.tracker.application(1).role == "Lead"
        assert list(directory.iterdir()) == []


async def test_giving_up_keeps_the_text_and_says_where(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        await edit(board, monkeypatch, 's/"Backend Engineer"/""/')
        (path,) = directory.iterdir()
        (said,) = board.said
        assert said.startswith("line 5: an application needs a company and a role")
        assert said.endswith(f"your text is kept in {path}")
        assert 'role = ""' in path.read_text(encoding="utf-8")
        assert board.tracker.application(1).role == "Backend Engineer"


async def test_a_text_left_as_it_is_changes_nothing(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        await edit(board, monkeypatch, "s/a/a/")
        assert board.said == ["Nothing was changed."]
        assert len(board.tracker.history()) == 1
        assert list(directory.iterdir()) == []


async def test_an_editor_that_is_not_there_is_named(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        monkeypatch.setenv("VISUAL", "/nowhere/ed")
        monkeypatch.setattr(board.app, "suspend", suspended)
        await board.press("ctrl+e")
        (said,) = board.said
        assert said.startswith("/nowhere/ed failed")
        assert list(directory.iterdir()) == []


async def test_where_nothing_can_be_suspended_the_editor_is_refused(
    tmp_path: Path, directory: Path
) -> None:
    async with running_details(tmp_path, CARD) as board:
        await board.press("ctrl+e")
        assert board.said == ["No editor can be opened from here."]
        assert list(directory.iterdir()) == []


async def test_what_others_did_while_the_editor_was_open_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        other = Repository(tmp_path / "followup.json")

        @contextmanager
        def meanwhile() -> Iterator[None]:
            yield
            with other.change("theirs", NOON) as changes:
                known = changes.get(1)
                assert known
                changes.replace(replace(known, salary="90k").with_event(reply(NOON)))

        monkeypatch.setenv("VISUAL", "sed -i 's/2026-03-01/2026-02-01/'")
        monkeypatch.setattr(board.app, "suspend", meanwhile)
        await board.press("ctrl+e")
        edited = board.tracker.application(1)
        assert edited.salary == "90k"
        assert [event.name for event in edited.events] == ["applied", "reply"]
        assert edited.events[0].day.isoformat() == "2026-02-01"
        other.close()


async def test_a_store_that_cannot_be_written_costs_no_text(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        store, tries = board.tracker.edit, [StoreError("the disk is full")]

        def full_once(*given: Application) -> Application:
            if tries:
                raise tries.pop()
            return store(*given)

        monkeypatch.setattr(board.tracker, "edit", full_once)
        await edit(board, monkeypatch, 's/"Backend Engineer"/"Lead"/')
        (path,) = directory.iterdir()
        assert "the disk is full" in board.page
        assert "your text is kept in" in board.page
        assert '"Lead"' in path.read_text(encoding="utf-8")
        await board.press("y")
        assert board.tracker.application(1).role == "Lead"
        assert list(directory.iterdir()) == []


async def test_the_edit_dialog_goes_on_in_the_editor(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        await board.press("e")
        assert isinstance(board.app.screen, EditScreen)
        fill(board.app, "Location", "Springfield")
        await edit(board, monkeypatch, 's/"Backend Engineer"/"Lead"/')
        assert isinstance(board.app.screen, DetailsScreen)
        edited = board.tracker.application(1)
        assert (edited.role, edited.location) == ("Lead", "Springfield")
        assert list(directory.iterdir()) == []


async def test_the_edit_dialog_stays_where_the_text_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_details(tmp_path, CARD) as board:
        await board.press("e")
        fill(board.app, "Location", "Springfield")
        await edit(board, monkeypatch, "s/a/a/")
        assert isinstance(board.app.screen, EditScreen)
        await board.press("enter")
        assert board.tracker.application(1).location == "Springfield"
