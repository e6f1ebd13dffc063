"""Sweep: what has gone quiet, to be closed after a look."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from followup.domain.board import Board, Card, opens_at
from followup.domain.wording import fact
from followup.tracker import Tracker
from followup.ui.account import account_of
from followup.ui.fitting import cut, fit, legible
from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine
from followup.ui.stage_style import colour
from followup.ui.widgets.listing import Listing
from followup.ui.widgets.why import Why

_MARK = 2  # cells of a mark
_FACT = 18  # cells of how long it has been quiet
_WIDEST = 36  # cells of a company and of a role
_MARGINS = 6  # cells beside the list
_EMPTY = (
    "Nothing has gone quiet. An application is listed here once no steps remain"
    " and a week has passed without an answer."
)


class SweepScreen(Screen[tuple[int, ...] | None]):
    """Lists the quiet cards of a board, all marked; dismisses with the ids to close."""

    CSS_PATH = STYLES
    AUTO_FOCUS = "Listing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Close as ghosted", id="sweep.close", priority=True),
        Binding("space", "weigh", "Leave out, or in", id="sweep.toggle", priority=True),
        Binding("j", "move(1)", "Down", id="sweep.down"),
        Binding("k", "move(-1)", "Up", id="sweep.up"),
        Binding("escape,q,w", "leave", "Back", id="sweep.leave"),
    ]

    def __init__(self, board: Board, tracker: Tracker) -> None:
        """Take what is quiet on a board, the longest quiet first."""
        super().__init__()
        self._now = board.now
        self._tracker = tracker
        self._cards = sorted((c for c in board.cards() if c.standing.quiet), key=_silence)
        self._marked = {card.id for card in self._cards}

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Static(id="sweep-heading")
        if self._cards:
            yield Listing[Card](id="sweep")
            yield Why()
        else:
            yield Static(plain.line(_EMPTY, plain.QUIET), id="sweep-empty")
        yield KeyLine("sweep.close", "sweep.toggle", "sweep.leave")

    def on_mount(self) -> None:
        """Say what there is."""
        self._count()

    def on_resize(self) -> None:
        """Fit the rows to the width, the cursor where it was."""
        for listing in self.query(Listing):
            row = listing.highlighted or 0
            listing.show((self._line(card), card) for card in self._cards)
            listing.highlighted = row

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for."""
        if action == "close":
            return bool(self._marked)
        return bool(self._cards) if action == "weigh" else True

    def action_weigh(self) -> None:
        """Leave the application at the cursor out, or take it in again."""
        listing: Listing[Card] = self.query_one(Listing)
        card, row = listing.item, listing.highlighted
        if card and row is not None:
            self._marked ^= {card.id}
            listing.replace_option_prompt_at_index(row, self._line(card))
            self._count()

    def action_move(self, rows: int) -> None:
        """Move the cursor by a row."""
        for listing in self.query(Listing):
            listing.move(rows)

    def action_close(self) -> None:
        """Leave with what is to be closed."""
        self.dismiss(tuple(card.id for card in self._cards if card.id in self._marked))

    def action_leave(self) -> None:
        """Go back with everything as it was."""
        self.dismiss(None)

    @on(OptionList.OptionHighlighted)
    def on_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell below the list what happened with the application at the cursor."""
        card = self._cards[event.option_index]
        self.query_one(Why).account = account_of(card, self._tracker, self._now)

    def _count(self) -> None:
        """Say on top how many are to be closed, and whether the key for it does something."""
        total, marked = len(self._cards), len(self._marked)
        words = f"{total} gone quiet, {marked} to close as ghosted" if total else ""
        heading = plain.row(plain.line("Sweep", "bold"), plain.line(words, plain.QUIET))
        self.query_one("#sweep-heading", Static).update(heading)
        self.refresh_bindings()

    def _line(self, card: Card) -> Content:
        application, is_marked = card.application, card.id in self._marked
        name = max(1, min(_WIDEST, (self.size.width - _MARK - _FACT - _MARGINS) // 2))
        told = fact(card, self._now, self._tracker.zone, _FACT)
        return Content.assemble(
            Content.styled("✓ " if is_marked else "  ", "bold $accent"),
            Content.styled(
                fit(cut(legible(application.company), name - 1), name),
                "bold" if is_marked else plain.QUIET,
            ),
            Content.styled(fit(cut(legible(application.role), name - 1), name), plain.QUIET),
            Content.styled(fit(legible(told), _FACT), colour(card.stage)),
        )


def _silence(card: Card) -> tuple[datetime, int]:
    sent = card.standing.timeline.last_sent
    return sent.at if sent else opens_at(card), card.id
