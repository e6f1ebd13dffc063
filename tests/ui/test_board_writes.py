"""What keys ask for is stored, in order; what others write is seen; nothing typed is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.screen import Screen

from builders import DAY, HOUR, NOON, HandClock, application, applied, interview, reply
from followup.domain.channel import Receipt
from followup.domain.events import (
    AnyEvent,
    FollowUp,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Promise,
    Reply,
    Snooze,
)
from followup.domain.message import Message
from followup.domain.stage import Stage
from followup.domain.step import StepKind
from followup.store.repository import Repository
from followup.tracker import StoreError
from followup.ui.screens.application_form import AddScreen, EditScreen
from followup.ui.screens.compose import ComposeScreen, SentMessage
from followup.ui.screens.confirm import ConfirmScreen
from followup.ui.screens.details import DetailsScreen
from followup.ui.screens.first_run import FirstRun
from followup.ui.screens.help import HelpScreen
from followup.ui.screens.import_file import ImportScreen
from followup.ui.screens.interview import InterviewScreen
from followup.ui.screens.note import NoteScreen
from followup.ui.screens.outcome import OutcomeScreen
from followup.ui.screens.promise import PromiseScreen
from followup.ui.screens.reply import ReplyScreen
from followup.ui.screens.snooze import SnoozeScreen
from ui_board import Board, running, running_board, tracker_over

DUE = application(applied(NOON - 20 * DAY), interview(NOON - 3 * DAY), company="Globex")
OTHER = application(applied(NOON - DAY), company="Other")

EVENTS: list[tuple[str, type[Screen[Any]], AnyEvent, Stage]] = [
    ("r", ReplyScreen, Reply(at=NOON, text="Come in"), Stage.REPLIED),
    ("o", OutcomeScreen, Outcome(at=NOON, result=OutcomeKind.OFFER), Stage.CLOSED),
    ("s", SnoozeScreen, Snooze(at=NOON, until=NOON + DAY), Stage.WAITING),
    ("p", PromiseScreen, Promise(at=NOON, by=(NOON + DAY).date()), Stage.DUE),
    ("n", NoteScreen, Note(at=NOON, text="Dana likes tea"), Stage.DUE),
    ("i", InterviewScreen, Interview(at=NOON + DAY, ends=NOON + DAY + HOUR), Stage.INTERVIEW),
]


def answer(board: Board, value: Any) -> None:
    """Leave the dialog that is open with a value."""
    board.app.screen.dismiss(value)


async def test_keys_open_dialogs_and_nothing_comes_of_leaving_them(tmp_path: Path) -> None:
    dialogs: dict[str, type[Screen[Any]]] = {
        **{key: screen for key, screen, _, _ in EVENTS},
        "f": ComposeScreen,
        "e": EditScreen,
        "a": AddScreen,
        "x": ConfirmScreen,
        "delete": ConfirmScreen,
        "enter": DetailsScreen,
        "question_mark": HelpScreen,
    }
    async with running_board(tmp_path, DUE, OTHER) as board:
        before = board.tracker.repository.applications()
        for key, screen in dialogs.items():
            await board.press(key)
            assert isinstance(board.app.screen, screen), key
            await board.press("escape")
            assert board.app.screen is board.screen
        assert board.tracker.repository.applications() == before


@pytest.mark.parametrize(("key", "screen", "event", "stage"), EVENTS)
async def test_an_event_is_logged_and_the_cursor_goes_with_the_card(
    tmp_path: Path, key: str, screen: type[Screen[Any]], event: AnyEvent, stage: Stage
) -> None:
    async with running_board(tmp_path, DUE, OTHER) as board:
        await board.press(key)
        assert isinstance(board.app.screen, screen)
        answer(board, event)
        await board.settle()
        assert board.tracker.application(1).events[-1] == event
        assert board.company == "Globex"
        assert board.screen.card
        assert board.screen.card.stage is stage


async def test_a_message_that_was_sent_is_logged_with_its_channel_and_reason(
    tmp_path: Path,
) -> None:
    message = Message(subject="Hello", body="May I ask for news?")
    sent = SentMessage(
        message=message,
        channel="email",
        step=StepKind.FOLLOW_UP,
        receipt=Receipt(detail="opened"),
        override="asked",
    )
    async with running_board(tmp_path, DUE) as board:
        await board.press("f")
        answer(board, sent)
        await board.settle()
        event = board.tracker.application(1).events[-1]
        assert isinstance(event, FollowUp)
        assert (event.text, event.subject, event.channel) == (message.body, "Hello", "email")
        assert (event.step, event.override) == (StepKind.FOLLOW_UP, "asked")
        assert board.column("waiting") == ["Globex"]


async def test_a_draft_is_kept_while_the_board_is_open(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        await board.press("f")
        await board.press(*"XYZ")
        await board.press("escape")
        await board.press("f")
        assert "XYZ" in board.page


async def test_an_application_is_added_and_selected(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        await board.press("a")
        answer(board, application(applied(NOON), company="New"))
        await board.settle()
        assert board.company == "New"
        assert board.tracker.application(2).company == "New"


async def test_an_edit_keeps_what_was_logged_while_the_dialog_stood_open(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        before = board.tracker.application(1)
        await board.press("e")
        board.tracker.log(1, Note(at=NOON, text="meanwhile"))
        answer(board, replace(before, company="Renamed"))
        await board.settle()
        stored = board.tracker.application(1)
        assert stored.company == "Renamed"
        assert stored.events[-1] == Note(at=NOON, text="meanwhile")


async def test_removing_asks_first_and_undo_brings_it_back(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE, OTHER) as board:
        await board.press("x")
        assert "Remove Globex, Backend Engineer?" in board.page
        await board.press("n")
        assert len(board.tracker.repository.applications()) == 2
        await board.press("x", "y")
        await board.settle()
        assert [a.company for a in board.tracker.repository.applications()] == ["Other"]
        assert board.company == "Other"
        await board.press("u")
        assert board.tracker.application(1).company == "Globex"
        assert board.company == "Globex"
        assert board.said == ["Undone: remove Globex"]


async def test_undo_and_redo(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        board.tracker.log(1, reply(NOON))
        board.screen._reload()
        await board.settle()
        await board.press("u")
        assert board.column("due") == ["Globex"]
        await board.press("ctrl+r")
        assert board.column("replied") == ["Globex"]
        assert board.said == ["Undone: log reply for Globex", "Done again: log reply for Globex"]
        await board.press("ctrl+r")
        assert board.said[-1] == "nothing to redo"


async def test_details_lead_to_what_they_are_left_with(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        await board.press("enter")
        assert isinstance(board.app.screen, DetailsScreen)
        await board.press("r")
        assert isinstance(board.app.screen, ReplyScreen)
        answer(board, reply(NOON))
        await board.settle()
        assert board.column("replied") == ["Globex"]


# What others write


def change_from_outside(directory: Path, change: Callable[[Any], None]) -> None:
    """Change the store as another process would."""
    repository = Repository(directory / "followup.json")
    with repository.change("from outside", NOON) as changes:
        change(changes)
    repository.close()


async def test_a_change_from_outside_is_seen(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE, OTHER) as board:
        change_from_outside(tmp_path, lambda c: c.replace(c.get(2).with_event(reply(NOON))))
        await board.until(lambda: board.column("replied") == ["Other"])
        assert "1 to answer" in board.page


async def test_a_change_from_outside_leaves_cursor_and_scroll_alone(tmp_path: Path) -> None:
    cards = [application(interview(NOON - (60 - n) * DAY), company=f"C{n}") for n in range(40)]
    async with running_board(tmp_path, *cards) as board:
        await board.press(*"Gkkk")
        selected, scroll = board.company, board.screen.query_one("#due").scroll_offset.y
        assert scroll > 0
        change_from_outside(tmp_path, lambda c: c.add(application(company="New")))
        await board.until(lambda: "New" in board.column("applied"))
        assert board.company == selected
        assert board.screen.query_one("#due").scroll_offset.y == scroll


async def test_the_cursor_stays_near_a_card_that_others_remove(tmp_path: Path) -> None:
    cards = [application(interview(NOON - n * DAY), company=f"C{n}") for n in (9, 8, 7)]
    async with running_board(tmp_path, *cards) as board:
        await board.press("j")
        assert board.company == "C8"
        change_from_outside(tmp_path, lambda c: c.remove(2))
        await board.until(lambda: board.column("due") == ["C9", "C7"])
        assert board.company == "C7"


async def test_an_open_dialog_survives_a_change_from_outside(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE, OTHER) as board:
        await board.press("n")
        await board.press(*"half a thou")
        dialog = board.app.screen
        change_from_outside(tmp_path, lambda c: c.replace(c.get(2).with_event(reply(NOON))))
        await board.until(lambda: board.column("replied") == ["Other"])
        assert board.app.screen is dialog
        assert "half a thou" in board.page


async def test_a_store_that_cannot_be_read_is_said_once_and_the_board_stays(
    tmp_path: Path,
) -> None:
    async with running_board(tmp_path, DUE) as board:
        path = tmp_path / "followup.json"
        content = path.read_bytes()
        path.write_bytes(b"[]")
        await board.until(lambda: board.said)
        board.screen.beat()
        await board.settle()
        assert len(board.said) == 1
        assert str(path) in board.said[0]
        assert board.company == "Globex"
        path.write_bytes(content)
        board.screen.beat()
        await board.settle()
        assert len(board.said) == 1


# Refusals


async def test_what_the_store_did_not_take_is_offered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_board(tmp_path, DUE) as board:
        log = board.tracker.log

        def full(*_: Any) -> None:
            raise StoreError("cannot write the store: the disk is full")

        monkeypatch.setattr(board.tracker, "log", full)
        await board.press("r")
        answer(board, Reply(at=NOON, text="precious words"))
        await board.settle()
        assert isinstance(board.app.screen, ConfirmScreen)
        assert "the disk is full" in board.page
        monkeypatch.setattr(board.tracker, "log", log)
        await board.press("y")
        assert board.tracker.application(1).events[-1].text == "precious words"
        assert board.column("replied") == ["Globex"]


async def test_what_is_refused_is_said_and_changes_nothing(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        await board.press("s")
        answer(board, Snooze(at=NOON, until=NOON - DAY))
        await board.settle()
        assert board.said == ["the snooze ends before it begins: give --until a later date"]
        assert board.column("due") == ["Globex"]


# First run


async def test_an_empty_board_offers_three_ways_in(tmp_path: Path) -> None:
    clock = HandClock()
    tracker = tracker_over(tmp_path / "followup.json", (), clock)
    from followup.ui.app import FollowupApp

    async with running(FollowupApp(tracker), clock, (80, 24)) as board:
        assert board.screen.query_one(FirstRun).has_focus
        assert not board.screen.query_one("Lanes").display
        await board.press("i")
        assert isinstance(board.app.screen, ImportScreen)
        await board.press("escape", "a")
        assert isinstance(board.app.screen, AddScreen)
        answer(board, DUE)
        await board.settle()
        assert not board.screen.query(FirstRun)
        assert board.company == "Globex"
        assert "Globex" in board.page
        await board.press("u")
        assert board.screen.query_one(FirstRun).has_focus


async def test_the_demo_is_another_store(tmp_path: Path) -> None:
    from followup.ui.app import FollowupApp

    clock = HandClock()
    mine = tracker_over(tmp_path / "mine.json", (), clock)
    demo = tracker_over(tmp_path / "demo.json", (DUE,), clock)
    app = FollowupApp(mine, open_demo=lambda: demo)
    async with running(app, clock) as board:
        await board.press("d")
        assert board.company == "Globex"
        assert "followup demo" in board.lines()[1]
        await board.press("r")
        answer(board, reply(NOON))
        await board.settle()
        assert mine.repository.applications() == ()


async def test_without_a_demo_it_says_how_to_get_one(tmp_path: Path) -> None:
    from followup.ui.app import FollowupApp

    clock = HandClock()
    async with running(FollowupApp(tracker_over(tmp_path / "a.json", (), clock)), clock) as board:
        await board.press("d")
        assert board.said == ["Leave with q and run `followup demo`"]


async def test_leaving_waits_for_what_is_being_stored(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        gate = threading.Event()
        stored: list[bool] = []

        def slow() -> None:
            gate.wait(10)
            stored.append(True)

        board.screen.desk._write(slow, lambda _: None)
        leaving = asyncio.create_task(board.app.action_quit())
        await board.pilot.pause()
        assert not leaving.done()
        gate.set()
        await leaving
        assert stored == [True]
