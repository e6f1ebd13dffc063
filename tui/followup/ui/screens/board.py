"""The board: every application by follow-up stage, driven by keys (design, section 8)."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.signal import Signal

from followup.domain import instants
from followup.domain.board import Board, Card
from followup.domain.moving import way_to
from followup.domain.stage import Stage
from followup.extensions.outside import OutsidePlugins
from followup.tracker import Tracker
from followup.ui import keys
from followup.ui.account import account_of
from followup.ui.badges import Badges
from followup.ui.deeds import dialog
from followup.ui.desk import Desk
from followup.ui.plugin_news import PluginNews
from followup.ui.screens.first_run import FirstRun
from followup.ui.shown import Cursor, Place, Shown, first_to_do
from followup.ui.watch import Watch
from followup.ui.widgets.column import Column
from followup.ui.widgets.header import Header, Summary
from followup.ui.widgets.keybar import KeyBar
from followup.ui.widgets.lanes import Lanes
from followup.ui.widgets.search import Search
from followup.ui.widgets.why import Why
from followup.ui.writes import Write

TALL = 30  # lines from which there are some to spare
PLUGINS_AFTER = 0.1  # seconds from the first frame until plugins are loaded
HEARTBEAT = 0.5  # seconds between looks at the clock and at what other programs wrote


class BoardScreen(Screen[None]):
    """Shows the board, keeps it up to date, and hands what the user does to the tracker.

    A ``read_only`` board changes nothing, whatever is asked of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.BOARD_KEYS]

    def __init__(
        self,
        tracker: Tracker,
        *,
        read_only: bool = False,
        outside: OutsidePlugins | None = None,
    ) -> None:
        """Read the board; it is shown once the screen is mounted."""
        super().__init__()
        self.tracker = tracker
        self.read_only = read_only
        self.time = Watch(tracker.clock)
        self._known = tracker.repository.applications()
        self.board = tracker.board(self.time.moment)
        self.shown = Shown((), {})
        self.cursor: Cursor | None = None
        self.outside = outside
        self.desk = Desk(self, tracker, self._reload, self._refusal)
        self.news = PluginNews(tracker, outside, self.desk.writes, self._complain)
        self.badges = Badges(tracker, self._tell_time)
        self.changed: Signal[Board] = Signal(self, "changed")
        self._is_news = False
        self._sought = ""
        self._search: Search | None = None
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """Lay the board out."""
        zone = self.tracker.zone
        yield Header(zone)
        yield Lanes(zone, self.badges.of)
        yield Why()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what was read, and keep an eye on the clock and on other programs."""
        self.query_one(Header).read_only = self.read_only
        self.run_worker(self.desk.writes.work(), name="writes")
        self.run_worker(self.badges.work(), name="badges")
        self._show(self.board, first_to_do(self.board))
        self.set_interval(HEARTBEAT, self.beat)
        self.set_timer(PLUGINS_AFTER, self._begin_news)
        self.call_after_refresh(self._warn_of_clock)

    def on_resize(self, event: events.Resize) -> None:
        """Display the columns that there is room for; few lines leave none to spare."""
        self.set_class(event.size.height < TALL, "-short")
        self.query_one(Lanes).rearrange()

    # What is shown

    def _show(self, board: Board, focus: int | None = None) -> None:
        """Show a board, with the cursor on the card of an id, by default where it was."""
        moment = self.time.moment
        self.board = board
        self.shown = Shown.of(board, self._sought)
        self.query_one(Lanes).show(self.shown, moment)
        if self._search:
            self._search.tell(len(self.shown.places), len(board.cards()))
        self._select(self.shown.found(self.cursor, focus))
        self._tell_time()
        self._welcome()
        self._is_news = True
        self.changed.publish(board)

    def _tell_time(self) -> None:
        """Let all words follow the clock; no card changes its column here."""
        moment, board = self.time.moment, self.board
        self.time.told(moment, board.changes_at)
        header = self.query_one(Header)
        header.moment = moment.replace(second=0, microsecond=0)  # as it is shown
        header.away = self.time.away
        header.summary = Summary.of(board, moment, then=self.time.is_turned)
        self.query_one(Lanes).tell_time(moment)
        self._explain()
        self._show_keys()

    def _show_keys(self) -> None:
        if self._search and self.focused is self._search.input:
            self.query_one(KeyBar).keys = keys.SEARCH_BAR
            return
        by_id = {
            active.binding.id: active.binding for active in reversed(self.active_bindings.values())
        }
        names: tuple[str, ...] = keys.BAR
        if self.query(FirstRun):
            names = keys.FIRST_BAR
        elif self.time.is_turned:
            names = keys.PREVIEW_BAR
        elif self.read_only:
            names = keys.READ_ONLY_BAR
        bar = tuple(by_id[name] for name in names if name in by_id)
        self.query_one(KeyBar).keys = bar

    def _welcome(self) -> None:
        """Offer the ways in while there is nothing to show."""
        is_empty = not self.tracker.repository.applications()
        welcome = self.query(FirstRun)
        if is_empty == bool(welcome):
            return
        self.query_one(Lanes).display = self.query_one(Why).display = not is_empty
        if is_empty:
            first_run = FirstRun()
            self.mount(first_run, after=self.query_one(Header))
            first_run.focus()
        else:
            welcome.remove()
        self.call_after_refresh(self._show_keys)

    # The cursor

    @property
    def card(self) -> Card | None:
        """The selected card."""
        return self.shown.card(self.cursor.place) if self.cursor else None

    def _select(self, place: Place | None) -> None:
        self.cursor = self.shown.cursor_at(place) if place else None
        self.query_one(Lanes).select(place)
        self._explain()

    def _explain(self) -> None:
        """Say below the board why the selected card stands where it stands."""
        card, moment = self.card, self.time.moment
        self.query_one(Why).account = account_of(card, self.tracker, moment) if card else None

    def action_move(self, columns: int, rows: int) -> None:
        """Move the cursor to the next card in a direction."""
        if self.cursor is None:
            return
        place = self.cursor.place
        if rows:
            self._select(self.shown.nearest(Place(place.column, max(0, place.row + rows))))
            return
        column = self.shown.beside(place.column, columns)
        if column is not None:
            self._select(Place(column, self.query_one(Lanes).row_beside(place, column)))

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first (-1) or last (1) card of its column."""
        if self.cursor:
            column = self.cursor.place.column
            last = len(self.shown.columns[column]) - 1
            self._select(Place(column, last if direction > 0 else 0))

    @on(Column.Pointed)
    def on_pointed(self, event: Column.Pointed) -> None:
        """Select the card that was clicked; open it on the second click."""
        column = list(self.query_one(Lanes).columns).index(event.column)
        if event.row is not None:
            self._select(Place(column, event.row))
        elif self.shown.columns[column]:
            self._select(Place(column, 0))
        if event.twice and event.row is not None:
            self.action_details()

    # Time, and what others wrote

    def beat(self) -> None:
        """Follow the clock, and other programs that write to the store."""
        if self.time.is_due:
            changes_at = self.board.changes_at
            is_same = self.board.now <= self.time.moment
            if is_same and (changes_at is None or self.time.moment < changes_at):
                self._tell_time()
            else:
                self._reload()
        if self.desk.writes.is_idle:
            self.desk.writes.put(Write(self.tracker.refresh, self._caught_up, self._cannot_read))
        self.tell_plugins()

    def _caught_up(self, _is_changed: bool) -> None:
        self._trouble = ""
        # Others than this look may have caught up before it: the store is asked, not the look.
        if self.tracker.repository.applications() is not self._known:
            self._reload()

    def _cannot_read(self, fault: Exception) -> None:
        """Say once what is wrong with the store; the board shows what it knew."""
        if str(fault) != self._trouble:
            self._trouble = str(fault)
            self.desk.say(self._trouble, "error")

    def _reload(self, focus: int | None = None) -> None:
        """Read the board anew, off the thread of the screen, and show it."""
        self.desk.writes.put(Write(self._read, partial(self._show, focus=focus), self._cannot_read))

    def _read(self) -> Board:
        self._known = self.tracker.repository.applications()
        return self.tracker.board(self.time.moment, self.board)

    def _warn_of_clock(self) -> None:
        if not self.read_only and (ahead := self.tracker.newest_fact_ahead()):
            then = instants.spoken(ahead, self.tracker.zone)
            self.desk.say(f"The clock stands before {then}, when something happened", "error")

    def action_travel(self, days: int) -> None:
        """Preview the board as the clock will make it, so many days on."""
        self.time.turn(days)
        self._reload()

    def action_now(self) -> None:
        """Come back to the present."""
        if self.time.is_turned:
            self.time.turn_back()
            self._reload()

    # Looking

    def action_details(self) -> None:
        """Show the timeline of the selected card, its steps and why these dates."""
        if self.card:
            screen = dialog("details:DetailsScreen")(self.card.id, self.tracker)
            self.app.push_screen(screen, partial(self._after_details, self.card))

    def _after_details(self, card: Card, action: str | None) -> None:
        if action:
            self.desk.ask(action, card)

    def action_today(self) -> None:
        """Show what to do now and next."""
        screen = dialog("today:TodayScreen")(self.board, self.tracker, self.desk.ask, self.changed)
        self.app.push_screen(screen)

    def action_statistics(self) -> None:
        """Show what came of it all by the moment that the board shows."""
        given = self.board, self.time.moment, self.tracker.zone, self.time.away
        self.app.push_screen(dialog("statistics:StatisticsScreen")(*given))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(dialog("help:HelpScreen")(self.active_bindings))

    async def action_search(self) -> None:
        """Search as one types, in the place of the header."""
        if self._search is None:
            self._search = Search()
            self.query_one(Header).display = False
            await self.mount(self._search, before=self.query_one(Header))
            self._search.tell(len(self.shown.places), len(self.board.cards()))
        # At once: what is typed next belongs to the search already.
        self.set_focus(self._search.input, scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """Show the keys that go with the focus."""
        self._show_keys()

    def on_descendant_blur(self) -> None:
        """Show the keys that go without it."""
        self._show_keys()

    def on_search_changed(self, event: Search.Changed) -> None:
        """Show the applications that match."""
        self._sought = event.text
        self._show(self.board)

    def on_search_closed(self) -> None:
        """Show all applications again."""
        if self._search:
            self._search.remove()
            self._search = None
        self._sought = ""
        self.query_one(Header).display = True
        self._show(self.board)

    def action_back(self) -> None:
        """Leave the search, or else the preview."""
        if self._search:
            self.on_search_closed()
        else:
            self.action_now()

    # Plugins

    def _begin_news(self) -> None:
        """Load plugins, now that the first frame has the processor no more."""
        self.run_worker(self.news.work(self.badges.forget), name="news")

    def tell_plugins(self) -> None:
        """Have plugins told what this board brings, now that it is on the screen."""
        if self._is_news and not (self.read_only or self.time.is_turned):
            self._is_news = False
            self.news.gather(self.board)

    def action_plugins(self) -> None:
        """Show the plugins and their faults."""
        screen = dialog("plugins:PluginsScreen")(self.tracker, self.outside)
        self.app.push_screen(screen, lambda _: self.badges.forget())

    def run_command(self, name: str) -> None:
        """Run a plugin's command."""
        self.run_worker(self.desk.run(name), name="command")

    def _complain(self, text: str) -> None:
        self.desk.say(text, "warning")

    # Changing

    def action_do(self, name: str) -> None:
        """Ask for something about the selected card, and do it."""
        if self.card:
            self.desk.ask(name, self.card)

    def action_shift(self, columns: int) -> None:
        """Move the selected card to a column beside its own."""
        if self.card:
            stages = list(Stage)
            number = stages.index(self.card.stage) + columns
            if 0 <= number < len(stages):
                self._move(self.card, stages[number])

    @on(Lanes.Dragged)
    def on_dragged(self, event: Lanes.Dragged) -> None:
        """Move the card that was dragged to another column."""
        self._move(event.card, event.stage)

    def _move(self, card: Card, stage: Stage) -> None:
        """Ask for the fact that brings a card to a stage, or say why it can't be there yet."""
        way = way_to(stage, card, self.time.moment, self.tracker.zone)
        if way.fact:
            self.desk.ask(way.fact, card)
        else:
            self.desk.say(way.reason)

    def action_add(self) -> None:
        """Ask for a new application."""
        self.desk.add()

    def action_import(self) -> None:
        """Ask for a file, and import it."""
        self.desk.import_file()

    def action_turn(self, way: Literal["undo", "redo"]) -> None:
        """Take the newest change back, or make it again."""
        self.desk.turn(way)

    async def on_first_run_chosen(self, event: FirstRun.Chosen) -> None:
        """Go the way in that was chosen."""
        match event.way:
            case "add":
                self.action_add()
            case "import":
                self.action_import()
            case _:
                await self.app.run_action("open_demo")

    def _refusal(self) -> str:
        """Return why nothing can be changed now, nothing where it can."""
        if self.time.is_turned:
            return "This is a preview: 0 goes back to now"
        return "This board is read-only: nothing was changed" if self.read_only else ""
