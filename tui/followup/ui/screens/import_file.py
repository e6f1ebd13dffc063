"""The dialog that imports a file: what would happen first, then enter makes it happen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from followup.domain.errors import FollowupError, InputError
from followup.domain.exchange import ImportOptions
from followup.importing import ImportPreview
from followup.tracker import Tracker
from followup.ui.fitting import fit, legible
from followup.ui.screens import plain
from followup.ui.screens.fields import Field
from followup.ui.screens.form import Form, title

_SHOWN_PROBLEMS = 50
_CELL = 22  # cells in a column of the preview
_QUOTES = "'\""


class PathField(Field[Path]):
    """The path of a file, as typed, pasted or dropped on the terminal."""

    def read(self, text: str) -> Path:
        """Return the path; ``~`` is the home directory."""
        text = text.strip().strip(_QUOTES)
        if not text:
            raise InputError("name the file: its path, or drop it on the terminal")
        return Path(text).expanduser()


class ImportScreen(Form[ImportPreview]):
    """Asks for a file, shows what importing it would do, and dismisses with that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Read, then import", id="form.submit", priority=True),
    ]

    def __init__(self, tracker: Tracker) -> None:
        """Begin with no file."""
        super().__init__()
        self.tracker = tracker
        self.path = PathField("File", hint="~/Downloads/applications.csv")
        self.preview: ImportPreview | None = None

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Import a file")

    def content(self) -> Iterable[Widget]:
        """Return the field, and below it what was read."""
        return (self.path, Static(id="preview"))

    def fields(self) -> Iterable[Field[Any]]:
        """Return the one field."""
        return (self.path,)

    @on(Input.Changed)
    def on_path_changed(self) -> None:
        """Forget what another file would have done."""
        self.preview = None
        self.query_one("#preview", Static).update(Content(""))
        self.query_one(".trouble").display = False

    def action_submit(self) -> None:
        """Read the file; once its preview is on the screen, import it."""
        if self.preview:
            self.dismiss(self.preview)
        elif self.path.check():
            self.run_worker(self._read(self.path.value), exclusive=True, group="read")

    async def _read(self, path: Path) -> None:
        options = ImportOptions(now=self.tracker.now(), zone=self.tracker.zone)
        try:
            preview = await asyncio.to_thread(self.tracker.importing.preview, path, options)
        except FollowupError as fault:
            self.complain(str(fault))
            return
        if not self.display:  # neither while the screen is being taken away
            return
        if preview.merge.new or preview.merge.updated:
            self.preview = preview
        self.query_one("#preview", Static).update(plain.lines(*_preview(preview)))


def _preview(preview: ImportPreview) -> Iterator[Content]:
    """Yield what was read and what would come of it, line by line."""
    reading, merge = preview.reading, preview.merge
    problems = sorted((*reading.problems, *merge.duplicates), key=lambda problem: problem.line)
    counts = ((merge.new, "new"), (merge.updated, "updated"), (merge.unchanged, "unchanged"))
    said = ", ".join(f"{len(rows)} {word}" for rows, word in counts if rows) or "nothing to import"
    doubt = f"▲ {len(problems)} to look at below" if problems else ""
    ready = "press enter to import" if merge.new or merge.updated else ""
    yield plain.row(
        plain.line(said, "bold"), plain.line(doubt, "$warning"), plain.line(ready, "$accent")
    )
    for about in reading.about:
        yield plain.line(about, plain.QUIET)
    for column in reading.columns:
        style = "" if column.field else plain.FAINT
        words = (column.name, column.field or "ignored", column.sample)
        cells = [Content.styled(fit(legible(word), _CELL), style) for word in words]
        yield Content("  ").join(cells)
    for problem in problems[:_SHOWN_PROBLEMS]:
        yield plain.line(f"▲ line {problem.line}: {problem.text}", "$warning")
    if len(problems) > _SHOWN_PROBLEMS:
        more = len(problems) - _SHOWN_PROBLEMS
        yield plain.line(f"and {more} more: `followup import --dry-run` lists all", plain.QUIET)
