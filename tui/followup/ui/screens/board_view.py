"""A board to look at: what stands on the screen, the cursor, and keeping up with the clock."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.signal import Signal

from followup.domain import instants
from followup.domain.board import Board, Card
from followup.domain.dealing import Deal
from followup.domain.search import Finder
from followup.domain.stage import Stage
from followup.extensions.outside import OutsidePlugins
from followup.tracker import Tracker
from followup.ui import keys, terminal_notice
from followup.ui.account import account_of
from followup.ui.badges import Badges
from followup.ui.deeds import dialog
from followup.ui.desk import Desk
from followup.ui.garbage import leave_alone_what_stands
from followup.ui.mail_watch import MailWatch
from followup.ui.plugin_news import PluginNews
from followup.ui.reminders import Reminders
from followup.ui.screens.first_run import FirstRun
from followup.ui.shown import Cursor, Place, Shown, View, first_to_do
from followup.ui.watch import Watch
from followup.ui.widgets.header import Header, Summary, Tally
from followup.ui.widgets.keybar import KeyBar
from followup.ui.widgets.lanes import Lanes
from followup.ui.widgets.search import Search
from followup.ui.widgets.why import Why
from followup.ui.writes import Write

MANY = 2_000  # applications from which on the screen is there before its cards are
TALL = 30  # lines from which there are some to spare
PLUGINS_AFTER = 0.1  # seconds from the first frame until plugins are loaded
HEARTBEAT = 0.5  # seconds between looks at the clock and at what other programs wrote


class BoardView(Screen[None]):
    """Shows the board and keeps it up to date, at the time of its watch.

    A ``read_only`` board changes nothing, whatever is asked of it.
    """

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
        self._known = tracker.known()
        count = len(tracker.repository.applications())
        self._waiting = count if count >= MANY else 0
        nothing = Deal.of((), tracker.foresight.foresee, self.time.moment)
        self._deal = self._present = nothing
        self._tally = Tally()
        self.shown = Shown(())
        self.cursor: Cursor | None = None
        self.outside = outside
        self.desk = Desk(self, tracker, self._reload, self._refusal)
        self.news = PluginNews(tracker, outside, self.desk.writes, self._complain)
        self.mail = MailWatch(tracker, self.desk.writes, self.desk.say, self._complain)
        self.reminders = Reminders(tracker, self.desk.writes, self._remind, self._complain)
        self.badges = Badges(tracker, self._tell_time)
        self.changed: Signal[Board] = Signal(self, "changed")
        self._is_news = False
        self.view = View(order=tracker.config.sort)
        self.views = dict(tracker.config.views)
        self._finder = Finder()
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
        if not self.read_only:
            self.run_worker(self.mail.work(), name="mail")
            self.run_worker(self.reminders.work(), name="reminders")
        if self._waiting:
            self._stand_later()
        else:
            self._stand(self.tracker.deal(self.time.moment))
        self.set_interval(HEARTBEAT, self.beat)
        self.call_after_refresh(self._warn_of_clock)

    def on_resize(self, event: events.Resize) -> None:
        """Display the columns that there is room for; few lines leave none to spare."""
        self.set_class(event.size.height < TALL, "-short")
        self.query_one(Lanes).rearrange()

    # What is shown

    def _stand(self, deal: Deal) -> None:
        """Show a board for the first time."""
        self._waiting = 0
        self._present = deal
        self._show(deal, first_to_do(deal.board))
        self.call_after_refresh(leave_alone_what_stands)
        self.set_timer(PLUGINS_AFTER, self._begin_news)

    def _stand_later(self) -> None:
        """Put many applications in order while the screen is there already, all but the cards.

        Its columns stand as they will: the cursor mostly begins with what is to do.
        """
        header = self.query_one(Header)
        header.moment, header.summary = self.time.moment, Summary.ahead(self._waiting)
        self.query_one(Lanes).select(Place(list(Stage).index(Stage.DUE), 0))
        deal = partial(self.tracker.deal, self.time.moment)
        self.call_after_refresh(self.desk.writes.put, Write(deal, self._stand, self._cannot_read))

    @property
    def board(self) -> Board:
        """The board that is shown."""
        return self._deal.board

    def _show(self, deal: Deal, focus: int | None = None) -> None:
        """Show a board, with the cursor on the card of an id, by default where it was."""
        moment = self.time.moment
        self._deal, self._tally = deal, Tally.of(deal.board)
        self.shown = Shown.of(self.board, self.view, self._finder)
        self.query_one(Lanes).show(self.shown, moment)
        self._select(self.shown.found(self.cursor, focus))
        self._tell_time()
        self._welcome()
        self._is_news = True
        self.changed.publish(self.board)

    def _tell_time(self) -> None:
        """Let all words follow the clock; no card changes its column here."""
        moment = self.time.moment
        self.time.told(moment, self._deal.changes_at)
        header = self.query_one(Header)
        header.moment = moment.replace(second=0, microsecond=0)  # as it is shown
        header.away = self.time.away
        header.summary = Summary.of(self._tally, moment, then=self.time.is_turned)
        self.query_one(Lanes).tell_time(moment)
        self._explain()
        self._show_keys()

    def _show_keys(self) -> None:
        by_id = {
            active.binding.id: active.binding for active in reversed(self.active_bindings.values())
        }
        names = keys.FIRST_BAR if self.query(FirstRun) else self._bar()
        self.query_one(KeyBar).keys = tuple(by_id[name] for name in names if name in by_id)

    def _bar(self) -> tuple[str, ...]:
        """Return the ids of the keys that matter now, the most useful first."""
        if self.time.is_turned:
            return keys.PREVIEW_BAR
        return keys.READ_ONLY_BAR if self.read_only else keys.BAR

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

    # Time, and what others wrote

    def beat(self) -> None:
        """Follow the clock, and other programs that write to the store."""
        if self._waiting:
            return
        if self.time.is_due:
            changes_at = self._deal.changes_at
            is_same = self.board.now <= self.time.moment
            if is_same and (changes_at is None or self.time.moment < changes_at):
                self._tell_time()
            else:
                self._reload()
        if self.desk.writes.is_idle:
            self.desk.writes.put(Write(self.tracker.refresh, self._caught_up, self._cannot_read))
        self.tell_plugins()
        if not (self.read_only or self.time.is_turned):
            self.reminders.look(self._present.board)

    def _caught_up(self, _is_changed: bool) -> None:
        self._trouble = ""
        # Others than this look may have caught up before it: the store is asked, not the look.
        if self.tracker.known() != self._known:
            self._reload()

    def _cannot_read(self, fault: Exception) -> None:
        """Say once what is wrong with the store; the board shows what it knew."""
        if str(fault) != self._trouble:
            self._trouble = str(fault)
            self.desk.say(self._trouble, "error")

    def _reload(self, focus: int | None = None) -> None:
        """Read the board anew, off the thread of the screen, and show it."""
        self.desk.writes.put(Write(self._read, partial(self._show, focus=focus), self._cannot_read))

    def _read(self) -> Deal:
        self._known = self.tracker.known()
        moment = self.time.moment
        # A preview is a board to go on from as well, but not to come back from.
        known = self._deal if self.board.now <= moment else self._present
        deal = self.tracker.deal(moment, known)
        if not self.time.is_turned:
            self._present = deal
        return deal

    def _warn_of_clock(self) -> None:
        if not self.read_only and (ahead := self.tracker.newest_fact_ahead()):
            then = instants.spoken(ahead, self.tracker.zone)
            self.desk.say(f"The clock stands before {then}, when something happened", "error")

    def action_travel(self, days: int) -> None:
        """Preview the board as the clock will make it, so many days on."""
        self.time.turn(days)
        self._reload()

    def action_go_to(self) -> None:
        """Ask for a date, and preview the board as the clock will make it by then."""
        screen = dialog("go_to:GoToScreen")(self.tracker.clock)
        self.app.push_screen(screen, self._go_to)

    def _go_to(self, moment: datetime | None) -> None:
        if moment:
            self.time.turn_to(moment)
            self._reload()

    def action_now(self) -> None:
        """Come back to the present."""
        if self.time.is_turned:
            self.time.turn_back()
            self._reload()

    # Plugins

    def _begin_news(self) -> None:
        """Load plugins, now that the first frame has the processor no more."""
        self.run_worker(self.news.work(self.badges.forget), name="news")

    def tell_plugins(self) -> None:
        """Have plugins told what this board brings, now that it is on the screen."""
        if self._is_news and not (self.read_only or self.time.is_turned):
            self._is_news = False
            self.news.gather(self.board)

    def _remind(self, text: str) -> None:
        terminal_notice.notify(self.app, self.tracker.config.reminders.terminal, text)

    def _complain(self, text: str) -> None:
        self.desk.say(text, "warning")

    def _refusal(self) -> str:
        """Return why nothing can be changed now, nothing where it can."""
        if self.time.is_turned:
            return "This is a preview: 0 goes back to now"
        return "This board is read-only: nothing was changed" if self.read_only else ""
