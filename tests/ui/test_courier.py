"""Messages on their way behind the board: it goes on, and says how that went."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import hasty_worker
from builders import DAY, NOON, HandClock, application, interview
from followup.cli.worker import COMMAND
from followup.domain.errors import UnconfirmedError
from followup.domain.message import Message
from followup.domain.outbox import State
from followup.domain.stage import Stage
from followup.domain.text import clean_page
from followup.extensions.outside import OutsidePlugins
from followup.store.repository import Repository
from followup.ui.screens.compose import ComposeScreen
from followup.ui.screens.confirm import ConfirmScreen
from followup.ui.screens.message_editor import MessageEditor
from followup.ui.screens.secret import SecretScreen
from radio import Radio, radio_script
from scripts import write_script
from ui_board import Board, running_board
from ui_host import Host, page, tracker_in

WRITTEN = "Is there any news?"


@asynccontextmanager
async def a_board(
    directory: Path, does: str = "pass", *, hasty: bool = True
) -> AsyncIterator[Board]:
    """A board with two applications, and a channel that does this."""
    write_script(directory, "radio", radio_script(does))
    clock = HandClock()
    command = hasty_worker.COMMAND if hasty else COMMAND
    outside = OutsidePlugins(directory, clock.now, command)
    globex = application(interview(NOON - 3 * DAY), contacts=())
    later = application(interview(NOON - DAY), company="Initech")
    async with running_board(directory, globex, later, clock=clock, outside=outside) as board:
        await board.until(lambda: outside.faults or "radio" in board.tracker.host.channels)
        yield board
    outside.close()


async def send(board: Board) -> None:
    """Write a message to Globex and send it by the radio."""
    await board.press("f")
    await board.until(lambda: isinstance(board.app.screen, ComposeScreen))
    board.app.screen.query_one(MessageEditor).write(WRITTEN)
    await board.press("ctrl+n")
    assert "by Radio" in board.page
    await board.press("ctrl+s")
    await board.until(lambda: isinstance(board.app.screen, ConfirmScreen))
    assert "Send it?" in board.page
    await board.press("y")
    await board.until(lambda: board.app.screen is board.screen)


def has_ended(pid: int) -> bool:
    """Whether a process is gone, and no zombie either."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1].startswith("Z")
    except FileNotFoundError:
        return True


async def test_it_is_sent_and_the_card_moves(tmp_path: Path) -> None:
    async with a_board(tmp_path) as board:
        await send(board)
        await board.until(lambda: "Sent to Globex: 250 OK" in board.said)
        await board.until(lambda: board.column("waiting") == ["Globex"])
        assert board.said[0] == "Sending to Globex…"
        assert board.tracker.drafts.get(1) is None
        await board.press("u")
        await board.until(lambda: board.column("due") == ["Globex"])


async def test_the_board_goes_on_while_a_channel_hangs_and_leaving_says_so(
    tmp_path: Path,
) -> None:
    async with a_board(tmp_path, "time.sleep(3600)", hasty=False) as board:
        await send(board)
        trace = tmp_path / "plugins" / "radio.pid"
        await board.until(lambda: trace.exists() and trace.read_text())
        assert board.company == "Globex"
        await board.press("left")
        assert board.company == "Initech"
        await board.press("n")
        assert board.app.screen is not board.screen, "dialogs open"
        await board.press("escape", "q")
        assert board.said[-1] == ("A message is on its way: wait, or q again leaves it unconfirmed")
        assert board.app.is_running
        assert board.tracker.outbox.unconfirmed() == {}
        await board.app.action_quit()
        assert has_ended(int(trace.read_text()))
    (intent,) = Repository(tmp_path / "followup.json").outbox().values()
    assert intent.state is State.UNCONFIRMED


@pytest.mark.parametrize("does", ["os._exit(3)", "while True: pass", "os.kill(os.getpid(), 11)"])
async def test_what_is_lost_is_unconfirmed_on_its_card(tmp_path: Path, does: str) -> None:
    async with a_board(tmp_path, does) as board:
        await send(board)
        await board.until(lambda: any(line.startswith("Unconfirmed: ") for line in board.said))
        await board.until(lambda: "▲ unconfirmed" in board.page)
        assert board.company == "Globex"
        assert "nobody knows whether your message" in board.page
        assert "▲ 1 unconfirmed" in board.lines()[1]
        await board.press("t")
        assert "▲ unconfirmed: did it go?" in board.page
        await board.press("escape")
        # Escape: it stays as it is.
        await board.press("f")
        await board.until(lambda: isinstance(board.app.screen, ConfirmScreen))
        assert "Did it go?" in board.page
        await board.press("escape")
        await board.until(lambda: board.app.screen is board.screen)
        assert board.tracker.card(1).unconfirmed
        # Yes: it is on the timeline.
        await board.press("f")
        await board.until(lambda: isinstance(board.app.screen, ConfirmScreen))
        await board.press("y")
        await board.until(lambda: board.column("waiting") == ["Globex"])
        assert board.tracker.application(1).events[-1].text == WRITTEN
        assert "▲ unconfirmed" not in board.page


async def test_what_did_not_go_is_a_draft_again(tmp_path: Path) -> None:
    async with a_board(tmp_path, "os._exit(3)") as board:
        await send(board)
        await board.until(lambda: board.tracker.outbox.unconfirmed())
        await board.press("f")
        await board.until(lambda: isinstance(board.app.screen, ConfirmScreen))
        await board.press("n")
        await board.until(lambda: isinstance(board.app.screen, ComposeScreen))
        await board.until(lambda: not board.tracker.outbox.unconfirmed())
        assert board.app.screen.query_one(MessageEditor).text == WRITTEN


async def test_what_could_not_be_sent_says_so_on_its_card(tmp_path: Path) -> None:
    async with a_board(tmp_path, "raise DeliveryError('550 no [such] mailbox')") as board:
        await send(board)
        said = "Not sent to Globex, your text is kept: 550 no [such] mailbox"
        await board.until(lambda: said in board.said)
        await board.until(lambda: "▲ unse" in board.page)
        assert board.column("due") == ["Globex"]
        await board.press("f")
        await board.until(lambda: "Not sent: 550 no [such] mailbox" in board.said)
        assert board.app.screen.query_one(MessageEditor).text == WRITTEN


async def test_a_message_that_another_program_left_in_doubt_is_seen(tmp_path: Path) -> None:
    async with a_board(tmp_path) as board:
        other = Radio()
        other.name, other.needs = "other", None
        other.fails_with(UnconfirmedError("cut"))
        elsewhere = tracker_in(tmp_path, plugins=[other.plugin])
        with pytest.raises(UnconfirmedError):
            elsewhere.sending.send(1, Message(body=WRITTEN), channel="other")
        elsewhere.close()
        await board.until(lambda: "▲ unconfirmed" in board.page)


class TestSecrets:
    async def test_it_is_typed_unseen_and_asked_for_once(self, tmp_path: Path) -> None:
        radio = Radio()
        radio.question = "Password of sam@poe.example"
        tracker = tracker_in(
            tmp_path, application(interview(NOON - 3 * DAY)), plugins=[radio.plugin]
        )
        draft = tracker.draft(1, channel="radio")
        tracker.drafts.put(1, draft)
        app = Host(lambda: ComposeScreen(tracker.card(1), tracker))
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("ctrl+s")
            await app.shows(ConfirmScreen)
            await pilot.press("y")
            await app.shows(SecretScreen)
            await pilot.press(*"canary")
            await pilot.pause()
            shown = page(app) + clean_page(app.export_screenshot(), limit=10**6)
            assert "Password of sam@poe.example" in page(app)
            assert "canary" not in shown
            await pilot.press("enter")
            await app.workers.wait_for_complete()
        assert radio.secrets == ["canary"]
        assert tracker.card(1).stage is Stage.WAITING
        assert tracker.sending.asks("radio") == ""

    async def test_without_it_nothing_is_sent(self, tmp_path: Path) -> None:
        radio = Radio()
        radio.question = "Password of sam@poe.example"
        tracker = tracker_in(
            tmp_path, application(interview(NOON - 3 * DAY)), plugins=[radio.plugin]
        )
        tracker.drafts.put(1, tracker.draft(1, channel="radio"))
        app = Host(lambda: ComposeScreen(tracker.card(1), tracker))
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("ctrl+s")
            await app.shows(ConfirmScreen)
            await pilot.press("y")
            await app.shows(SecretScreen)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, ComposeScreen)
        assert not radio.sent
