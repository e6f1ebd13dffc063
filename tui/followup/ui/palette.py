"""What the palette offers on the board: actions, views, orders, plugins' commands, applications."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from followup.domain.board import Card
from followup.domain.order import Order
from followup.ui import keys
from followup.ui.fitting import legible
from followup.ui.screens.board import BoardScreen

_MOST = 20  # applications that are offered for one search
# Score of an application for each letter of what it was found by, such as a word of a note:
# more than letters scattered over a title get, less than a title with these words in it.
_FOUND = 2.0
_TOLD = 3.0  # the same for words of ours that say what an entry does


class Offer(NamedTuple):
    """One entry: what it says, what that is about in words of ours, and what it does."""

    title: str
    about: str
    do: Callable[[], object]


class BoardPalette(Provider):
    """Offers what can be done on the board; text from data is never read as markup."""

    async def discover(self) -> Hits:
        """Yield everything but the applications, of which there are too many."""
        for offer in self._offers():
            yield DiscoveryHit(Content(offer.title), offer.do, offer.title, offer.about)

    async def search(self, query: str) -> Hits:
        """Yield what matches, and the applications that a search would find."""
        matcher = self.matcher(query)
        for offer in self._offers():
            told = _TOLD * len(query) if query.casefold() in offer.about.casefold() else 0
            if score := max(told, matcher.match(offer.title)):
                yield Hit(score, Content(offer.title), offer.do, offer.title, offer.about)
        for card in self._board.found(query)[:_MOST]:
            title = _title(card)
            score = max(_FOUND * len(query), matcher.match(title))
            go = partial(self._board.go_to_card, card.id)
            yield Hit(score, Content(title), go, title, card.stage.label)

    @property
    def _board(self) -> BoardScreen:
        assert isinstance(self.screen, BoardScreen)
        return self.screen

    def _offers(self) -> Iterator[Offer]:
        board = self._board
        for name, text in board.views.items():
            show = partial(board.look_for, replace(board.view, text=text))
            yield Offer(f"View {legible(name)}", "What it looks for", show)
        for order in Order:
            sort = partial(board.look_for, replace(board.view, order=order))
            yield Offer(f"Sort {order.label}", "The cards of each column", sort)
        for command in board.tracker.host.commands.values():
            run = partial(board.run_command, command.name)
            yield Offer(legible(command.title), "A plugin's command", run)
        offered = set()
        for active in board.active_bindings.values():
            binding = active.binding
            if keys.is_offered(binding) and binding.id not in offered:
                offered.add(binding.id)
                key = self.app.get_key_display(binding)
                do = partial(board.run_action, binding.action)
                about = f"{binding.tooltip}, key {key}" if binding.tooltip else f"Key {key}"
                yield Offer(binding.description, about, do)


def _title(card: Card) -> str:
    return f"{legible(card.application.company)}, {legible(card.application.role)}"
