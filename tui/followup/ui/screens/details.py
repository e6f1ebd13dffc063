"""The details of an application: its timeline, its steps, and why these dates (section 8)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from followup.domain.errors import UnknownApplicationError
from followup.tracker import Tracker
from followup.ui.screens import details_page, plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.help import HelpScreen
from followup.ui.screens.key_line import KeyLine

TICK = 30.0  # seconds between looks at the clock
# The most useful first; what does not fit is under the last one.
KEYS = (
    "details.leave",
    "board.compose",
    "board.interview",
    "board.reply",
    "board.outcome",
    "board.snooze",
    "board.edit",
    "board.promise",
    "board.note",
    "board.help",
)


class DetailsScreen(Screen[str | None]):
    """Shows one application and dismisses with the board's action to run on it, or with none.

    Keys have the ids that they have on the board, so that rebinding reaches both.
    """

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Back", id="details.leave"),
        Binding("f", "run('compose')", "Follow up", id="board.compose"),
        Binding("i", "run('interview')", "Interview", id="board.interview"),
        Binding("p", "run('promise')", "Promise", id="board.promise"),
        Binding("r", "run('reply')", "Reply", id="board.reply"),
        Binding("o", "run('outcome')", "Outcome", id="board.outcome"),
        Binding("s", "run('snooze')", "Snooze", id="board.snooze"),
        Binding("n", "run('note')", "Note", id="board.note"),
        Binding("e", "run('edit')", "Edit", id="board.edit"),
        Binding("question_mark", "help", "Keys", id="board.help"),
        Binding("j", "scroll_down", "Down", id="details.down"),
        Binding("k", "scroll_up", "Up", id="details.up"),
        Binding("g", "scroll_home", "Top", id="details.top"),
        Binding("G", "scroll_end", "End", id="details.end"),
    ]

    def __init__(self, card_id: int, tracker: Tracker) -> None:
        """Show the application of an id as it stands now."""
        super().__init__()
        self.card_id = card_id
        self.tracker = tracker

    def compose(self) -> ComposeResult:
        """Lay the page out; it is filled in on mount."""
        yield VerticalScroll(id="details")
        yield KeyLine(*KEYS)

    async def on_mount(self) -> None:
        """Fill the page in, and again as time passes."""
        await self.show()
        self.set_interval(TICK, self.show)

    async def show(self) -> None:
        """Show the application as it stands now; leave where it is gone."""
        tracker, now, zone = self.tracker, self.tracker.now(), self.tracker.zone
        try:
            card = tracker.card(self.card_id)
        except UnknownApplicationError:
            self.dismiss(None)
            return
        reason = tracker.foresight.stand_in(card.application)
        title = tracker.policy_of(card.application).title
        policy = f"{title} ({reason})" if reason else title
        parts: list[Widget] = [Static(details_page.headline(card, now, zone), classes="headline")]
        for heading, rows in details_page.sections(card, policy, now, zone):
            if heading:
                parts.append(Static(plain.line(heading, "bold"), classes="section"))
            parts.append(Grid(*(Static(cell) for row in rows for cell in row), classes="rows"))
        page = self.query_one("#details", VerticalScroll)
        with self.app.batch_update():
            await page.remove_children()
            await page.mount_all(parts)

    def action_run(self, name: str) -> None:
        """Leave, and have the board run one of its actions on this application."""
        self.dismiss(name)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.active_bindings))

    def action_leave(self) -> None:
        """Go back to the board."""
        self.dismiss(None)

    def action_scroll_down(self) -> None:
        """Scroll down by a line."""
        self.query_one("#details").scroll_down(animate=False)

    def action_scroll_up(self) -> None:
        """Scroll up by a line."""
        self.query_one("#details").scroll_up(animate=False)

    def action_scroll_home(self) -> None:
        """Scroll to the top."""
        self.query_one("#details").scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        """Scroll to the end."""
        self.query_one("#details").scroll_end(animate=False)
