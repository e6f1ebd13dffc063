"""The margins of the board, which say that there are more columns beyond them."""

from __future__ import annotations

from typing import Literal

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

Beyond = Literal["nothing", "columns", "work"]


class Edge(Widget):
    """Points to columns beyond the screen, in a warning colour where they hold work to do."""

    ALLOW_SELECT = False
    WIDTH = 2

    beyond: reactive[Beyond] = reactive("nothing")

    def __init__(self, arrow: str, id: str) -> None:  # noqa: A002 - Textual's word
        """Make an edge that points with ``arrow``."""
        super().__init__(id=id)
        self._arrow = arrow

    def render(self) -> Content:
        """Return the arrow, beside the headings."""
        if self.beyond == "nothing":
            return Content("")
        return Content.styled(self._arrow, "bold $warning" if self.beyond == "work" else "$quiet")
