"""A board on which one finds cards: search, filters, views, and the order of cards."""

from __future__ import annotations

from functools import partial
from itertools import chain

from msgspec.structs import replace
from textual.command import Provider

from followup.config import config_path, set_view
from followup.domain.board import Card
from followup.domain.dealing import Deal
from followup.domain.order import Order
from followup.domain.query import Query, completed
from followup.ui import keys
from followup.ui.deeds import dialog
from followup.ui.fitting import cut, legible
from followup.ui.screens.board_view import BoardView
from followup.ui.shown import View, Wish
from followup.ui.widgets.header import Header, Piece
from followup.ui.widgets.search import Search
from followup.ui.writes import Write

_LONGEST = 32  # cells of what is looked for, in the header


def _palette() -> type[Provider]:
    from followup.ui.palette import BoardPalette  # late: the board starts sooner without it

    return BoardPalette


class FindingBoard(BoardView):
    """Narrows the board down to what somebody looks for, and sorts it."""

    COMMANDS = {_palette}  # noqa: RUF012 - as Textual types it

    def _show(self, deal: Deal, focus: int | None = None) -> None:
        """Show a board, and say how much of it is seen."""
        super()._show(deal, focus)
        if self._search:
            self._search.tell(len(self.shown), len(self.board.cards()))
        self.query_one(Header).marks = self._marks()

    def _marks(self) -> tuple[Piece, ...]:
        """Return what the header says of what is shown and in which order."""
        marks = []
        if self.view.is_narrow:
            wanted = cut(legible(self.view.text), _LONGEST)
            found, total = len(self.shown), len(self.board.cards())
            marks.append(Piece(f"/ {wanted} ({found} of {total})", "bold $accent"))
        if self.view.order is not Order.URGENCY:
            marks.append(Piece(f"↓ {self.view.order.label}", "$accent"))
        return tuple(marks)

    def _bar(self) -> tuple[str, ...]:
        """Return the keys of the search while one types."""
        is_typing = self._search and self.focused is self._search.input
        return keys.SEARCH_BAR if is_typing else super()._bar()

    def look_for(self, view: View, focus: int | None = None) -> None:
        """Show what a view wants, with the cursor on the card of an id, or where it was."""
        self.view = view
        self._show(self._deal, focus)

    def found(self, text: str) -> tuple[Card, ...]:
        """Return the cards of the whole board that match a text."""
        return self._finder.found(self.board.cards(), Query.of(text))

    def go_to_card(self, card_id: int) -> None:
        """Put the cursor on a card; a search that hides it is over."""
        if self.shown.place_of(card_id) is None:
            self.on_search_closed()
        self._select(self.shown.place_of(card_id))

    # The search

    async def action_search(self) -> None:
        """Search as one types, in the place of the header."""
        if self._search is None:
            self._search = Search(self.view.text, self._completed)
            self.query_one(Header).display = False
            await self.mount(self._search, before=self.query_one(Header))
            self._search.tell(len(self.shown), len(self.board.cards()))
        # At once: what is typed next belongs to the search already.
        self.set_focus(self._search.input, scroll_visible=False)

    def _completed(self, text: str) -> str:
        applications = self.tracker.repository.applications()
        tags = set(chain.from_iterable(one.tags for one in applications))
        return completed(text, {"tag": tags, "channel": self.tracker.host.channels})

    def on_descendant_focus(self) -> None:
        """Show the keys that go with the focus."""
        self._show_keys()

    def on_descendant_blur(self) -> None:
        """Show the keys that go without it."""
        self._show_keys()

    def on_search_changed(self, event: Search.Changed) -> None:
        """Show the applications that match."""
        if event.text != self.view.text:
            self.look_for(replace(self.view, text=event.text))

    def on_search_kept(self) -> None:
        """Go on with what was found; the header says what it is."""
        if self._search:
            self._search.remove()
            self._search = None
            self.query_one(Header).display = True
            self.set_focus(None)
            self._show_keys()

    def on_search_closed(self) -> None:
        """Show all applications again."""
        self.look_for(replace(self.view, text=""))
        self.on_search_kept()

    def action_back(self) -> None:
        """Leave the search, or else the order that was chosen, or else the preview."""
        usual = self.tracker.config.sort
        if self.view.is_narrow or self._search:
            self.on_search_closed()
        elif self.view.order is not usual and not self.time.is_turned:
            self.look_for(replace(self.view, order=usual))
        else:
            self.action_now()

    # Order and views

    def action_order(self) -> None:
        """Sort the cards of each column in the next way."""
        self.look_for(replace(self.view, order=self.view.order.next))

    def action_views(self) -> None:
        """List the views that are kept, to show one or to keep what is shown now."""
        screen = dialog("views:ViewsScreen")(self.views, self.view.text.strip())
        self.app.push_screen(screen, self._grant)

    def _grant(self, wish: Wish | None) -> None:
        match wish:
            case Wish("show", name):
                self.look_for(replace(self.view, text=self.views[name]))
            case Wish("remove", name):
                self._keep_view(name, "")
            case Wish("save"):
                text = self.view.text.strip()
                screen = dialog("views:ViewNameScreen")(text, self.views)
                self.app.push_screen(screen, partial(self._save, text))

    def _save(self, text: str, name: str | None) -> None:
        if name:
            self._keep_view(name, text)

    def _keep_view(self, name: str, text: str) -> None:
        """Keep a view in the configuration, or no longer where its text is empty."""

        def kept(_: None) -> None:
            views = {known: wanted for known, wanted in self.views.items() if known != name}
            self.views = {**views, name: text} if text else views
            self.desk.say(f"View {name} is {'kept: V shows it' if text else 'gone'}")

        def refused(fault: Exception) -> None:
            self.desk.say(str(fault), "error")

        self.desk.writes.put(Write(partial(set_view, config_path(), name, text), kept, refused))
