"""The board: every application by follow-up stage, driven by keys (design, section 8)."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import on
from textual.binding import BindingType

from followup.domain.board import Card
from followup.domain.moving import way_to
from followup.domain.stage import Stage
from followup.ui import keys
from followup.ui.deeds import dialog
from followup.ui.screens.board_selecting import ONE_AT_A_TIME, SelectingBoard
from followup.ui.screens.first_run import FirstRun
from followup.ui.shown import Place
from followup.ui.widgets.column import Column
from followup.ui.widgets.lanes import Lanes

SELECTING = ("select", "mark", "mark_column", "mark_all")


class BoardScreen(SelectingBoard):
    """Hands what the user does to the tracker, and opens what there is to look at."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.BOARD_KEYS]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a key only where it does something."""
        if action == "now":
            return self.time.is_turned
        if action in SELECTING:
            return len(self.shown) > 0 and not self._refusal()
        return True

    # Looking

    @on(Column.Pointed)
    def on_pointed(self, event: Column.Pointed) -> None:
        """Select the card that was clicked; open it on the second click."""
        column = list(self.query_one(Lanes).columns).index(event.column)
        if event.row is not None:
            self._select(Place(column, event.row))
        elif self.shown.columns[column]:
            self._select(Place(column, 0))
        if event.twice and event.row is not None:
            self.action_details()

    def action_details(self) -> None:
        """Show the timeline of the selected card, its steps and why these dates."""
        if self.selection:
            self.desk.say(ONE_AT_A_TIME)
        elif self.card:
            given = self.card.id, self.tracker, self.desk, self.changed, self.time
            self.app.push_screen(dialog("details:DetailsScreen")(*given))

    def action_today(self) -> None:
        """Show what to do now and next."""
        given = (lambda: self.board), self.tracker, self.desk.ask, self.changed
        self.app.push_screen(dialog("today:TodayScreen")(*given))

    def action_replies(self) -> None:
        """Show what mail has made likely and the user has to confirm."""
        self.app.push_screen(dialog("replies:RepliesScreen")(self.tracker, self.desk))

    def action_statistics(self) -> None:
        """Show what came of it all by the moment that the board shows."""
        given = self.board, self.time.moment, self.tracker.zone, self.time.away
        self.app.push_screen(dialog("statistics:StatisticsScreen")(*given))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(dialog("help:HelpScreen")(self.active_bindings))

    def action_plugins(self) -> None:
        """Show the plugins and their faults."""
        screen = dialog("plugins:PluginsScreen")(self.tracker, self.outside)
        self.app.push_screen(screen, lambda _: self.badges.forget())

    def run_command(self, name: str) -> None:
        """Run a plugin's command."""
        self.run_worker(self.desk.run(name), name="command")

    # Changing

    def action_shift(self, columns: int) -> None:
        """Move the selected card to a column beside its own."""
        if self.card:
            stages = list(Stage)
            number = stages.index(self.card.stage) + columns
            if 0 <= number < len(stages):
                self._move(self.card, stages[number])

    @on(Lanes.Dragged)
    def on_dragged(self, event: Lanes.Dragged) -> None:
        """Move the card that was dragged to another column."""
        self._move(event.card, event.stage)

    def _move(self, card: Card, stage: Stage) -> None:
        """Ask for the fact that brings a card to a stage, or say why it can't be there yet."""
        if self.selection:
            self.desk.say(ONE_AT_A_TIME)
            return
        way = way_to(stage, card, self.time.moment, self.tracker.zone)
        if way.fact:
            self.desk.ask(way.fact, card)
        else:
            self.desk.say(way.reason)

    def action_add(self) -> None:
        """Ask for a new application."""
        self.desk.add()

    def action_import(self) -> None:
        """Ask for a file, and import it."""
        self.desk.import_file()

    def action_turn(self, way: Literal["undo", "redo"]) -> None:
        """Take the newest change back, or make it again."""
        self.desk.turn(way)

    async def on_first_run_chosen(self, event: FirstRun.Chosen) -> None:
        """Go the way in that was chosen."""
        match event.way:
            case "add":
                self.action_add()
            case "import":
                self.action_import()
            case _:
                await self.app.run_action(f"open_demo({event.way == 'tour'})")
