"""Mail on the board: looked for in the background, and what is to be confirmed in a list."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from builders import DAY, NOON, application, applied
from followup.domain.errors import MailboxError
from followup.domain.stage import Stage
from followup.hearing import Gathered, Hearing
from followup.mail.letters import Letter
from followup.mail.listening import Ear
from followup.mail.matching import Directory
from followup.ui.screens.interview import InterviewScreen
from followup.ui.screens.replies import RepliesScreen
from mail.post import mail
from ui_board import Board, running_board
from ui_host import HOSTILE, page

GLOBEX = application(applied(NOON - 3 * DAY))
EVE = "Eve <eve@globex.example>"


def heard(board: Board, *raws: bytes) -> Gathered:
    """What looking into a mailbox with these mails would give."""
    ear = Ear(Directory(board.tracker.repository.applications()), board.tracker.now(), (), ())
    found = tuple(one for raw in raws if (one := ear.listen(Letter(raw=raw))))
    return Gathered(heard=found, looked_at=len(raws), unreadable=())


def answer(text: str, number: str = "1", **options: str) -> bytes:
    date = NOON.strftime("%d %b %Y 10:00:00 +0000")
    return mail(text, date=date, number=number, **options)


async def test_an_answer_moves_its_card_and_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_board(tmp_path, GLOBEX) as board:
        gathered = heard(board, answer("Hi"), answer("Hm", "2", sender=EVE))
        monkeypatch.setattr(Hearing, "gather", lambda _self: gathered)
        await board.screen.mail.look()
        await board.settle()
        await board.until(lambda: board.column("replied") == ["Globex"])
        assert board.said == ["Globex: they answered; 1 to be confirmed (M)"]
        await board.screen.mail.look()
        await board.settle()
        assert len(board.tracker.application(1).events) == 2


async def test_trouble_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Hearing) -> Gathered:
        raise MailboxError("no mail was read: [b]offline[/b]")

    async with running_board(tmp_path, GLOBEX) as board:
        monkeypatch.setattr(Hearing, "gather", fail)
        await board.screen.mail.look()
        await board.screen.mail.look()
        assert board.said == ["no mail was read: [b]offline[/b]"]


async def test_nobody_waits_for_a_server_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, over = threading.Event(), threading.Event()

    def hang(_self: Hearing) -> Gathered:
        assert threading.current_thread().daemon
        asked.set()
        over.wait(30)
        return Gathered(heard=(), looked_at=0, unreadable=())

    async with running_board(tmp_path, GLOBEX) as board:
        monkeypatch.setattr(Hearing, "gather", hang)
        looking = asyncio.create_task(board.screen.mail.look())
        await board.until(asked.is_set)
        await board.press("s", "1")  # the board goes on
        assert len(board.tracker.application(1).events) == 2
        over.set()
        await looking


async def test_nobody_looks_unless_told_to(tmp_path: Path) -> None:
    async with running_board(tmp_path, GLOBEX) as board:
        await board.screen.mail.work()  # ends at once
        assert "hearing" not in board.tracker.__dict__


async def open_list(board: Board, *raws: bytes) -> None:
    board.tracker.hearing.settle(heard(board, *raws))
    await board.pilot.press("M")
    await board.until(
        lambda: isinstance(board.app.screen, RepliesScreen) and "One moment" not in page(board.app)
    )


async def test_one_key_agrees_and_one_says_no(tmp_path: Path) -> None:
    async with running_board(tmp_path, GLOBEX) as board:
        rejected = answer("We won't be moving forward with your application.", "2", sender=EVE)
        await open_list(board, answer("Hi Sam, news soon.", sender=EVE), rejected)
        shown = page(board.app)
        assert "Globex, Backend Engineer" in shown
        assert "Hi Sam, news soon." in shown
        await board.pilot.press("y")
        await board.until(lambda: "news soon" not in page(board.app))
        assert board.tracker.card(1).stage is Stage.REPLIED
        await board.pilot.press("n")
        await board.until(lambda: "Nothing" in page(board.app))
        assert board.tracker.card(1).stage is Stage.REPLIED
        await board.pilot.press("escape")
        assert board.app.screen is board.screen


async def test_an_interview_is_booked_by_its_dialog(tmp_path: Path) -> None:
    async with running_board(tmp_path, GLOBEX) as board:
        await open_list(board, answer("Could we schedule an interview?"))
        await board.pilot.press("enter")
        await board.until(lambda: isinstance(board.app.screen, InterviewScreen))
        await board.pilot.press("enter")
        await board.until(lambda: "Nothing" in page(board.app))
        assert board.tracker.card(1).stage is Stage.INTERVIEW


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_mail_is_shown_as_it_is_written(tmp_path: Path, hostile: str) -> None:
    async with running_board(tmp_path, GLOBEX) as board:
        raw = answer(hostile, sender=f'"{hostile}" <eve@globex.example>', subject=hostile)
        await open_list(board, raw)
        assert "Globex, Backend Engineer" in page(board.app)
