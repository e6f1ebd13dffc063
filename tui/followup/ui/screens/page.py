"""Text of several lines, into which a paste brings nothing that a terminal obeys."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.widgets import TextArea

from followup.domain.text import harmless


class Page(TextArea):
    """A text area as it is written into here, by itself or as a part of a form."""

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Bring the cursor into sight, unless an undo has just taken away the line it stood on.

        Textual asks for it before it puts the cursor back, and would break down over it.
        """
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = harmless(event.text)
