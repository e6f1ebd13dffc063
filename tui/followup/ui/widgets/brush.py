"""How the lines of a column are drawn; what was drawn once is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip
from textual.style import Style as ThemeStyle

from followup.domain.stage import Stage
from followup.ui.face import Face
from followup.ui.fitting import fit
from followup.ui.stage_style import colour, glyph

HEADING_LINES = 2
CARD_LINES = 4  # company, role, fact, and a spare one for progress
MARGIN = 4  # cells of a card that are not text: a bar, a space, a space, and the gap
_TEXT_LINES = CARD_LINES - 1
_LINES_KEPT = 1024
_DIGITS = 3  # of a number of cards, that a folded column has room for

Part = tuple[str, Style]


class CardLine(NamedTuple):
    """Everything visible in one line of a card, which is what it is kept by.

    ``gap`` is what stands in the gap beside it.
    """

    face: Face
    part: int
    is_selected: bool
    is_marked: bool
    gap: str


class _Ink(Struct, frozen=True):
    """The styles of a column in the theme of the moment."""

    base: Style
    selected: Style
    marked: Style
    mark: Style
    stage: Style
    company: Style
    quiet: Style
    hairline: Style
    faint: Style
    alarm: Style


class Brush:
    """Draws the lines of one column in one width, in the theme in which it was made.

    Its column makes another one when either changes.
    """

    def __init__(self, stage: Stage, width: int) -> None:
        """Look the colours up; nothing is drawn yet."""
        self.width = width
        self._stage = stage
        self._drawn: LRUCache[CardLine, Strip] = LRUCache(_LINES_KEPT)
        self._blank: dict[str, Strip] = {}
        self._ink = _Ink(
            base=_style("$foreground on $background"),
            selected=Style(bgcolor=_style("on $selected").bgcolor),
            marked=Style(bgcolor=_style("on $marked").bgcolor),
            mark=_style("bold $accent on $background"),
            stage=_style(f"{colour(stage)} on $background"),
            company=_style("bold $foreground on $background"),
            quiet=_style("$quiet on $background"),
            hairline=_style("$hairline on $background"),
            faint=_style("$faint on $background"),
            alarm=_style("$error on $background"),
        )

    @property
    def text_width(self) -> int:
        """The cells of a line of text."""
        return max(1, self.width - MARGIN)

    def heading(self, line: int, count: str) -> Strip:
        """Return a line of the heading: glyph, word and number, or the hairline."""
        ink = self._ink
        if line > 0:
            return _strip([("─" * (self.width - 1), ink.hairline), (" ", ink.base)])
        label = self._stage.label
        return _strip(
            [
                (f"{glyph(self._stage)} ", ink.stage),
                (label, ink.stage + Style(bold=True)),
                (fit(f" {count}", self.width - 2 - len(label)), ink.quiet),
            ]
        )

    def folded(self, line: int, count: str) -> Strip:
        """Return a line of a folded column: glyph, hairline, number, and the word downwards."""
        ink = self._ink
        lines = (
            (glyph(self._stage), ink.stage),
            ("─" * self.width, ink.hairline),
            (count if len(count) <= _DIGITS else f"{count[:-_DIGITS]}k", ink.quiet),
            ("", ink.base),
            *((letter, ink.stage) for letter in self._stage.label),
        )
        text, style = lines[line] if line < len(lines) else ("", ink.base)
        return _strip([(fit(text, self.width), style)])

    def blank(self, gap: str) -> Strip:
        """Return a line without a card."""
        if gap not in self._blank:
            self._blank[gap] = self._line([(" " * (self.width - 1), self._ink.base)], gap)
        return self._blank[gap]

    def card(self, line: CardLine) -> Strip:
        """Return a line of a card."""
        drawn = self._drawn.get(line)
        if drawn is None:
            drawn = self._drawn[line] = self._draw(line)
        return drawn

    def _draw(self, line: CardLine) -> Strip:
        ink, face = self._ink, line.face
        if line.part == _TEXT_LINES:
            return self._line(self._progress(face.done), line.gap)
        bold = Style(bold=face.is_pressing)
        text, style = (
            (face.company, ink.company),
            (face.role, ink.quiet),
            (face.fact, (ink.alarm if face.is_doubtful else ink.stage) + bold),
        )[line.part]
        ground = ink.selected if line.is_selected else ink.marked if line.is_marked else Style()
        bar = ("▌", ink.stage + ground) if line.is_selected else (" ", ink.base)
        pad = (" ", ink.base + ground)
        # A mark is a glyph before all that is colour.
        mark = ("✓┃┃"[line.part], ink.mark + ground) if line.is_marked else pad
        words = [(text, style + ground)]
        if line.part == 1 and face.badge:
            words += [pad, (face.badge, ink.stage + ground)]
        return self._line([bar, mark, *words, pad], line.gap)

    def _progress(self, done: int | None) -> list[Part]:
        """Return a line that shows how much of a wait is over.

        Its two parts differ in weight, for those who see no colours.
        """
        ink, room = self._ink, self.text_width
        if done is None:
            return [(" " * (room + MARGIN - 1), ink.base)]
        return [
            ("  ", ink.base),
            ("━" * done, ink.stage),
            ("─" * (room - done), ink.faint),
            (" ", ink.base),
        ]

    def _line(self, parts: Sequence[Part], gap: str) -> Strip:
        return _strip([*parts, (gap, self._ink.faint)])


def _style(tokens: str) -> Style:
    """Return a style of theme tokens.

    Not by component classes: Textual would style each of them anew for every column.
    """
    return ThemeStyle.parse(tokens).rich_style


def _strip(parts: Sequence[Part]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts if text])
