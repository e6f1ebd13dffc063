"""A board on which one selects several cards, to deal with them together."""

from __future__ import annotations

from followup.domain.dealing import Deal
from followup.domain.events import Outcome, OutcomeKind
from followup.ui import keys
from followup.ui.deeds import DEEDS, dialog
from followup.ui.screens.board_finding import FindingBoard
from followup.ui.selection import Selection
from followup.ui.shown import Place
from followup.ui.together import DEEDS_FOR_ALL
from followup.ui.widgets.header import Header, Piece
from followup.ui.widgets.lanes import Lanes

ONE_AT_A_TIME = "That is for one application at a time: esc leaves the selection"


class SelectingBoard(FindingBoard):
    """Marks cards; what is done is done to all that are marked, or else to the selected one."""

    selection = Selection()

    def _show(self, deal: Deal, focus: int | None = None) -> None:
        """Show a board; cards that are not seen or cannot be changed are marked no more."""
        super()._show(deal, focus)
        self._let_go()

    def on_search_kept(self) -> None:
        """Go on with what was found, and what is marked of it."""
        super().on_search_kept()
        self._let_go()

    def _let_go(self) -> None:
        if self._refusal():
            self.unmark()
        elif not self._search:  # what is hidden by half a word comes back with the rest of it
            self.mark(self.selection.within(self.shown))

    def _select(self, place: Place | None) -> None:
        """Put the cursor on the card at a place; a range that is being drawn follows it."""
        super()._select(place)
        if place and self.selection.anchor is not None:
            self.mark(self.selection.reaching(place, self.shown))

    def _marks(self) -> tuple[Piece, ...]:
        """Return what the header says, what is selected first."""
        count = len(self.selection)
        selected = (Piece(f" ✓ {count} selected ", "bold reverse $accent"),) if count else ()
        return (*selected, *super()._marks())

    def _bar(self) -> tuple[str, ...]:
        """Return the keys that deal with what is selected."""
        names = super()._bar()
        return keys.SELECT_BAR if self.selection and names is not keys.SEARCH_BAR else names

    def mark(self, selection: Selection) -> None:
        """Mark the cards of a selection, and no others."""
        if selection == self.selection:
            return
        was_on, self.selection = bool(self.selection), selection
        self.query_one(Lanes).mark(selection.marked)
        self.query_one(Header).marks = self._marks()
        if was_on is not bool(selection):
            self._show_keys()

    def action_select(self) -> None:
        """Begin to select a range at the cursor, or end it there."""
        if self.card:
            self.mark(self.selection.from_here(self.card.id))

    def action_mark(self) -> None:
        """Select the card at the cursor, or select it no more."""
        if self.card:
            self.mark(self.selection.toggled(self.card.id))

    def action_mark_column(self) -> None:
        """Select all cards of the column."""
        if self.cursor:
            cards = self.shown.columns[self.cursor.place.column]
            self.mark(self.selection.with_all(card.id for card in cards))

    def action_mark_all(self) -> None:
        """Select all cards that are shown."""
        self.mark(self.selection.with_all(self.shown.ids()))

    def unmark(self) -> None:
        """Select nothing any more."""
        self.mark(Selection())

    def action_back(self) -> None:
        """Leave the selection before anything else."""
        if self.selection and not self._search:
            self.unmark()
        else:
            super().action_back()

    def action_do(self, name: str) -> None:
        """Ask for something about what is selected, or the card at the cursor, and do it."""
        if self.selection:
            marked = self.selection.marked
            cards = [card for card in self.board.cards() if card.id in marked]
            if name in DEEDS_FOR_ALL:
                self.desk.ask_all(name, cards, self.unmark)
            else:
                self.desk.say(ONE_AT_A_TIME)
        elif self.card and name in DEEDS:
            self.desk.ask(name, self.card)
        elif self.card:
            self.desk.ask_all(name, [self.card], self.unmark)

    def action_sweep(self) -> None:
        """Show what has gone quiet, to close it after a look."""
        screen = dialog("sweep:SweepScreen")(self.board, self.tracker)
        self.app.push_screen(screen, self._close)

    def _close(self, ids: tuple[int, ...] | None) -> None:
        if ids:
            now, zone = self.tracker.now(), self.tracker.zone
            self.desk.log_all(ids, Outcome(at=now, zone=zone, result=OutcomeKind.GHOSTED))
