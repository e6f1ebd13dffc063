"""What goes out, exactly: to whom, by which way, and every word of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from followup.domain.board import Card
from followup.domain.channel import Channel
from followup.domain.message import Message
from followup.ui.screens import compose_head, plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine


class PreviewScreen(ModalScreen[None]):
    """Shows a message as its channel gets it."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+o", "close", "Back", id="preview.close"),
        Binding("j,down", "scroll(1)", "Down", id="preview.down"),
        Binding("k,up", "scroll(-1)", "Up", id="preview.up"),
    ]

    def __init__(self, card: Card, message: Message, channel: Channel) -> None:
        """Take the message as it would be handed over."""
        super().__init__()
        self.card = card
        self.message = message
        self.channel = channel

    def compose(self) -> ComposeResult:
        """Lay the message out."""
        with VerticalScroll(classes="dialog", can_focus=False):
            head = compose_head.addressee(self.card, self.channel, width=0)
            yield Static(head, classes="about")
            if self.message.subject:
                subject = plain.line("Subject", plain.QUIET), plain.line(self.message.subject)
                yield Static(plain.row(*subject), classes="about")
            yield Static(plain.page(self.message.body), classes="about")
            with Vertical(classes="foot"):
                yield KeyLine("preview.down", "preview.up", "preview.close")

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(".dialog").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Go back to writing."""
        self.dismiss(None)
