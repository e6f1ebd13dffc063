"""Statistics: how often and how soon they answer, how far applications come (section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from followup.domain import figures
from followup.domain.board import Board
from followup.domain.statistics import Statistics
from followup.domain.telling import told_moment
from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.help import HelpScreen
from followup.ui.screens.key_line import KeyLine
from followup.ui.widgets.figures import FigureTable
from followup.ui.widgets.weeks import WeeksChart, legend

KEYS = ("statistics.leave", "statistics.down", "statistics.up", "board.help")


class StatisticsScreen(Screen[None]):
    """Shows the statistics of a board as it was when the screen was opened.

    ``away`` is how far a preview is from the present, in words, empty where it is none.
    """

    CSS_PATH = STYLES
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual types it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "leave", "Back", id="statistics.leave"),
        Binding("j", "scroll(1)", "Down", id="statistics.down"),
        Binding("k", "scroll(-1)", "Up", id="statistics.up"),
        Binding("g", "edge(-1)", "Top", id="statistics.top"),
        Binding("G", "edge(1)", "End", id="statistics.end"),
        Binding("question_mark", "help", "Keys", id="board.help"),
    ]

    def __init__(self, board: Board, moment: datetime, zone: str, away: str = "") -> None:
        """Sum the board up as it is at ``moment`` (UTC), in the weeks of ``zone``."""
        super().__init__()
        timelines = (card.standing.timeline for card in board.cards())
        self._statistics = Statistics.of(timelines, moment, zone)
        self._zone = zone
        self._away = away

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Static(
            self._heading(), id="statistics-heading", classes="-preview" * bool(self._away)
        )
        with VerticalScroll(id="statistics"):
            if self._statistics.applications:
                yield from self._figures()
            else:
                yield Static(plain.lines(*map(plain.line, figures.EMPTY)))
        yield KeyLine(*KEYS)

    def _heading(self) -> Content:
        when = told_moment(self._statistics.now, self._zone)
        summary = figures.summary(self._statistics)
        title = plain.line("Statistics", "bold")
        if self._away:
            preview = plain.line(f"PREVIEW {when}, {self._away}", "bold")
            return plain.row(title, preview, plain.line(summary), between="   ")
        told = (plain.line(text, plain.QUIET) for text in (summary, when))
        return plain.row(title, *told, between="   ")

    def _figures(self) -> Iterator[Widget]:
        """Yield the sections of the page."""
        statistics = self._statistics
        with Container(id="tables"):
            with Vertical():
                yield from self._replies()
            with Vertical():
                shares = [reached.share for reached in statistics.funnel]
                yield FigureTable("How far they came", figures.funnel(statistics), shares)
                if statistics.open < statistics.applications:
                    yield FigureTable("How they ended", figures.ends(statistics))
        weeks = figures.recent(statistics)
        yield Static(
            plain.row(plain.line(f"The last {len(weeks)} weeks", "bold"), legend(), between="   "),
            classes="section",
        )
        yield WeeksChart(weeks)
        yield Static(plain.page(figures.EXPLAINED, plain.QUIET), id="explained")

    def _replies(self) -> Iterator[Widget]:
        if not self._statistics.replies.sent:
            yield Static(plain.line("Replies", "bold"), classes="section")
            yield Static(plain.line(figures.NONE_SENT, plain.QUIET), classes="figures")
            return
        by_channel, by_number = figures.replies(self._statistics)
        yield FigureTable("Replies by channel", by_channel)
        yield FigureTable("Replies by follow-up number", by_number)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one("#statistics").scroll_relative(y=lines, animate=False)

    def action_edge(self, direction: int) -> None:
        """Scroll to the top (-1) or to the end (1)."""
        page = self.query_one("#statistics")
        if direction > 0:
            page.scroll_end(animate=False)
        else:
            page.scroll_home(animate=False)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.active_bindings))

    def action_leave(self) -> None:
        """Go back to the board."""
        self.dismiss(None)
