"""The details of an application: its timeline, its steps, and why these dates (section 8)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import ClassVar, Literal

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import Widget
from textual.widgets import Static

from followup.domain.application import Application, Contact
from followup.domain.board import Board, Card
from followup.domain.errors import UnknownApplicationError
from followup.domain.events import AnyEvent
from followup.domain.telling import told
from followup.tracker import Tracker
from followup.ui.desk import Desk
from followup.ui.external_editor import edit_application
from followup.ui.screens import plain
from followup.ui.screens.details_page import Line, Link, Section, Told
from followup.ui.screens.details_rows import ContactRow, FactRow, LinkRow, Row
from followup.ui.screens.fact_form import FactScreen
from followup.ui.screens.form import STYLES
from followup.ui.screens.help import HelpScreen
from followup.ui.screens.key_line import KeyLine
from followup.ui.screens.notes import Notes
from followup.ui.watch import Watch

TICK = 30.0  # seconds between looks at the clock
WIDE = 120  # cells from which people and notes stand beside the timeline
# The keys of the row in hand, then the most useful; what does not fit is under the last one.
KEYS = (
    "details.write",
    "details.call",
    "details.open",
    "details.copy",
    "details.first",
    "details.correct",
    "details.remove",
    "board.compose",
    "board.interview",
    "board.reply",
    "board.outcome",
    "board.snooze",
    "board.edit",
    "details.editor",
    "board.promise",
    "board.note",
    "details.leave",
    "board.help",
)
_CHANGES = frozenset(("run", "edit_outside", "turn", "put_first", "correct", "take_away"))


class DetailsScreen(Screen[None]):
    """Shows one application at the time of a watch, and follows the board as it changes.

    Keys that the board has as well have the same ids, so that rebinding reaches both. What is
    asked for goes to the board's ``desk``; ``changed`` tells of every new board.
    """

    CSS_PATH: ClassVar = [STYLES, STYLES.parent / "details.tcss"]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="details.leave"),
        Binding("f", "run('compose')", "Follow up", id="board.compose"),
        Binding("i", "run('interview')", "Interview", id="board.interview"),
        Binding("p", "run('promise')", "Promise", id="board.promise"),
        Binding("r", "run('reply')", "Reply", id="board.reply"),
        Binding("o", "run('outcome')", "Outcome", id="board.outcome"),
        Binding("s", "run('snooze')", "Snooze", id="board.snooze"),
        Binding("n", "run('note')", "Note", id="board.note"),
        Binding("e", "run('edit')", "Edit", id="board.edit"),
        Binding("ctrl+e", "edit_outside", "Editor", id="details.editor", tooltip="Edit as text"),
        Binding("u", "turn('undo')", "Undo", id="board.undo"),
        Binding("ctrl+r", "turn('redo')", "Redo", id="board.redo"),
        Binding("question_mark", "help", "Keys", id="board.help"),
        Binding("j,down", "move(1)", "Down", id="details.down"),
        Binding("k,up", "move(-1)", "Up", id="details.up"),
        Binding("l,right,h,left", "cross", "Across", id="details.cross"),
        Binding("pagedown,space", "page(1)", "Page down", id="details.page_down"),
        Binding("pageup", "page(-1)", "Page up", id="details.page_up"),
        Binding("g,home", "edge(-1)", "Top", id="details.top"),
        Binding("G,end", "edge(1)", "End", id="details.end"),
    ]

    def __init__(
        self, card_id: int, tracker: Tracker, desk: Desk, changed: Signal[Board], time: Watch
    ) -> None:
        """Show the application of an id."""
        super().__init__()
        self.card_id = card_id
        self.tracker = tracker
        self.desk = desk
        self.card: Card | None = None
        self._changed = changed
        self._time = time
        self._shown: object = None
        self._showing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Lay the page out; it is filled in on mount."""
        yield Static(id="details-headline")
        with VerticalScroll(id="details", can_focus=False):
            yield Vertical(id="details-main", classes="column")
            yield Vertical(id="details-side", classes="column")
        yield KeyLine(*KEYS)

    async def on_mount(self) -> None:
        """Fill the page in, and again as time passes or something changes."""
        await self.show()
        self.set_interval(TICK, self.show)
        self._changed.subscribe(self, lambda _: self.call_later(self.show))

    async def on_resize(self, event: events.Resize) -> None:
        """Put people and notes beside the timeline where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")
        await self.show()

    # What is shown

    async def show(self) -> None:
        """Show the application as it stands; leave where it is gone."""
        async with self._showing:
            moment = self._time.moment
            try:
                card = self.tracker.card(self.card_id, moment)
            except UnknownApplicationError:
                if self.is_current:
                    self.dismiss(None)
                return
            self.card = card
            page = Told(card, self._policy(card.application), moment, self.tracker.zone)
            headline = page.headline(self._time.away)
            self.query_one("#details-headline", Static).update(headline)
            columns = page.columns(is_wide=self.has_class("-wide"))
            shown = (columns, card.application.notes)
            if shown != self._shown:
                self._shown = shown
                await self._lay_out(columns, card.application.notes)

    def _policy(self, application: Application) -> str:
        reason = self.tracker.foresight.stand_in(application)
        title = self.tracker.policy_of(application).title
        return f"{title} ({reason})" if reason else title

    async def _lay_out(self, columns: Sequence[Sequence[Section]], notes: str) -> None:
        """Put the sections where they belong, the cursor on the row where it was."""
        held = self.focused
        kind = type(held) if held else ContactRow
        at = list(self.query(kind)).index(held) if held else 0
        parts = [list(_widgets(sections)) for sections in columns]
        parts[-1].extend(_notes(notes))
        with self.app.batch_update():
            for column, widgets in zip_longest(self.query(".column"), parts):
                await column.remove_children()
                await column.mount_all(widgets or ())
        if rows := list(self.query(kind)):
            self.set_focus(rows[min(at, len(rows) - 1)], scroll_visible=False)

    # The cursor

    def action_move(self, rows: int) -> None:
        """Go to the next row (1), or to the one before (-1), but not round and round."""
        chain = self.focus_chain
        at = chain.index(self.focused) + rows if self.focused in chain else 0
        if 0 < at < len(chain):
            chain[at].focus()
        elif chain:
            self.action_edge(rows)

    def action_page(self, pages: int) -> None:
        """Scroll by so many pages."""
        page = self.query_one("#details")
        page.scroll_relative(y=pages * page.size.height, animate=False)

    def action_edge(self, direction: int) -> None:
        """Go to the first row (-1) or to the last one (1)."""
        page, chain = self.query_one("#details"), self.focus_chain
        if chain:
            chain[0 if direction < 0 else -1].focus(scroll_visible=False)
        if direction < 0:
            page.scroll_home(animate=False)
        else:
            page.scroll_end(animate=False)

    def action_cross(self) -> None:
        """Go to the first row of the other column."""
        main, side = self.query_one("#details-main"), self.query_one("#details-side")
        is_main = self.focused is not None and main in self.focused.ancestors
        other = side if is_main else main
        chain = (widget for widget in self.focus_chain if other in widget.ancestors)
        if row := next(chain, None):
            row.focus()

    # What is asked for

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no changes where nothing can be changed, and none that would change nothing."""
        row = self.focused
        if action == "put_first" and isinstance(row, ContactRow) and row.is_first:
            return False
        return self.desk.can_change if action in _CHANGES else True

    def action_run(self, name: str) -> None:
        """Ask for something about this application, as the board does."""
        if self.card:
            self.desk.ask(name, self.card)

    def action_turn(self, way: Literal["undo", "redo"]) -> None:
        """Take the newest change back, or make it again."""
        self.desk.turn(way)

    def action_edit_outside(self) -> None:
        """Edit the whole application as text, in the user's own editor."""
        base = self.tracker.application(self.card_id)
        if answer := edit_application(self.app, base, self.tracker):
            edited, page = answer
            self.desk.store_page(edited, base, page)

    def action_put_first(self) -> None:
        """Have follow-ups written to the contact in hand."""
        if isinstance(self.focused, ContactRow):
            contact = self.focused.contact
            name = contact.name or contact.email or "this contact"
            change = partial(_led_by, contact)
            self.desk.revise(self.card_id, change, f"Written to first: {name}")

    def action_correct(self) -> None:
        """Ask for the fact in hand as it should be."""
        if self.card and isinstance(self.focused, FactRow):
            fact = self.focused.event

            def answered(correct: AnyEvent | None) -> None:
                if correct and correct != fact:
                    self._put(fact, correct)

            screen = FactScreen(self.card, fact, self.tracker.clock)
            self.app.push_screen(screen, answered)

    def action_take_away(self) -> None:
        """Take the fact in hand away; undo brings it back."""
        if isinstance(self.focused, FactRow):
            self._put(self.focused.event, None)

    def _put(self, known: AnyEvent, instead: AnyEvent | None) -> None:
        done = "Corrected" if instead else "Removed"
        said = f"{done}: {told(known, self.tracker.zone)}. Undo brings it back"
        change = partial(Application.with_event_instead, known=known, event=instead)
        self.desk.revise(self.card_id, change, said)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.active_bindings))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


def _led_by(contact: Contact, application: Application) -> Application:
    others = tuple(other for other in application.contacts if other != contact)
    return replace(application, contacts=(contact, *others))


def _widgets(sections: Iterable[Section]) -> Iterator[Widget]:
    for section in sections:
        if section.lines:
            yield Static(plain.line(section.heading, "bold"), classes="section")
            yield from (_row(line, number == 0) for number, line in enumerate(section.lines))


def _row(line: Line, is_first: bool) -> Row:
    match line.about:
        case None:
            return Row(line.label, line.known)
        case Contact():
            return ContactRow(line.label, line.known, line.about, is_first)
        case Link():
            return LinkRow(line.label, line.known, line.about.url)
        case _:
            return FactRow(line.label, line.known, line.about)


def _notes(notes: str) -> Iterator[Widget]:
    if notes:
        yield Static(plain.line("Notes", "bold"), classes="section")
        yield Notes(notes)
