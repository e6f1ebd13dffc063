"""The keys that are really in force, whatever was rebound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine

_HERE = "Here"
_USUAL = "As everywhere"


class HelpScreen(ModalScreen[None]):
    """Lists keys by group, as the screen below it has them."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "close", "Close", id="help.close"),
        Binding("j,down", "scroll(1)", "Down", id="help.down"),
        Binding("k,up", "scroll(-1)", "Up", id="help.up"),
    ]

    def __init__(self, bindings: Mapping[str, ActiveBinding]) -> None:
        """Take the bindings of the screen to explain: its ``active_bindings``."""
        super().__init__()
        self.bindings = bindings

    def compose(self) -> ComposeResult:
        """Lay the groups out."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(plain.line("Keys", "bold"), classes="heading")
            for group, rows in self._groups().items():
                yield Static(plain.line(group, plain.QUIET), classes="keys-group")
                cells = [cell for what, keys in rows.items() for cell in _cells(what, keys)]
                yield Grid(*cells, classes="keys")
            with Vertical(classes="foot"):
                yield KeyLine("help.down", "help.up", "help.close")

    def _groups(self) -> dict[str, dict[str, list[str]]]:
        """Return the keys of each description, by group, in the order of the bindings."""
        named = [active.binding.group for active in self.bindings.values()]
        names = [_HERE, *(group.description for group in named if group), _USUAL]
        groups: dict[str, dict[str, list[str]]] = {name: {} for name in names}
        for active in self.bindings.values():
            binding = active.binding
            if not binding.description or binding.system:
                continue
            name = binding.group.description if binding.group else ""
            # Only our own bindings have an id.
            rows = groups[name or (_HERE if binding.id else _USUAL)]
            keys = rows.setdefault(binding.tooltip or binding.description, [])
            keys.append(self.app.get_key_display(binding))
        return {name: rows for name, rows in groups.items() if rows}

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(".dialog").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def _cells(what: str, keys: list[str]) -> tuple[Static, Static]:
    shown = Content("  ").join([plain.line(key, "bold $accent") for key in keys])
    return Static(shown), Static(plain.line(what))
