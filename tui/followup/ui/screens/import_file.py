"""The screen that imports a file: what would happen first, put right, and then it happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, ProgressBar, Static

from followup.domain.errors import FollowupError
from followup.domain.exchange import ColumnReading, DateOrder, ImportOptions
from followup.importing import ImportPreview, ImportQuestionError
from followup.tracker import Tracker
from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.import_choices import (
    DATE_ORDERS,
    CompanyColumnScreen,
    DateOrderScreen,
    FieldChoice,
    FieldScreen,
    mapped,
)
from followup.ui.screens.import_path import PathField
from followup.ui.screens.import_rows import (
    Row,
    RowList,
    changes,
    column_rows,
    is_calendar,
    order_row,
    problem_lines,
    rows_of,
    summary,
    without_option,
)
from followup.ui.screens.import_whose import Whose, WhoseScreen
from followup.ui.screens.key_line import KeyLine

PATIENCE = 1.0  # seconds before a bar shows that something is going on
_NO_COMPANY = "Which column is the company? Say it by enter on its row."


class ImportScreen(Screen[ImportPreview | None]):
    """Shows what importing a file would do, and dismisses with that.

    The file is read off the thread of the screen, and anew for each change of how.
    """

    CSS_PATH = STYLES
    AUTO_FOCUS = "LineInput"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]  # noqa: RUF012 - as Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 - as Textual types it
    DEFAULT_CSS = """
    ImportScreen #import-heading { padding: 1 2; }
    ImportScreen.-short #import-heading { padding: 0 2; }
    ImportScreen Field { padding: 0 2; }
    ImportScreen #import-wait { height: 3; padding: 0 2 1 2; }
    ImportScreen #import-wait ProgressBar, ImportScreen #import-wait Bar { width: 1fr; }
    ImportScreen #import-trouble, ImportScreen #import-summary {
        height: auto;
        max-height: 6;
        padding: 0 2;
        margin-bottom: 1;
    }
    ImportScreen #import-trouble { color: $error; }
    ImportScreen #import-body { height: 1fr; }
    ImportScreen OptionList, ImportScreen OptionList:focus {
        height: 1fr;
        padding: 0 1 0 2;
        background: $background;
        background-tint: $foreground 0%;
        border: none;
        scrollbar-size-vertical: 1;
    }
    ImportScreen OptionList > .option-list--option-highlighted,
    ImportScreen OptionList:focus > .option-list--option-highlighted {
        background: $background;
        color: $foreground;
        text-style: none;
    }
    ImportScreen OptionList:focus > .option-list--option-highlighted { background: $selected; }
    ImportScreen #import-problems {
        height: auto;
        max-height: 40%;
        padding: 0 1 0 2;
        margin: 1 0;
        scrollbar-size-vertical: 1;
    }
    ImportScreen #import-problems:focus { background: $surface; }
    ImportScreen.-wide #import-body { layout: horizontal; }
    ImportScreen.-wide OptionList { width: 3fr; }
    ImportScreen.-wide #import-problems { width: 2fr; max-height: 100%; margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", "Read", id="import.read", priority=True),
        Binding("enter", "act", "Choose", id="import.act", priority=True),
        Binding("ctrl+s", "store", "Import", id="import.store", priority=True),
        Binding("tab", "complete", "Complete, or next", id="import.next", priority=True),
        Binding("d", "turn_dates", "Other date order", id="import.order"),
        Binding("w", "ask_whose", "Whose", id="import.whose"),
        Binding("j", "move(1)", "Down", id="import.down", show=False),
        Binding("k", "move(-1)", "Up", id="import.up", show=False),
        Binding("escape", "leave", "Leave", id="import.leave"),
    ]

    def __init__(self, tracker: Tracker) -> None:
        """Begin with no file."""
        super().__init__()
        self._tracker = tracker
        self._path = PathField("File", hint="~/Downloads/applications.csv")
        self._file: Path | None = None
        self._options = self._fresh_options()
        self._whose = Whose()
        self._is_reading = False
        self._preview: ImportPreview | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(plain.line("Import a file", "bold"), id="import-heading")
        yield self._path
        with Vertical(id="import-wait"):
            yield Static()
            yield ProgressBar(total=None, show_percentage=False, show_eta=False)
        yield Static(id="import-trouble")
        yield Static(id="import-summary")
        with Container(id="import-body"):
            yield RowList()
            with VerticalScroll(id="import-problems", can_focus=True):
                yield Static()
        yield KeyLine(
            "import.read",
            "import.act",
            "import.store",
            "import.order",
            "import.whose",
            "import.next",
            "import.leave",
        )

    def on_mount(self) -> None:
        """Show nothing yet but the field."""
        self._forget()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for."""
        is_typing = self._path.input.has_focus
        match action:
            case "read":
                return is_typing
            case "act" | "move":
                return not is_typing
            case "store":
                return self._preview is not None and changes(self._preview) > 0
            case "turn_dates":
                return any(row.act == "order" for row in self.query_one(RowList).rows)
            case "ask_whose":
                return self._preview is not None and is_calendar(self._preview)
        return True

    # The file

    @on(Input.Changed)
    def on_path_changed(self) -> None:
        """Forget what another file would have done, and what was said of it."""
        self._file = None
        self._forget()

    def _forget(self) -> None:
        self._preview = None
        self._list(())
        self._say("")
        self.query_one("#import-summary").display = False
        self.query_one("#import-problems").display = False
        self.query_one("#import-wait").display = False

    def action_complete(self) -> None:
        """Take the path that is offered, or go to the next part of the screen."""
        if not (self._path.input.has_focus and self._path.complete()):
            self.focus_next()

    def action_read(self) -> None:
        """Read the file whose path was typed."""
        if not self._path.check():
            return
        self._file = self._path.value
        self._options = self._fresh_options()
        self._whose = Whose()
        self._read()

    def _fresh_options(self) -> ImportOptions:
        return ImportOptions(now=self._tracker.now(), zone=self._tracker.zone)

    # Reading

    def _read(self, **changed: Any) -> None:
        """Read the file anew, with some options changed; the newest wish counts."""
        self._options = replace(self._options, **changed)
        self._preview = None
        self.refresh_bindings()
        if not self._is_reading:
            self.run_worker(self._keep_reading())

    async def _keep_reading(self) -> None:
        self._is_reading = True
        waiting = self.set_timer(PATIENCE, self._show_waiting)
        try:
            while self._file:
                file, options = self._file, self._options
                read = await asyncio.to_thread(_outcome, self._tracker, file, options)
                if (file, options) == (self._file, self._options):
                    self._show(read)
                    break
        finally:
            self._is_reading = False
            waiting.stop()
            self.query("#import-wait").set(display=False)  # it may be gone with the screen

    def _show_waiting(self) -> None:
        if self._file:
            name = plain.line(f"Reading {self._file.name}", plain.QUIET)
            self.query_one("#import-wait Static", Static).update(name)
            self.query_one("#import-wait").display = True

    def _show(self, read: ImportPreview | FollowupError) -> None:
        match read:
            case ImportPreview():
                self._show_preview(read)
            case ImportQuestionError():
                self._ask(read)
            case _:
                self._say(str(read))

    def _show_preview(self, preview: ImportPreview) -> None:
        self._preview = preview
        self._say("")
        self._list(list(rows_of(preview, self._whose)))
        self.query_one("#import-summary", Static).update(summary(preview))
        self.query_one("#import-summary").display = True
        problems = self.query_one("#import-problems")
        problems.display = bool(preview.problems)
        problems.query_one(Static).update(problem_lines(preview.problems))
        if self._path.input.has_focus:
            self._begin(preview)

    def _begin(self, preview: ImportPreview) -> None:
        """Go to what comes next: importing, or else saying whose the invitations are."""
        rows = self.query_one(RowList)
        rows.focus()
        is_whose = not changes(preview) and is_calendar(preview)
        rows.highlighted = 1 if is_whose else 0

    def _ask(self, question: ImportQuestionError) -> None:
        """Ask what has to be known before the file can be read."""
        self.query_one("#import-summary").display = False
        self.query_one("#import-problems").display = False
        columns = list(column_rows(question.columns))
        self.query_one(RowList).focus()
        if question.asks == "company":
            self._list(columns)
            self._say(_NO_COMPANY)
            self._open(CompanyColumnScreen(question.columns), self._name_company)
        else:
            doubt = without_option(str(question)).removeprefix(f"{self._file}: ")
            self._list([order_row("not known yet"), *columns])
            self._say(doubt)
            self._open(DateOrderScreen(doubt), self._order)

    def _open(self, asked: Screen[Any], answered: Callable[[Any], None]) -> None:
        """Ask above this screen, unless something is being asked already."""

        def close(answer: Any) -> None:
            if answer is not None:
                answered(answer)

        if self.is_current:
            self.app.push_screen(asked, close)

    def _list(self, rows: Sequence[Row]) -> None:
        self.query_one(RowList).show(rows)
        self.refresh_bindings()

    def _say(self, text: str) -> None:
        trouble = self.query_one("#import-trouble", Static)
        trouble.update(plain.line(f"▲ {text}") if text else Content())
        trouble.display = bool(text)

    # Putting it right

    def action_move(self, rows: int) -> None:
        """Move the cursor by a row."""
        listed = self.query_one(RowList)
        if rows > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    @on(OptionList.OptionSelected)
    def action_act(self) -> None:
        """Do what the row at the cursor is for."""
        match self.query_one(RowList).row:
            case Row(act="import"):
                self.action_store()
            case Row(act="order"):
                self.action_turn_dates()
            case Row(act="whose"):
                self.action_ask_whose()
            case Row(act="column", column=ColumnReading() as column):
                self._ask_field(column)

    def _ask_field(self, column: ColumnReading) -> None:
        def chosen(choice: FieldChoice) -> None:
            columns = [row.column for row in self.query_one(RowList).rows if row.column]
            self._read(columns={**self._options.columns, **mapped(column, choice, columns)})

        self._open(FieldScreen(column), chosen)

    def _name_company(self, name: str) -> None:
        self._read(columns={**self._options.columns, name: "company"})

    def action_turn_dates(self) -> None:
        """Read the dates in the next order."""
        shown = self._preview.reading.date_order if self._preview else None
        orders = list(DATE_ORDERS)
        current = self._options.date_order or shown
        self._order(orders[(orders.index(current) + 1) % len(orders)] if current else orders[0])

    def _order(self, order: DateOrder) -> None:
        self._read(date_order=order)

    def action_ask_whose(self) -> None:
        """Ask whose the invitations are."""
        self._open(WhoseScreen(self._tracker), self._belong)

    def _belong(self, whose: Whose) -> None:
        self._whose = whose
        known = whose.application
        self._read(company=whose.company, application_id=known.id if known else 0)

    # The end

    def action_store(self) -> None:
        """Leave with what is to be imported."""
        if self._preview and changes(self._preview):
            self.dismiss(self._preview)

    def action_leave(self) -> None:
        """Leave with nothing; what is still being read is forgotten."""
        self.dismiss(None)


def _outcome(tracker: Tracker, file: Path, options: ImportOptions) -> ImportPreview | FollowupError:
    """Return what came of reading a file, which may take its time."""
    try:
        return tracker.importing.preview(file, options)
    except FollowupError as fault:
        return fault
