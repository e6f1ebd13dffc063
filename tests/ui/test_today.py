"""Today: what to do now and next, in order, with one key to do each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from builders import DAY, HOUR, NOON, application, applied, interview, reply, sent
from followup.domain.channel import Receipt
from followup.domain.events import FollowUp
from followup.ui.screens.compose import ComposeScreen, SentMessage
from followup.ui.screens.snooze import SnoozeScreen
from followup.ui.screens.today import TodayScreen
from ui_board import Board, running_board
from ui_host import HOSTILE, page

LATE = application(interview(NOON - 80 * HOUR), company="Late")
DUE = application(interview(NOON - 50 * HOUR), company="Due")
ANSWERED = application(interview(NOON - 9 * DAY), reply(NOON - HOUR), company="Answered")
EARLY = application(interview(NOON - 2 * HOUR), company="Early")
CLOSEST = application(applied(NOON - 9 * DAY), company="Nudge")


def today(board: Board) -> TodayScreen:
    assert isinstance(board.app.screen, TodayScreen)
    return board.app.screen


async def test_what_is_urgent_comes_first_then_answers_then_what_is_next(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY, DUE, ANSWERED, LATE, CLOSEST) as board:
        await board.pilot.press("t")
        shown = page(board.app)
        assert "Today  3 things to do" in shown
        order = ["Now", "Late", "Due", "They answered", "Answered ", "Next", "Nudge", "Early"]
        places = [shown.index(word, shown.index("Now")) for word in order]
        assert places == sorted(places)
        assert "1 ● Follow up  Late" in shown
        assert "48 h after your interview ended Sat 7 Mar 04:00 (patient)" in shown


async def test_a_number_is_all_it_takes_to_write(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE, LATE) as board:
        await board.pilot.press("t", "2")
        assert isinstance(board.app.screen, ComposeScreen)
        assert board.app.screen.card.application.company == "Due"
        await board.pilot.press("escape")
        assert today(board)
        await board.pilot.press("9")
        assert today(board)


async def test_what_is_done_goes_and_the_cursor_stays_near(tmp_path: Path) -> None:
    async with running_board(tmp_path, LATE, DUE, EARLY) as board:
        await board.pilot.press("t")
        assert today(board).card
        await board.pilot.press("s")
        assert isinstance(board.app.screen, SnoozeScreen)
        await board.pilot.press("1")
        await board.until(lambda: "1 ● Follow up  Due" in page(board.app))
        card = today(board).card
        assert card
        assert card.application.company == "Due"
        assert "snoozed until" in page(board.app)


async def test_other_programs_and_the_clock_are_followed(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY) as board:
        await board.pilot.press("t")
        assert "Nothing to do: that is how it should be  come back in 46 h, for Early" in page(
            board.app
        )
        await board.pass_time(timedelta(hours=46))
        assert "1 ● Follow up  Early" in page(board.app)


async def test_a_board_that_comes_while_the_screen_opens_is_not_missed(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY) as board:
        board.screen.action_today()
        board.screen._show(board.tracker.deal(NOON + 3 * DAY))
        await board.settle()
        assert "1 ● Follow up  Early" in page(board.app)


async def test_an_empty_board_says_what_to_do(tmp_path: Path) -> None:
    over = application(sent(NOON - 90 * DAY), company="Over")
    async with running_board(tmp_path, over) as board:
        await board.pilot.press("t")
        assert "nothing ahead: a on the board adds an application" in page(board.app)
        await board.pilot.press("f", "r", "1", "q")
        assert board.app.screen is board.screen


async def test_a_preview_can_be_looked_at_and_changes_nothing(tmp_path: Path) -> None:
    async with running_board(tmp_path, EARLY) as board:
        await board.press("]", "]", "t")
        assert "1 ● Follow up  Early" in page(board.app)
        await board.pilot.press("f")
        assert today(board)
        assert board.said[-1] == "This is a preview: 0 goes back to now"


async def test_it_fits_in_80_by_24_and_shows_hostile_names_literally(tmp_path: Path) -> None:
    cards = [application(interview(NOON - 50 * HOUR), company=name) for name in HOSTILE]
    async with running_board(tmp_path, *cards, size=(80, 24)) as board:
        await board.pilot.press("t")
        shown = page(board.app)
        assert "[red]ACME" in shown
        assert "[@click=app" in shown
        assert "\x1b" not in shown
        assert "f Follow up   r Reply   s Snooze" in shown


async def test_a_message_that_was_sent_from_here_is_logged(tmp_path: Path) -> None:
    async with running_board(tmp_path, DUE) as board:
        await board.pilot.press("t", "enter")
        screen = board.app.screen
        assert isinstance(screen, ComposeScreen)
        message = screen.writing.message
        gone = SentMessage(
            message=message, channel="email", step=None, receipt=Receipt(detail="sent", sent=True)
        )
        screen.dismiss(gone)
        await board.until(lambda: isinstance(board.tracker.application(1).events[-1], FollowUp))
        await board.until(lambda: "Nothing to do" in page(board.app))
