"""A board on which one finds cards: the search as one types."""

from __future__ import annotations

from msgspec.structs import replace

from followup.ui.screens.board_view import BoardView
from followup.ui.widgets.header import Header
from followup.ui.widgets.search import Search


class FindingBoard(BoardView):
    """Narrows the board down to what somebody looks for."""

    async def action_search(self) -> None:
        """Search as one types, in the place of the header."""
        if self._search is None:
            self._search = Search()
            self.query_one(Header).display = False
            await self.mount(self._search, before=self.query_one(Header))
            self._search.tell(len(self.shown.places), len(self.board.cards()))
        # At once: what is typed next belongs to the search already.
        self.set_focus(self._search.input, scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """Show the keys that go with the focus."""
        self._show_keys()

    def on_descendant_blur(self) -> None:
        """Show the keys that go without it."""
        self._show_keys()

    def on_search_changed(self, event: Search.Changed) -> None:
        """Show the applications that match."""
        self.view = replace(self.view, text=event.text)
        self._show(self.board)

    def on_search_closed(self) -> None:
        """Show all applications again."""
        if self._search:
            self._search.remove()
            self._search = None
        self.view = replace(self.view, text="")
        self.query_one(Header).display = True
        self._show(self.board)

    def action_back(self) -> None:
        """Leave the search, or else the preview."""
        if self._search:
            self.on_search_closed()
        else:
            self.action_now()
