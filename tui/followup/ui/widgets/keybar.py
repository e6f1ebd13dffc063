"""The keys that matter now, as many as fit; ``?`` shows the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class KeyBar(Widget):
    """One line of keys and their words; a click on one is as good as the key."""

    ALLOW_SELECT = False

    keys: reactive[tuple[Binding, ...]] = reactive(())

    def render(self) -> Content:
        """Return the line."""
        return Content("   ").join(
            Content.assemble((key, "bold $accent"), " ", (binding.description, "$quiet"))
            for key, binding in self._fitting()
        )

    def on_click(self, event: events.Click) -> None:
        """Do what the key does on which the mouse is."""
        right = 0
        for key, binding in self._fitting():
            right += _width(key, binding)
            if event.x - self.styles.padding.left < right:
                self.app.simulate_key(binding.key)
                return

    def _fitting(self) -> Iterator[tuple[str, Binding]]:
        """Yield the keys that fit and their names, the last one always among them."""
        named = [(self.app.get_key_display(binding), binding) for binding in self.keys]
        room = self.content_size.width
        while len(named) > 1 and _total(named) > room:
            del named[-2]
        yield from named


def _total(named: Sequence[tuple[str, Binding]]) -> int:
    return sum(_width(key, binding) for key, binding in named) - 3


def _width(key: str, binding: Binding) -> int:
    return cell_len(key) + 1 + cell_len(binding.description) + 3
