"""One column of the board: a heading and cards of fixed height, drawn line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from followup.domain.board import Card
from followup.domain.stage import Stage
from followup.ui.face import Face, face_of
from followup.ui.fitting import fit
from followup.ui.progress import progress
from followup.ui.stage_style import css_name, glyph

HEADING_LINES = 2
CARD_LINES = 4  # company, role, fact, and a spare one for progress
_TEXT_LINES = CARD_LINES - 1
_LINES_KEPT = 1024


class _Ink(Struct, frozen=True):
    """The styles of a column, looked up once and kept until they change."""

    base: Style
    selected: Style
    stage: Style
    company: Style
    role: Style
    count: Style
    hairline: Style
    faint: Style


class _Line(NamedTuple):
    """Everything visible in one line of a card, so that what was drawn once can be kept."""

    face: Face
    part: int
    is_selected: bool
    gap: str


class Column(ScrollView, can_focus=False):
    """The cards of one stage; only the lines that changed are ever drawn again.

    ``cursor`` is the row of the selected card, none where it is in another column. A
    ``folded`` column shows its heading alone, in three cells.
    """

    ALLOW_SELECT = False
    ALLOW_MAXIMIZE = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "column--selected",
        "column--company",
        "column--role",
        "column--count",
        "column--hairline",
        "column--faint",
    }

    cursor: reactive[int | None] = reactive(None, repaint=False)
    folded: reactive[bool] = reactive(False)

    class Pointed(Message):
        """A card was clicked; ``row`` is none where there is no card there."""

        def __init__(self, column: Column, row: int | None, *, twice: bool) -> None:
            super().__init__()
            self.column = column
            self.row = row
            self.twice = twice

    def __init__(self, stage: Stage, zone: str) -> None:
        """Make an empty column; days and times are those of ``zone``."""
        super().__init__(id=css_name(stage), classes="column")
        self.stage = stage
        self.cards: tuple[Card, ...] = ()
        self._zone = zone
        self._moment: datetime | None = None
        self._faces: dict[int, Face] = {}
        self._drawn: LRUCache[_Line, Strip] = LRUCache(_LINES_KEPT)
        self._ink_kept: _Ink | None = None

    # What is shown

    def show(self, cards: Sequence[Card], moment: datetime) -> None:
        """Show these cards as they are at ``moment`` (UTC); draw again only what differs."""
        old, self.cards = self.cards, tuple(cards)
        if len(old) == len(cards) and all(map(_is_same, old, cards)):
            self.tell_time(moment)
            return
        self._moment = moment
        self._faces.clear()
        self.virtual_size = Size(self.size.width, HEADING_LINES + self._card_lines())
        self.refresh()

    def tell_time(self, moment: datetime) -> None:
        """Follow the clock to ``moment`` (UTC): visible cards whose words changed are redrawn."""
        self._moment = moment
        seen, self._faces = self._faces, {}
        for row in self._visible_rows():
            if self._face(row) != seen.get(row):
                self._refresh_card(row)

    def _card_lines(self) -> int:
        """Return how many lines the cards take; the last one's spare line only with progress."""
        if not self.cards or self._moment is None:
            return 0
        has_line = progress(self.cards[-1], self._moment) is not None
        return len(self.cards) * CARD_LINES - (0 if has_line else 1)

    def _visible_rows(self) -> range:
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
        """Forget everything that was drawn in the old styles."""
        self._ink_kept = None
        self._drawn.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Draw everything for the new width."""
        self._faces.clear()
        self._drawn.clear()
        self.bring_cursor_into_view()

    def on_click(self, event: events.Click) -> None:
        """Say which card was clicked."""
        event.stop()
        line = event.y - HEADING_LINES
        row = (line + self.scroll_offset.y) // CARD_LINES if line >= 0 else -1
        is_card = not self.folded and 0 <= row < len(self.cards)
        twice = event.chain == 2
        self.post_message(self.Pointed(self, row if is_card else None, twice=twice))

    def render_line(self, y: int) -> Strip:
        """Return one line of the column as it is on the screen."""
        width = self.size.width
        if self.folded:
            return self._folded_line(y)
        if y < HEADING_LINES:
            return self._heading_line(y, width)
        row, part = divmod(y - HEADING_LINES + self.scroll_offset.y, CARD_LINES)
        gap = "▕" if self._is_thumb(y - HEADING_LINES) else " "
        if row < len(self.cards):
            return self._card_line(_Line(self._face(row), part, row == self.cursor, gap))
        return self._line_of([(" " * (width - 1), self._ink.base)], gap)

    # Drawing

    @property
    def _ink(self) -> _Ink:
        if self._ink_kept is None:
            look = self.get_component_rich_style
            self._ink_kept = _Ink(
                base=self.rich_style.without_color + Style(bgcolor=self.rich_style.bgcolor),
                selected=Style(bgcolor=look("column--selected").bgcolor),
                stage=self.rich_style,
                company=look("column--company"),
                role=look("column--role"),
                count=look("column--count"),
                hairline=look("column--hairline"),
                faint=look("column--faint"),
            )
        return self._ink_kept

    def _heading_line(self, y: int, width: int) -> Strip:
        ink, room = self._ink, width - 1
        if y > 0:
            return _strip([("─" * room, ink.hairline), (" ", ink.base)])
        label, count = self.stage.label, f" {len(self.cards)}"
        return _strip(
            [
                (f"{glyph(self.stage)} ", ink.stage),
                (label, ink.stage + Style(bold=True)),
                (fit(count, width - 2 - len(label)), ink.count),
            ]
        )

    def _folded_line(self, y: int) -> Strip:
        ink, width = self._ink, self.size.width
        count = len(self.cards)
        lines = (
            (glyph(self.stage), ink.stage),
            ("─" * width, ink.hairline),
            (str(count) if count < 1000 else f"{count // 1000}k", ink.count),
            ("", ink.base),
            *((letter, ink.stage) for letter in self.stage.label),
        )
        text, style = lines[y] if y < len(lines) else ("", ink.base)
        return _strip([(fit(text, width), style)])

    def _face(self, row: int) -> Face:
        if row not in self._faces:
            assert self._moment is not None
            width = self._text_width
            self._faces[row] = face_of(self.cards[row], self._moment, self._zone, width)
        return self._faces[row]

    @property
    def _text_width(self) -> int:
        return max(1, self.size.width - 4)

    def _card_line(self, line: _Line) -> Strip:
        drawn = self._drawn.get(line)
        if drawn is None:
            drawn = self._drawn[line] = self._draw(line)
        return drawn

    def _draw(self, line: _Line) -> Strip:
        """Draw one line of a card: a bar where it is selected, the text, and the gap."""
        ink, face = self._ink, line.face
        if line.part == _TEXT_LINES:
            return self._line_of(self._progress(face.done), line.gap)
        text, style = (
            (face.company, ink.company),
            (face.role, ink.role),
            (face.fact, ink.stage + Style(bold=face.is_pressing)),
        )[line.part]
        ground = ink.selected if line.is_selected else Style()
        bar = ("▌", ink.stage + ground) if line.is_selected else (" ", ink.base)
        pad = (" ", ink.base + ground)
        return self._line_of([bar, pad, (text, style + ground), pad], line.gap)

    def _progress(self, done: int | None) -> list[tuple[str, Style]]:
        """Return a line that shows how much of a wait is over.

        Its two parts differ in weight, for those who see no colours.
        """
        ink, room = self._ink, self._text_width
        if done is None:
            return [(" " * (room + 3), ink.base)]
        return [
            ("  ", ink.base),
            ("━" * done, ink.stage),
            ("─" * (room - done), ink.faint),
            (" ", ink.base),
        ]

    def _line_of(self, parts: Iterable[tuple[str, Style]], gap: str) -> Strip:
        return _strip([*parts, (gap, self._ink.faint)])

    def _is_thumb(self, line: int) -> bool:
        """Tell whether a line of a long column is one that shows where in it the screen is."""
        height = self.size.height - HEADING_LINES
        total = self.virtual_size.height - HEADING_LINES
        if total <= height:
            return False
        size = max(1, height * height // total)
        top = round(self.scroll_offset.y * (height - size) / (total - height))
        return top <= line < top + size


def _strip(parts: Iterable[tuple[str, Style]]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts if text])


def _is_same(old: Card, new: Card) -> bool:
    return old is new
