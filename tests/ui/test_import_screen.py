"""The import screen: what would happen first, put right by keys, and then it happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import ProgressBar

import ui_board
from builders import application
from followup.builtin import importers
from followup.domain.exchange import ImportOptions
from followup.ui.screens import import_file
from followup.ui.screens.import_choices import CompanyColumnScreen, DateOrderScreen, FieldScreen
from followup.ui.screens.import_file import ImportScreen
from ui_board import running_board
from ui_host import HOSTILE, PLUGINS, fill
from ui_import import HeldBack, import_screen

TABLE = (
    "Firm,Position,Sent,Result\n"
    "Globex,SRE,3/24/2026,Rejected\n"
    "Initech,Baker,3/5/2026,Applied\n"
    "Initech,Baker,3/5/2026,Applied\n"
    ",Cook,3/7/2026,\n"
    "Known,Cook,3/9/2026,\n"
)
SIZES = [(60, 20), (80, 24), (120, 40), (200, 50)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


async def test_it_shows_what_would_happen_and_stores_nothing(tmp_path: Path, table: Path) -> None:
    async with import_screen(tmp_path, application(company="Globex", role="SRE")) as screen:
        await screen.read(table)
        for told in (
            "Spreadsheet as CSV · UTF-8, comma between columns",
            "dates are month/day/year, as 3/24/2026 on line 2 shows",
            "2 new · 1 with new facts · 1 repeated · 1 with a problem",
            "2 Applied × 1 Closed",
            "Import 3 applications",
            "Dates month/day/year",
            "Firm company Globex | Initech | Known",
            "Sent applied on 3/24/2026",
            "line 4 the same application as on line 3: counted once",
            "line 5 no company: the line was left out",
        ):
            assert told in screen.words
        assert screen.app.results == []
        assert [card.application.company for card in screen.tracker.list()] == ["Globex"]


@pytest.mark.parametrize("key", ["enter", "ctrl+s"])
async def test_a_key_imports_what_was_shown(tmp_path: Path, table: Path, key: str) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.read(table)
        await screen.press(key)
        companies = [row.application.company for row in screen.preview.merge.new]
        assert companies == ["Globex", "Initech", "Known"]


async def test_on_the_board_it_is_one_step_that_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(ui_board, "PLUGINS", (*PLUGINS, importers))
    async with running_board(tmp_path, application(company="Hooli")) as board:
        before = board.tracker.repository.applications()
        await board.press("I")
        fill(board.app, "File", str(tmp_path / "log.csv"))
        await board.press("enter")
        await board.until(lambda: "Import 3 applications" in board.page)
        await board.press("ctrl+s")
        assert len(board.tracker.repository.applications()) == 4
        assert board.said == ["Imported: 3 new, 0 with new facts"]
        await board.press("u")
        assert board.tracker.repository.applications() == before


async def test_escape_leaves_with_nothing_at_any_time(tmp_path: Path, table: Path) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.read(table)
        await screen.press("escape")
        assert screen.app.results == [None]
        assert screen.tracker.list() == ()


async def test_a_column_becomes_another_field(tmp_path: Path, table: Path) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.read(table)
        await screen.go_to("Position")
        await screen.press("enter")
        assert isinstance(screen.app.screen, FieldScreen)
        assert "What is the column Position" in screen.words
        assert "SRE | Baker | Cook" in screen.words
        assert screen.app.screen.result() == "role"
        await screen.press("0")
        assert "Position left out SRE" in screen.words
        await screen.go_to("Result")
        await screen.press("enter", "2")
        assert "Result role" in screen.words
        await screen.press("ctrl+s")
        roles = [row.application.role for row in screen.preview.merge.new]
        assert roles[:2] == ["Rejected", "Applied"]


async def test_a_field_that_moves_leaves_the_column_where_it_was(
    tmp_path: Path, table: Path
) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.read(table)
        await screen.go_to("Position")
        await screen.press("enter", "1")
        assert "Firm left out" in screen.words
        assert "Position company" in screen.words


async def test_escape_from_a_question_changes_nothing(tmp_path: Path, table: Path) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.read(table)
        await screen.press("j", "j", "enter", "escape")
        assert isinstance(screen.app.screen, ImportScreen)
        assert "Firm company Globex" in screen.words
        assert screen.app.results == []


async def test_keys_turn_the_order_of_the_dates(tmp_path: Path, table: Path) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.read(table)
        await screen.press("d")
        assert "Dates day/month/year" in screen.words
        assert "day/month/year, as you said" in screen.words
        await screen.press("j", "enter")
        assert "Dates year/month/day" in screen.words
        await screen.press("d")
        assert "Dates month/day/year" in screen.words


async def test_doubtful_dates_lead_to_the_choice_of_their_order(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Firm,Sent\nGlobex,3/4/2026\nInitech,3/5/2026\n", encoding="utf-8")
    async with import_screen(tmp_path) as screen:
        await screen.read(path)
        assert isinstance(screen.app.screen, DateOrderScreen)
        assert "3/4/2026 on line 2 could be 04 Mar 2026 or 03 Apr 2026" in screen.words
        assert "--date-order" not in screen.page
        await screen.press("escape")
        assert "Dates not known yet" in screen.words
        await screen.press("ctrl+s")
        assert screen.app.results == []
        await screen.press("d")
        assert "Dates month/day/year" in screen.words
        await screen.read(path)
        await screen.press("2")
        assert "Dates day/month/year" in screen.words
        await screen.press("enter")
        first = screen.preview.merge.new[0].application.events[0]
        assert f"{first.day}" == "2026-04-03"


async def test_a_table_without_a_company_leads_to_the_choice_of_its_column(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Wer;Was\nGlobex;SRE\nInitech;Baker\n", encoding="utf-8")
    async with import_screen(tmp_path) as screen:
        await screen.read(path)
        assert isinstance(screen.app.screen, CompanyColumnScreen)
        assert "1 Wer Globex | Initech" in screen.words
        await screen.press("escape")
        assert "Which column is the company?" in screen.words
        await screen.press("enter", "1")
        assert "Wer company" in screen.words
        await screen.read(path)
        await screen.press("1")
        await screen.press("enter")
        companies = [row.application.company for row in screen.preview.merge.new]
        assert companies == ["Globex", "Initech"]


async def test_another_path_is_read_anew(tmp_path: Path, table: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Company,Role\nHooli,Cook\n", encoding="utf-8")
    async with import_screen(tmp_path) as screen:
        await screen.read(table)
        await screen.press("d")
        fill(screen.app, "File", str(other))
        await screen.pilot.pause()
        assert "Globex" not in screen.page
        await screen.press("ctrl+s")
        assert screen.app.results == []
        await screen.read(other)
        assert "Hooli" in screen.page
        assert "as you said" not in screen.words


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "cannot read"), ("Company,Role\n", "there is no row beneath the header")],
)
async def test_a_file_that_cannot_be_used_is_refused_in_words(
    tmp_path: Path, content: str | None, words: str
) -> None:
    file = tmp_path / "f.csv"
    if content is not None:
        file.write_text(content)
    async with import_screen(tmp_path, size=(200, 50)) as screen:
        await screen.read(file)
        assert words in screen.words
        await screen.press("enter", "ctrl+s")
        assert screen.app.results == []


async def test_no_path_is_asked_for(tmp_path: Path) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.press("enter")
        assert "name the file" in screen.words


async def test_nothing_new_cannot_be_imported(tmp_path: Path, table: Path) -> None:
    async with import_screen(tmp_path) as screen:
        preview = screen.tracker.importing.preview(
            table, ImportOptions(now=screen.tracker.now(), zone=screen.tracker.zone)
        )
        screen.tracker.importing.store(preview)
        await screen.read(table)
        assert "Nothing to import" in screen.page
        assert "3 known already" in screen.words
        await screen.press("enter", "ctrl+s")
        assert screen.app.results == []


async def test_problems_are_reached_by_tab_and_scrolled(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Company,Role\nGlobex,SRE\n" + ",Cook\n" * 2_000, encoding="utf-8")
    async with import_screen(tmp_path) as screen:
        await screen.read(path)
        assert "line 3 no company" in screen.words
        await screen.press("tab", "end")
        assert "and 1,000 more, which `followup import FILE --dry-run` lists" in screen.words
        await screen.press("tab")
        assert screen.app.focused is screen.app.screen.query_one("LineInput")


async def test_keys_go_on_while_a_file_is_read(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "PATIENCE", 0.01)
    reader = HeldBack()
    async with import_screen(tmp_path, reader=reader) as screen:
        try:
            fill(screen.app, "File", str(table))
            await screen.pilot.press("enter")
            await asyncio.to_thread(reader.has_begun.wait, 30)
            bar = screen.app.screen.query_one(ProgressBar)
            async with asyncio.timeout(10):
                while not bar.is_on_screen:
                    await screen.pilot.pause()
            assert "Reading log.csv" in screen.page
            await screen.pilot.press("ctrl+s", "x")
            assert "log.csvx" in screen.page
            assert screen.app.results == []
            await screen.pilot.press("escape")
            assert screen.app.results == [None]
        finally:
            reader.may_end.set()
        await screen.app.workers.wait_for_complete()
        assert screen.tracker.list() == ()


async def test_what_was_asked_last_is_what_is_shown(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
    reader = HeldBack()
    async with import_screen(tmp_path, reader=reader) as screen:
        fill(screen.app, "File", str(tmp_path / "one"))
        await screen.pilot.press("enter")
        await asyncio.to_thread(reader.has_begun.wait, 30)
        fill(screen.app, "File", str(tmp_path / "two"))
        await screen.pilot.press("enter")
        reader.may_end.set()
        await screen.press("shift+tab")
        assert "two, " in screen.page
        assert "one, " not in screen.page


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_tables_are_shown_literally(tmp_path: Path, size: tuple[int, int]) -> None:
    folder = tmp_path / "[red]f [@click=app.quit]x"
    folder.mkdir()
    path = folder / "[b]log[x].csv"
    names = ",".join(["Company", "Role", *(f'"{text}"' for text in HOSTILE)])
    rows = "".join(f'"{text}",Cook,{",".join(["[red]x[/foo]"] * 6)},x,y\n' for text in HOSTILE)
    path.write_text(f"{names}\n{rows},Cook\n", encoding="utf-8")
    async with import_screen(tmp_path, size=size) as screen:
        await screen.read(path)
        assert "[red]ACME" in screen.page
        assert not set("\x1b\x07\u202e") & set(screen.page)
        await screen.go_to("[red]ACME")
        await screen.press("enter")
        assert "[red]ACME" in screen.page
        assert "[red]x[/foo]" in screen.page
        await screen.press("escape", "tab", "escape")
        assert screen.app.results == [None]


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_columns_are_asked_about_literally(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "log.csv"
    names = ",".join(f'"{text}"' for text in HOSTILE)
    path.write_text(f"{names}\nx,{names}\n", encoding="utf-8")
    async with import_screen(tmp_path, size=size) as screen:
        await screen.read(path)
        assert isinstance(screen.app.screen, CompanyColumnScreen), screen.page
        assert "[@click=app.quit]x" in screen.page
        assert not set("\x1b\x07\u202e") & set(screen.page)
