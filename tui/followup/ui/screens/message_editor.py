"""The page a message is written on, with the words marked that the rules speak of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.widgets import TextArea

from followup.domain.message import Severity, Verdict
from followup.domain.text import clean_page, harmless

Span = tuple[int, int]


class MessageEditor(TextArea):
    """A text area that underlines spans of its text in the colour of a severity."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "message-editor--block",
        "message-editor--warn",
        "message-editor--info",
    }

    def __init__(self, text: str) -> None:
        """Start with a text, which is cleaned."""
        super().__init__(clean_page(text), compact=True, highlight_cursor_line=False)
        self._marks: tuple[tuple[Span, Severity], ...] = ()

    def mark(self, verdicts: Iterable[Verdict]) -> None:
        """Underline the words that the verdicts were passed on, and no others."""
        marks = tuple((verdict.span, verdict.severity) for verdict in verdicts if verdict.span)
        if marks != self._marks:
            self._marks = marks
            # It drops the lines that are kept as they were drawn.
            self.notify_style_update()
            self.refresh()

    def write(self, text: str) -> None:
        """Put another text in the place of this one, so that undo brings this one back."""
        self.replace(clean_page(text), self.document.start, self.document.end)
        self.move_cursor(self.document.end)

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

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = harmless(event.text)
