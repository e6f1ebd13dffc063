"""One column of the board: a heading and cards of fixed height, drawn line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from followup.domain.board import Card
from followup.domain.stage import Stage
from followup.ui.face import Face, face_of
from followup.ui.progress import progress
from followup.ui.stage_style import css_name
from followup.ui.widgets.brush import CARD_LINES, HEADING_LINES, Brush, CardLine

_TEXT_LINES = CARD_LINES - 1


class Column(ScrollView, can_focus=False):
    """The cards of one stage; only the lines that changed are ever drawn again.

    ``cursor`` is the row of the selected card, none where it is in another column. A
    ``folded`` column shows its heading alone, in three cells.
    """

    ALLOW_SELECT = False
    ALLOW_MAXIMIZE = False

    cursor: reactive[int | None] = reactive(None, repaint=False)
    folded: reactive[bool] = reactive(False)

    class Pointed(Message):
        """A card was clicked; ``row`` is none where there is no card there."""

        def __init__(self, column: Column, row: int | None, *, twice: bool) -> None:
            """Say where it was."""
            super().__init__()
            self.column = column
            self.row = row
            self.twice = twice

    def __init__(self, stage: Stage, zone: str, badge_of: Callable[[Card], str]) -> None:
        """Make an empty column; days and times are those of ``zone``.

        ``badge_of`` is asked for the badges of cards that are drawn.
        """
        super().__init__(id=css_name(stage))
        self._badge_of = badge_of
        self.stage = stage
        self.cards: tuple[Card, ...] = ()
        self._zone = zone
        self._moment: datetime | None = None
        self._faces: dict[int, Face] = {}
        self._brush: Brush | None = None
        self._thumb = range(0)
        self._marked: frozenset[int] = frozenset()

    # What is shown

    def show(self, cards: Sequence[Card], moment: datetime) -> None:
        """Show these cards as they are at ``moment`` (UTC); draw again only what differs."""
        old, self.cards = self.cards, tuple(cards)
        is_first = self._moment is None
        if not is_first and len(old) == len(cards) and all(map(_is_same, old, cards)):
            self.tell_time(moment)
            return
        self._moment = moment
        self._faces.clear()
        self.virtual_size = Size(self.size.width, HEADING_LINES + self._card_lines(moment))
        self.refresh()

    def tell_time(self, moment: datetime) -> None:
        """Follow the clock to ``moment`` (UTC): visible cards whose words changed are redrawn."""
        self._moment = moment
        seen, self._faces = self._faces, {}
        brush = self._brush_for(self.size.width)
        for row in self._visible_rows():
            if self._face(row, brush) != seen.get(row):
                self._refresh_card(row)

    def _card_lines(self, moment: datetime) -> int:
        """Return how many lines the cards take; the last one's spare line only with progress."""
        if not self.cards:
            return 0
        has_line = progress(self.cards[-1], moment) is not None
        return len(self.cards) * CARD_LINES - (0 if has_line else 1)

    def _visible_rows(self) -> range:
        if self.folded:
            return range(0)
        top = self.scroll_offset.y
        bottom = top + max(0, self.size.height - HEADING_LINES)
        return range(top // CARD_LINES, min(len(self.cards), -(-bottom // CARD_LINES)))

    # The cursor

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        """Redraw the card that was selected and the one that is."""
        for row in (old, new):
            if row is not None:
                self._refresh_card(row)
        self.bring_cursor_into_view()

    def bring_cursor_into_view(self) -> None:
        """Scroll no further than it takes to see the whole selected card."""
        height = self.size.height - HEADING_LINES
        if self.cursor is None or height <= 0:
            return
        top = self.cursor * CARD_LINES
        room = min(height, CARD_LINES if height >= CARD_LINES else _TEXT_LINES)
        if top < self.scroll_y:
            self.scroll_to(y=top, animate=False, force=True)
        elif top + room > self.scroll_y + height:
            self.scroll_to(y=top + room - height, animate=False, force=True)

    def mark(self, ids: frozenset[int]) -> None:
        """Mark the cards of these ids, and no others; redraw those that look otherwise now."""
        changed, self._marked = self._marked ^ ids, ids
        for row in self._visible_rows():
            if self.cards[row].id in changed:
                self._refresh_card(row)

    def line_of(self, row: int) -> int:
        """Return the line on the screen, below the heading, at which a card begins."""
        return row * CARD_LINES - self.scroll_offset.y

    def row_at(self, line: int) -> int:
        """Return the card nearest to a line on the screen, below the heading."""
        row = (line + self.scroll_offset.y + _TEXT_LINES // 2) // CARD_LINES
        return max(0, min(row, len(self.cards) - 1))

    def _refresh_card(self, row: int) -> None:
        top = max(HEADING_LINES, HEADING_LINES + self.line_of(row))
        bottom = HEADING_LINES + self.line_of(row) + CARD_LINES
        if bottom > top:
            self.refresh(Region(0, top, self.size.width, bottom - top))

    # What Textual asks

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel scrolls, although no scrollbar takes a cell away."""
        return not self.folded and self.max_scroll_y > 0

    def notify_style_update(self) -> None:
        """Draw everything anew in the new styles."""
        self._brush = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Keep the selected card in view."""
        self.bring_cursor_into_view()

    def on_click(self, event: events.Click) -> None:
        """Say which card was clicked."""
        event.stop()
        self.post_message(self.Pointed(self, self._row_under(event.y), twice=event.chain == 2))

    def card_at(self, place: Offset) -> Card | None:
        """Return the card at a place on the screen, if there is one."""
        row = self._row_under(place.y - self.region.y)
        return None if row is None else self.cards[row]

    def _row_under(self, y: int) -> int | None:
        """Return the row of the card at a line of the column, none where there is no card."""
        line = y - HEADING_LINES
        row = (line + self.scroll_offset.y) // CARD_LINES if line >= 0 else -1
        return row if not self.folded and 0 <= row < len(self.cards) else None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of the column; what they have in common is looked up once."""
        self._brush_for(self.size.width)
        self._thumb = self._thumb_lines()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return one line of the column as it is on the screen."""
        assert self._brush
        if self.folded:
            return self._brush.folded(y, self._count)
        if y < HEADING_LINES:
            return self._brush.heading(y, self._count)
        row, part = divmod(y - HEADING_LINES + self.scroll_offset.y, CARD_LINES)
        gap = "▕" if y - HEADING_LINES in self._thumb else " "
        if row >= len(self.cards):
            return self._brush.blank(gap)
        face = self._face(row, self._brush)
        is_marked = self.cards[row].id in self._marked
        return self._brush.card(CardLine(face, part, row == self.cursor, is_marked, gap))

    @property
    def _count(self) -> str:
        """The number of cards; nothing before it is known."""
        return str(len(self.cards)) if self._moment else ""

    def _brush_for(self, width: int) -> Brush:
        if self._brush is None or self._brush.width != width:
            self._brush = Brush(self.stage, width)
            self._faces.clear()
        return self._brush

    def _face(self, row: int, brush: Brush) -> Face:
        if row not in self._faces:
            assert self._moment is not None
            card = self.cards[row]
            badge = self._badge_of(card)
            face = face_of(card, self._moment, self._zone, brush.text_width, badge)
            self._faces[row] = face
        return self._faces[row]

    def _thumb_lines(self) -> range:
        """Return the lines of a long column that show where in it the screen is."""
        height = self.size.height - HEADING_LINES
        total = self.virtual_size.height - HEADING_LINES
        if not 0 < height < total:
            return range(0)
        size = max(1, height * height // total)
        top = round(self.scroll_offset.y * (height - size) / (total - height))
        return range(top, top + size)


def _is_same(old: Card, new: Card) -> bool:
    return old is new
