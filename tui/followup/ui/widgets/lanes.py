"""The columns side by side: as many as fit, scrolled sideways to the cursor's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset
from textual.message import Message

from followup.domain.board import Card
from followup.domain.stage import ACTIONABLE, Stage
from followup.ui.arrangement import FOLDED, Arrangement, arranged
from followup.ui.shown import Place, Shown
from followup.ui.widgets.column import Column
from followup.ui.widgets.edge import Beyond, Edge

_NOTHING = Arrangement(0, 0, 0)


class Lanes(Horizontal):
    """All columns of the board; only those of the arrangement are displayed."""

    class Dragged(Message):
        """A card was dragged to the column of another stage."""

        def __init__(self, card: Card, stage: Stage) -> None:
            """Say which card, and where to."""
            super().__init__()
            self.card = card
            self.stage = stage

    def __init__(self, zone: str, badge_of: Callable[[Card], str]) -> None:
        """Make empty columns; days and times are those of ``zone``.

        ``badge_of`` is asked for the badges of cards that are drawn.
        """
        super().__init__()
        self.columns = tuple(Column(stage, zone, badge_of) for stage in Stage)
        self.edges = (Edge("‹", "edge-left"), Edge("›", "edge-right"))
        self._arrangement = _NOTHING
        self._cursor: Place | None = None
        self._held: Card | None = None

    def compose(self) -> ComposeResult:
        """Lay the columns out between the edges."""
        left, right = self.edges
        yield left
        yield from self.columns
        yield right

    def show(self, shown: Shown, moment: datetime) -> None:
        """Show these cards as they are at ``moment`` (UTC)."""
        for column, cards in zip(self.columns, shown.columns, strict=True):
            column.show(cards, moment)
        self._point()

    def tell_time(self, moment: datetime) -> None:
        """Let the words on the cards follow the clock to ``moment`` (UTC)."""
        for column in self.columns:
            column.tell_time(moment)

    def select(self, place: Place | None) -> None:
        """Put the cursor on the card at a place, and its column on the screen."""
        self._cursor = place
        for number, column in enumerate(self.columns):
            is_here = place is not None and place.column == number
            column.cursor = place.row if place and is_here else None
        self.rearrange()

    def mark(self, ids: frozenset[int]) -> None:
        """Mark the cards of these ids, and no others."""
        for column in self.columns:
            column.mark(ids)

    def row_beside(self, place: Place, column: int) -> int:
        """Return the row of another column that is level with a place on the screen."""
        line = self.columns[place.column].line_of(place.row)
        return self.columns[column].row_at(line)

    def rearrange(self) -> None:
        """Display the columns that the width has room for, the cursor's among them."""
        cursor = self._cursor.column if self._cursor else self._arrangement.first
        width = self.screen.size.width - sum(edge.WIDTH for edge in self.edges)
        arrangement = arranged(width, cursor, self._arrangement.first)
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        for number, column in enumerate(self.columns):
            column.folded = arrangement.is_folded(number)
            column.styles.width = FOLDED if column.folded else arrangement.pitch
            column.display = arrangement.shows(number)
        self._point()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the card under the pointer."""
        column = self._column_at(event.screen_offset)
        self._held = column.card_at(event.screen_offset) if column else None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the card, perhaps over another column."""
        held, self._held = self._held, None
        column = self._column_at(event.screen_offset)
        if held and column and column.stage is not held.stage:
            self.post_message(self.Dragged(held, column.stage))

    def _column_at(self, place: Offset) -> Column | None:
        shown = (column for column in self.columns if column.display)
        return next((column for column in shown if column.region.contains_point(place)), None)

    def _point(self) -> None:
        left, right = self.edges
        first, end = self._arrangement.first, self._arrangement.first + self._arrangement.count
        left.beyond = _beyond(self.columns[:first])
        right.beyond = _beyond(column for column in self.columns[end:] if not column.folded)


def _beyond(columns: Iterable[Column]) -> Beyond:
    hidden = list(columns)
    if any(column.cards for column in hidden if column.stage in ACTIONABLE):
        return "work"
    return "columns" if hidden else "nothing"
