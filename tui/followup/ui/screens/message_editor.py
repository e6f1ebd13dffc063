"""The page a message is written on, with the words marked that the rules speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.text import Text
from textual.cache import LRUCache
from textual.geometry import Region
from textual.strip import Strip

from followup.domain.message import Severity, Verdict
from followup.domain.text import clean_page
from followup.ui.screens.page import Page

Span = tuple[int, int]
Marks = tuple[tuple[Span, Severity], ...]
Rows = tuple[tuple[int, int, int], ...]  # of each row: its line, and where it begins and ends there

DRAWN = 400  # rows that are kept as they were drawn: more than a screen has


class MessageEditor(Page):
    """A text area that underlines spans of its text in the colour of a severity.

    A text area draws all its rows again at each key. Rows that look as they did are taken from
    ``_drawn`` here, so that a key in a long message costs no more than one in a short one.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "message-editor--block",
        "message-editor--warn",
        "message-editor--info",
    }

    def __init__(self, text: str) -> None:
        """Start with a text, which is cleaned."""
        self._marks: Marks = ()
        self._rows: Rows = ()
        self._drawn: LRUCache[object, Strip] = LRUCache(DRAWN)
        super().__init__(clean_page(text), compact=True, highlight_cursor_line=False)
        # A letter has no code in it, and what is marked here is what the rules speak of.
        self.set_reactive(Page.match_cursor_bracket, False)

    def mark(self, verdicts: Iterable[Verdict]) -> None:
        """Underline the words that the verdicts were passed on, and no others."""
        marks = tuple((verdict.span, verdict.severity) for verdict in verdicts if verdict.span)
        if marks != self._marks:
            self._marks = marks
            self.notify_style_update()
            self.refresh()

    def notify_style_update(self) -> None:
        """Drop the rows that are kept as they were drawn."""
        self._drawn.clear()
        super().notify_style_update()

    def write(self, text: str) -> None:
        """Put another text in the place of this one, so that undo brings this one back."""
        self.replace(clean_page(text), self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw rows, for which it is found out once where the text is wrapped."""
        self._rows = tuple(self._wrapped())
        return super().render_lines(crop)

    def _wrapped(self) -> Iterator[tuple[int, int, int]]:
        for line in range(self.document.line_count):
            begin = 0
            for end in self.wrapped_document.get_offsets(line):
                yield line, begin, end
                begin = end
            yield line, begin, len(self.document.get_line(line))

    def render_line(self, y: int) -> Strip:
        """Draw a row, or take what was drawn before of one that looks the same."""
        looks = self._looks(self.scroll_offset.y + y)
        if looks is None:
            return super().render_line(y)
        if looks not in self._drawn:
            self._drawn[looks] = super().render_line(y)
        return self._drawn[looks]

    def _looks(self, row: int) -> object | None:
        """Return all that the look of a row depends on, or nothing where it has to be drawn."""
        if not self.selection.is_empty or row >= len(self._rows):
            return None
        line, begin, end = self._rows[row]
        cursor_line, cursor = self.selection.end
        if line == cursor_line and begin <= cursor <= end:
            return None
        text = self.document.get_line(line)[begin:end]
        offset = self._begin_of(line) + begin
        marks = tuple(
            (max(start - offset, 0), stop - offset, severity)
            for (start, stop), severity in self._marks
            if start < offset + len(text) and offset < stop
        )
        return text, marks, self.scrollable_content_region.width

    def get_line(self, line_index: int) -> Text:
        """Return a line with the marks that lie on it."""
        line = super().get_line(line_index)
        begin = self._begin_of(line_index)
        for (start, end), severity in self._marks:
            style = self.get_component_rich_style(f"message-editor--{severity}", partial=True)
            line.stylize(style, max(0, start - begin), max(0, min(end - begin, len(line))))
        return line

    def _begin_of(self, line_index: int) -> int:
        """Return the offset in the text at which a line begins."""
        return sum(len(self.document.get_line(above)) + 1 for above in range(line_index))
