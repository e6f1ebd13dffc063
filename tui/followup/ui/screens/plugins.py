"""The plugins: what each gives, how each is doing, and which of them are wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from followup.domain import instants
from followup.extensions.faults import Fault
from followup.extensions.outside import OutsidePlugins
from followup.extensions.roster import Condition, Listed, roster
from followup.tracker import Tracker
from followup.ui.fitting import fit, legible
from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine
from followup.ui.widgets.listing import Listing

KEYS = (
    "plugins.disable",
    "plugins.enable",
    "plugins.traceback",
    "plugins.leave",
)
_LOOKS: dict[Condition, tuple[str, str]] = {
    "loaded": ("●", "$success"),
    "failed": ("▲", "$error"),
    "set aside": ("■", "$error"),
    "disabled": ("○", "$quiet"),
}
_NAME = 22  # cells of a name in the list


class PluginsScreen(Screen[None]):
    """Lists the plugins, tells of the one at the cursor, and turns those of others on and off."""

    CSS_PATH = STYLES
    AUTO_FOCUS = "Listing"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual types it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "want(False)", "Disable", id="plugins.disable"),
        Binding("e", "want(True)", "Enable", id="plugins.enable"),
        Binding("t", "traceback", "Traceback", id="plugins.traceback"),
        Binding("enter", "traceback", show=False, priority=True),
        Binding("j", "move(1)", "Down", id="plugins.down"),
        Binding("k", "move(-1)", "Up", id="plugins.up"),
        Binding("escape,q,P", "leave", "Back", id="plugins.leave"),
    ]

    def __init__(self, tracker: Tracker, outside: OutsidePlugins | None) -> None:
        """Take where the plugins are; they are listed once the screen is mounted."""
        super().__init__()
        self._tracker = tracker
        self._outside = outside
        self._is_tracing = False

    def compose(self) -> ComposeResult:
        """Lay the list out beside what is told of one plugin."""
        yield Static(plain.line("Plugins", "bold"), id="plugins-heading")
        with Horizontal(id="plugins"):
            yield Listing[Listed]()
            with VerticalScroll(id="plugin", can_focus=False):
                yield Static(plain.line("One moment: they are being loaded", plain.QUIET))
        yield KeyLine(*KEYS)

    def on_mount(self) -> None:
        """List the plugins."""
        self.run_worker(self._list(), name="list")

    async def _list(self) -> None:
        """List the plugins, the cursor where it was; at first on one that is not well."""
        row = self._listing.highlighted
        listed = await asyncio.to_thread(roster, self._tracker.host, self._outside)
        if not self.display:  # neither while the screen is being taken away
            return
        self._listing.show((_row(plugin), plugin) for plugin in listed)
        unwell = (
            number
            for number, plugin in enumerate(listed)
            if plugin.condition in {"failed", "set aside"}
        )
        self._listing.highlighted = next(unwell, 0) if row is None else row
        self._tell()

    @property
    def _listing(self) -> Listing[Listed]:
        return self.query_one(Listing)

    @property
    def _plugin(self) -> Listed | None:
        return self._listing.item

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """Tell of the plugin at the cursor."""
        plugin = self._plugin
        if plugin:
            zone = self._tracker.zone
            told = _told(plugin, zone, is_tracing=self._is_tracing)
            self.query_one("#plugin Static", Static).update(plain.lines(*told))
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done to the plugin at the cursor."""
        plugin = self._plugin if self.is_mounted else None
        if action == "want":
            (is_wanted,) = parameters
            is_on = plugin is not None and plugin.condition in {"loaded", "failed"}
            return plugin is not None and plugin.found.source != "box" and is_on is not is_wanted
        if action == "traceback":
            return plugin is not None and any(fault.traceback for fault in plugin.faults)
        return True

    async def action_want(self, is_wanted: bool) -> None:
        """Have the plugin at the cursor loaded, or not any more."""
        plugin, outside = self._plugin, self._outside
        if plugin is None or outside is None:
            return
        if is_wanted:
            outside.ledger.enable(plugin.name)
        else:
            outside.ledger.disable(plugin.name)
        self.run_worker(self._reload(outside), name="reload", exclusive=True)

    async def _reload(self, outside: OutsidePlugins) -> None:
        await asyncio.to_thread(outside.reload)
        await self._list()

    def action_traceback(self) -> None:
        """Show the tracebacks of faults, or hide them."""
        self._is_tracing = not self._is_tracing
        self._tell()

    def action_move(self, rows: int) -> None:
        """Move the cursor by a row."""
        self._listing.move(rows)

    def action_leave(self) -> None:
        """Go back to the board."""
        self.dismiss(None)


def _row(plugin: Listed) -> Content:
    glyph, style = _LOOKS[plugin.condition]
    return Content.assemble(
        plain.line(glyph, style),
        " ",
        fit(legible(plugin.name), _NAME),
        " ",
        plain.line(plugin.condition, style if plugin.condition != "loaded" else plain.QUIET),
    )


def _told(plugin: Listed, zone: str, *, is_tracing: bool) -> Iterator[Content]:
    """Yield what there is to say of a plugin, line by line."""
    found = plugin.found
    yield plain.row(plain.line(found.name, "bold"), plain.line(found.version, plain.QUIET))
    yield plain.line(found.distribution or found.locator or "ships in the box", plain.QUIET)
    if plugin.condition == "set aside":
        yield plain.line("Set aside after its faults: e gives it another chance", "$warning")
    for kind, names in plugin.gives.items():
        yield plain.row(plain.line(f"{kind}:", plain.QUIET), plain.line(", ".join(names)))
    others = [hook for hook in plugin.hooks if not hook.startswith("register_")]
    if others:
        yield plain.row(plain.line("listens to:", plain.QUIET), plain.line(", ".join(others)))
    for fault in reversed(plugin.faults):
        yield from _fault(fault, zone, is_tracing=is_tracing)


def _fault(fault: Fault, zone: str, *, is_tracing: bool) -> Iterator[Content]:
    glyph, style = ("▲", "$error") if fault.failed else ("△", "$warning")
    when = instants.spoken(fault.at, zone) if fault.at else ""
    yield Content(" ")
    yield plain.row(
        plain.line(f"{glyph} {fault.phase}", style),
        plain.line(fault.version, plain.QUIET),
        plain.line(when, plain.QUIET),
    )
    yield plain.line(fault.reason)
    if is_tracing and fault.traceback:
        yield plain.page(fault.traceback, plain.QUIET)
