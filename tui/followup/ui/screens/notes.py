"""Notes in Markdown, of which nothing is run, fetched or opened by itself (section 10)."""

from __future__ import annotations

from typing import ClassVar

from markdown_it import MarkdownIt
from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Markdown

from followup.domain.text import clean_page
from followup.ui.links import open_link


class Notes(Markdown, can_focus=True):
    """Shows notes; a link opens when it is clicked, and only one of a harmless kind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.run('edit')", "Edit", id="details.edit_notes"),
    ]

    def __init__(self, notes: str) -> None:
        """Take the notes, which are cleaned."""
        super().__init__(clean_page(notes), parser_factory=parser, open_links=False)

    @on(Markdown.LinkClicked)
    def on_link(self, event: Markdown.LinkClicked) -> None:
        """Open a link of a kind that cannot do harm."""
        event.stop()
        open_link(self, event.href)


def parser() -> MarkdownIt:
    """Return a parser that shows HTML as it is written.

    Entities stay as they are written too: ``&#x202e;`` would bring back what was cleaned.
    """
    return MarkdownIt("gfm-like", {"html": False}).disable("entity")
