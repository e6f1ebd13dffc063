"""The import dialog: what would happen first, then it happens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from builders import application
from followup.domain.exchange import (
    ColumnReading,
    ImportOptions,
    ImportReading,
    ImportRow,
    Problem,
    UnreadableFileError,
)
from followup.importing import ImportPreview
from followup.ui.screens.import_file import ImportScreen
from scripts import plugin
from ui_host import HOSTILE, Host, fill, page, tracker_in


class Lines:
    """Reads a file with a company on every line."""

    name = "lines"
    title = "Lines"

    def sniff(self, head: bytes) -> float:
        return 1.0

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        companies = stream.read().decode().splitlines()
        if not companies:
            raise UnreadableFileError("the file is empty")
        return ImportReading(
            rows=tuple(
                ImportRow(line=number, application=application(company=company))
                for number, company in enumerate(companies, 1)
                if company
            ),
            problems=tuple(
                Problem(line=number, text="no company")
                for number, company in enumerate(companies, 1)
                if not company
            ),
            columns=(ColumnReading(name="Firm", field="company", sample=companies[0]),),
            about=("UTF-8, one column",),
        )


Opened = Callable[[], Host[ImportPreview | None]]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    lines = plugin("lines", register_importers=[Lines()])
    tracker = tracker_in(tmp_path / "store", application(company="Known"), plugins=[lines])
    return lambda: Host(lambda: ImportScreen(tracker))


async def test_enter_shows_what_would_happen_and_enter_again_imports(
    opened: Opened, tmp_path: Path
) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Acme\n\nGlobex\nKnown\n")
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        fill(app, "File", f"'{file}'")
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.results == []
        shown = page(app)
        assert "2 new, 1 unchanged  ▲ 1 to look at below  press enter to import" in shown
        assert "UTF-8, one column" in shown
        assert " ".join(shown.split()).count("Firm company Acme") == 1
        assert "line 2: no company" in shown
        await pilot.press("enter")
    (preview,) = app.results
    assert preview is not None
    assert [row.application.company for row in preview.merge.new] == ["Acme", "Globex"]


async def test_another_path_is_read_anew(opened: Opened, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(f"{name} company\n")
    app = opened()
    async with app.run_test() as pilot:
        fill(app, "File", str(tmp_path / "one"))
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        fill(app, "File", str(tmp_path / "two"))
        await pilot.pause()
        assert "one company" not in page(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.results == []
        assert "two company" in page(app)


@pytest.mark.parametrize("content", [None, ""])
async def test_a_file_that_cannot_be_used_is_refused_in_words(
    opened: Opened, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "f"
    if content is not None:
        file.write_text(content)
    app = opened()
    async with app.run_test(size=(160, 24)) as pilot:
        fill(app, "File", str(file))
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        words = "cannot read" if content is None else "the file is empty"
        assert words in " ".join(page(app).split())
        await pilot.press("enter")
        await app.workers.wait_for_complete()
    assert app.results == []


async def test_nothing_new_cannot_be_imported(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text("Known\n")
    app = opened()
    async with app.run_test() as pilot:
        fill(app, "File", str(file))
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "1 unchanged" in page(app)
        assert app.results == []


async def test_hostile_files_are_shown_literally(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "[red]f [@click=app.quit]x"
    file.write_text("\n".join(HOSTILE))
    app = opened()
    async with app.run_test(size=(100, 30)) as pilot:
        fill(app, "File", str(file))
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "[red]ACME" in page(app)
        assert "\x1b" not in page(app)
