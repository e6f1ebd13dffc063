"""The path of a file to import: completed from what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup.ui.screens.import_path import completed
from ui_host import fill
from ui_import import import_screen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Downloads"
    (folder / "exports").mkdir(parents=True)
    for name in ("log.LICENSE", "log.csv", "log2.csv", ".hidden.csv", "\x1b]0;x\x07.csv"):
        (folder / name).touch()
    return folder


@pytest.mark.parametrize(
    ("begun", "whole"),
    [
        ("lo", "log.csv"),
        ("log2", "log2.csv"),
        ("log.L", "log.LICENSE"),
        ("ex", "exports/"),
        ("", "exports/"),
        (".h", ".hidden.csv"),
        ("nothing", None),
        ("exports/", None),
        ("missing/x", None),
        ("\x1b", None),
        ("nul\0/x", None),
    ],
)
def test_the_last_part_of_a_path_is_completed(folder: Path, begun: str, whole: str | None) -> None:
    expected = None if whole is None else f"{folder}/{whole}"
    assert completed(f"{folder}/{begun}") == expected


def test_home_stays_as_it_was_typed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert completed("~/lo") == "~/log.csv"
    assert completed("~nobody-has-this-name/lo") is None
    monkeypatch.chdir(folder)
    assert completed("lo") == "log.csv"
    assert completed("") is None


async def test_tab_takes_what_is_offered(tmp_path: Path, folder: Path) -> None:
    (folder / "log.csv").write_text("Company,Role\nGlobex,SRE\n", encoding="utf-8")
    async with import_screen(tmp_path) as screen:
        fill(screen.app, "File", f"{folder}/l")
        screen.app.screen.query_one("LineInput").focus()
        await screen.press("o")
        assert "tab completes log.csv" in screen.page
        await screen.press("tab", "enter")
        assert "Import 1 application" in screen.page


async def test_a_user_that_is_not_there_is_said(tmp_path: Path) -> None:
    async with import_screen(tmp_path) as screen:
        await screen.read("~nobody-has-this-name/x")
        assert "write the path in full" in screen.words
