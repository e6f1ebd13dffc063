"""The board: every application by follow-up stage, driven by keys (design, section 8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from followup.domain.board import Board, Card
from followup.tracker import StoreError, Tracker
from followup.ui.deeds import DEEDS, dialog
from followup.ui.shown import Place, Shown
from followup.ui.watch import Watch
from followup.ui.widgets.column import Column
from followup.ui.widgets.header import Header, Summary
from followup.ui.widgets.keybar import KeyBar
from followup.ui.widgets.lanes import Lanes
from followup.ui.widgets.why import Case, Why
from followup.ui.writes import Write, WriteQueue

Given = TypeVar("Given")

HEARTBEAT = 0.5  # seconds between looks at the clock and at what other programs wrote
_RECORD = Binding.Group("Record")
_CHANGE = Binding.Group("Change")
_MOVE = Binding.Group("Move")
_LOOK = Binding.Group("Look")


class BoardScreen(Screen[None]):
    """Shows the board, keeps it up to date, and hands what the user does to the tracker."""

    CSS_PATH = "../styles/board.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 - as Textual types it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "details", "Details", id="board.details", group=_LOOK),
        Binding("f", "do('compose')", "Follow up", id="board.compose", group=_RECORD),
        Binding("a", "add", "Add", id="board.add", group=_CHANGE),
        Binding("i", "do('interview')", "Interview", id="board.interview", group=_RECORD),
        Binding("r", "do('reply')", "Reply", id="board.reply", group=_RECORD),
        Binding("o", "do('outcome')", "Outcome", id="board.outcome", group=_RECORD),
        Binding("s", "do('snooze')", "Snooze", id="board.snooze", group=_RECORD),
        Binding("p", "do('promise')", "Promise", id="board.promise", group=_RECORD),
        Binding("n", "do('note')", "Note", id="board.note", group=_RECORD),
        Binding("e", "do('edit')", "Edit", id="board.edit", group=_CHANGE),
        Binding("slash", "search", "Search", id="board.search", group=_LOOK),
        Binding("u", "turn('undo')", "Undo", id="board.undo", group=_CHANGE),
        Binding("right_square_bracket", "travel(1)", "Look ahead", id="board.day", group=_LOOK),
        Binding("question_mark", "help", "Keys", id="board.help", group=_LOOK),
    ]
