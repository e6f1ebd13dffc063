"""The line of keys at the foot of a screen, as they are bound and in a fixed order."""

from __future__ import annotations

from textual.screen import Screen

from followup.ui.widgets.keybar import KeyBar


class KeyLine(KeyBar):
    """Shows the keys of the bindings with these ids, whatever has the focus."""

    def __init__(self, *ids: str) -> None:
        """Name the bindings in the order in which they are shown."""
        super().__init__()
        self._ids = ids

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self.follow)

    def follow(self, screen: Screen[object]) -> None:
        """Show the keys as they are bound on the screen now."""
        # Of several keys for one binding the first one is shown.
        active = reversed(screen.active_bindings.values())
        bound = {one.binding.id: one.binding for one in active}
        self.keys = tuple(bound[name] for name in self._ids if name in bound)
