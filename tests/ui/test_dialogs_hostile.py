"""Text from outside is shown literally on every screen: no markup, no control reaches it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from textual.screen import Screen
from textual.signal import Signal

from builders import NOON, application
from followup.domain.application import Application, Contact
from followup.domain.board import Board, Card
from followup.domain.events import FollowUp, Interview, Note
from followup.domain.message import Message, Severity, Verdict
from followup.domain.text import clean
from followup.tracker import Tracker
from followup.ui.desk import Desk
from followup.ui.screens.application_form import AddScreen, EditScreen
from followup.ui.screens.compose import ComposeScreen
from followup.ui.screens.confirm import ConfirmScreen
from followup.ui.screens.details import DetailsScreen
from followup.ui.screens.fact_form import FactScreen
from followup.ui.screens.fields import LineInput, PageInput
from followup.ui.screens.interview import InterviewScreen
from followup.ui.screens.note import NoteScreen
from followup.ui.screens.outcome import OutcomeScreen
from followup.ui.screens.override import OverrideScreen
from followup.ui.screens.policy import PolicyScreen
from followup.ui.screens.preview import PreviewScreen
from followup.ui.screens.promise import PromiseScreen
from followup.ui.screens.reply import ReplyScreen
from followup.ui.screens.snooze import SnoozeScreen
from followup.ui.screens.tags import TagsScreen
from followup.ui.screens.today import TodayScreen
from followup.ui.screens.views import ViewNameScreen, ViewsScreen
from followup.ui.watch import Watch
from ui_host import Host, page, tracker_in

# Markup that alters, markup that crashes, an action, a window title, a turned-round name.
NASTY = "[red]A[/foo] [@click=app.quit]x\x1b]0;x\x07 \u202egnp \\[b]"
Make = Callable[[Card, Tracker], Screen[Any]]
SCREENS: dict[str, Make] = {
    "edit": lambda card, tracker: EditScreen(card, tracker),
    "interview": InterviewScreen,
    "promise": PromiseScreen,
    "reply": ReplyScreen,
    "outcome": OutcomeScreen,
    "snooze": SnoozeScreen,
    "note": NoteScreen,
    "policy": PolicyScreen,
    "tags": lambda card, tracker: TagsScreen(card, card.application.tags),
    "views": lambda card, tracker: ViewsScreen({card.application.company: "x"}, ""),
    "view name": lambda card, tracker: ViewNameScreen(card.application.company, {}),
    "details": lambda card, tracker: details_of(card, tracker),
    "fact": lambda card, tracker: FactScreen(card, card.application.events[1], tracker.clock),
    "compose": ComposeScreen,
    "confirm": lambda card, tracker: ConfirmScreen("Sure?", card.application.company),
    "today": lambda card, tracker: today_of(card, tracker),
    "preview": lambda card, tracker: PreviewScreen(
        card, Message(subject=NASTY, body=NASTY), tracker.host.channels["email"]
    ),
    "override": lambda card, tracker: OverrideScreen(
        [Verdict(code="x", severity=Severity.BLOCK, message=card.application.company)]
    ),
}


def details_of(card: Card, tracker: Tracker) -> DetailsScreen:
    """The details, at a desk of their own."""
    board: Screen[Any] = Screen()
    desk = Desk(board, tracker, lambda _: None, str)
    return DetailsScreen(card.id, tracker, desk, Signal(board, "changed"), Watch(tracker.clock))


def today_of(card: Card, tracker: Tracker) -> TodayScreen:
    """The day, of a board that knows one card."""
    changed: Signal[Board] = Signal(Screen(), "changed")
    return TodayScreen(tracker.board, tracker, lambda *_: None, changed)


def hostile(text: str) -> Application:
    """An application in which every text is hostile."""
    return application(
        Interview(at=NOON - timedelta(hours=60), ends=NOON - timedelta(hours=59), text=text),
        FollowUp(at=NOON - timedelta(hours=8), channel=text, subject=text, text=text),
        Note(at=NOON - timedelta(hours=1), text=text),
        company=text,
        role=text,
        contacts=(Contact(name=text, email="dana@globex.example", phone=text),),
        tags=(text,),
        location=text,
        notes=text,
    )


@pytest.mark.parametrize("name", SCREENS)
async def test_hostile_text_is_shown_literally(tmp_path: Path, name: str) -> None:
    tracker = tracker_in(tmp_path, hostile(NASTY))
    # Past the cleaning on the way in, as from a store that something else wrote.
    card = tracker.card_of(replace(hostile(NASTY), id=1))
    app = Host(lambda: SCREENS[name](card, tracker))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = page(app)
        assert clean(NASTY) in shown
        controls = {c for c in shown if unicodedata.category(c) in {"Cc", "Cf"}} - {"\n"}
        assert controls == set()
        # Nor does a click on any of it run an action.
        for y, line in enumerate(shown.splitlines()):
            x = line.find("app.quit]x")
            if x >= 0:
                await pilot.click(offset=(x + 9, y))
        assert app.is_running
        assert app.return_code is None


async def test_what_is_pasted_into_a_field_is_one_harmless_line(tmp_path: Path) -> None:
    app = Host(lambda: AddScreen(tracker_in(tmp_path)))
    async with app.run_test() as pilot:
        await pilot.pause()
        app.post_message(events.Paste("\nAC\x1b]0;x\x07ME\u202e\nsecond line"))
        await pilot.pause()
        assert app.screen.query(LineInput).first().value == "AC]0;xME"


async def test_what_is_pasted_into_a_page_keeps_its_lines(tmp_path: Path) -> None:
    tracker = tracker_in(tmp_path, application())
    app = Host(lambda: NoteScreen(tracker.card(1), tracker))
    async with app.run_test() as pilot:
        await pilot.pause()
        app.post_message(events.Paste("AC\x1b]0;x\x07ME\u202e\nsecond line"))
        await pilot.pause()
        assert app.screen.query_one(PageInput).text == "AC]0;xME\nsecond line"
