"""The application: themes, keys, the palette, and the board as its first screen."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.text import Text
from textual.app import App, SystemCommand
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from followup.domain.text import clean, clean_page
from followup.extensions.outside import OutsidePlugins
from followup.tracker import Tracker
from followup.ui.garbage import collect_as_usual, collect_by_the_minute
from followup.ui.keys import mistakes
from followup.ui.screens.board import BoardScreen
from followup.ui.screens.tour import Tour
from followup.ui.theme import DARK, LIGHT, fallback_variables


class FollowupApp(App[None]):
    """The board over a tracker, full screen.

    A ``read_only`` board changes nothing. ``outside`` are the plugins that did not ship in
    the box. ``open_demo`` gives a tracker over made-up applications, for those who have none
    of their own yet. ``look_for_trouble`` says what else is wrong, once the board stands. A
    board that ``is_demo`` offers the tour in passing.
    """

    TITLE = "followup"
    # A default screen does not load style sheets of its own.
    CSS_PATH = "styles/board.tcss"
    # Not set as it begins: another theme than the first has all style sheets read twice.
    theme: Reactive[str] = Reactive(DARK.name)

    def __init__(
        self,
        tracker: Tracker,
        *,
        read_only: bool = False,
        outside: OutsidePlugins | None = None,
        open_demo: Callable[[], Tracker] | None = None,
        look_for_trouble: Callable[[], Sequence[str]] = tuple,
        is_demo: bool = False,
    ) -> None:
        """Put the application together; the store is read when it runs."""
        super().__init__()
        self.tracker = tracker
        self._read_only = read_only
        self._outside = outside
        self._open_demo = open_demo
        self._look_for_trouble = look_for_trouble
        self._is_leaving = False
        self._is_demo = is_demo
        if tracker.config.theme in self.available_themes:
            self.theme = tracker.config.theme
        self.set_keymap(tracker.config.keys)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The themes there are: Textual's, and our two."""
        return {**super().available_themes, DARK.name: DARK, LIGHT.name: LIGHT}

    def get_default_screen(self) -> Screen[Any]:
        """Return the board."""
        return BoardScreen(self.tracker, read_only=self._read_only, outside=self._outside)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours of stages under themes that know nothing of them."""
        theme = self.current_theme
        return {} if theme in (DARK, LIGHT) else fallback_variables(theme)

    def on_ready(self) -> None:
        """Do what can wait until the board stands."""
        collect_by_the_minute(self)
        self.run_worker(self._tell_of_trouble(), name="trouble")
        if self._is_demo:
            self._offer_tour()

    def on_unmount(self) -> None:
        """Leave things as they were found."""
        collect_as_usual()

    async def _tell_of_trouble(self) -> None:
        for trouble in await asyncio.to_thread(self._look_for_trouble):
            self._warn(trouble)

    def on_mount(self) -> None:
        """Say what of the configuration cannot be used."""
        wanted = self.tracker.config.theme
        if wanted not in self.available_themes:
            self._warn(f"There is no theme {wanted}: ctrl+p shows those there are")
        for mistake in mistakes(self.tracker.config.keys):
            self._warn(mistake)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield what the palette offers beside that of the board: Textual's, and the ways in."""
        if isinstance(screen, BoardScreen):
            yield from self._board_commands(screen)
        yield from super().get_system_commands(screen)

    def _board_commands(self, screen: BoardScreen) -> Iterable[SystemCommand]:
        yield SystemCommand("Import", "Import a file", screen.action_import)
        yield SystemCommand("Tour", "A short tour of the board", self.action_tour)

    async def action_open_demo(self, with_tour: bool = False) -> None:
        """Open a board of made-up applications above the empty one, perhaps with the tour."""
        if self._open_demo is None:
            self._warn("Leave with q and run `followup demo`")
            return
        demo = BoardScreen(self._open_demo())
        demo.title = "followup demo"
        await self.push_screen(demo)
        if with_tour:
            Tour.begin(demo)
        else:
            self._offer_tour()

    async def action_tour(self) -> None:
        """Take the tour: of the board that one looks at, or of the demo where it is empty."""
        board = self._boards[-1]
        if not board.board.cards():
            await self.action_open_demo(with_tour=True)
        elif board.is_current:
            self.clear_notifications()  # such as the offer of it
            Tour.begin(board)

    def _offer_tour(self) -> None:
        keys = {
            active.binding.id: active.binding for active in self.screen.active_bindings.values()
        }
        if binding := keys.get("board.tour"):
            key = self.get_key_display(binding)
            self.notify(f"New here? {key} takes the tour", markup=False)

    @property
    def _boards(self) -> list[BoardScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, BoardScreen)]

    async def action_quit(self) -> None:
        """Leave, once everything is stored; a message on its way is worth a second thought.

        From a demo above one's own board, it leads back to that one.
        """
        if len(self._boards) > 1:
            # Not waited for: this may well be asked for from the screen that goes.
            while len(self._boards) > 1:
                self.pop_screen()
            return
        from followup.ui import courier  # late: the board starts sooner without it

        if courier.is_busy(self):
            if not self._is_leaving:
                self._is_leaving = True
                self._warn("A message is on its way: wait, or q again leaves it unconfirmed")
                return
            if self._outside:
                self._outside.close()
            await courier.stop(self, self.tracker)
        for screen in self.screen_stack:
            if isinstance(screen, BoardScreen):
                screen.tell_plugins()
                await screen.desk.writes.finish()
                await screen.news.finish()
        if self._outside:
            self._outside.close()
        self.exit()

    def _warn(self, text: str) -> None:
        self.notify(clean(text), severity="warning", markup=False)

    def _fatal_error(self) -> None:
        """Leave with a traceback, without the local variables that Textual would print.

        They hold what the user wrote, and whatever secrets a plugin had in its hands.
        """
        self.panic(Text(clean_page(traceback.format_exc())))
