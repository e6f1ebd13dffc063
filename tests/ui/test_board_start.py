"""The board starts with what its first frame needs, and nothing more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from builders import HandClock
from followup.ui.app import FollowupApp
from ui_board import running, tracker_over

PROGRAM = """
import sys
import followup.ui.app
print(*sys.modules)
"""
LATER = {
    "arrow",
    "charset_normalizer",
    "dateparser",
    "followup.builtin.spreadsheet",
    "followup.demo",
    "followup.ui.screens.compose",
    "followup.ui.screens.details",
    "followup.ui.screens.form",
    "followup.ui.screens.help",
    "icalendar",
    "rich.markdown",
    "textual.widgets._footer",
    "textual.widgets._text_area",
    "tomlkit",
}


def test_dialogs_and_heavy_libraries_are_loaded_when_they_are_first_needed() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert LATER.isdisjoint(run.stdout.split())


async def test_what_is_wrong_elsewhere_is_said_once_the_board_stands(tmp_path: Path) -> None:
    clock = HandClock()
    tracker = tracker_over(tmp_path / "followup.json", [], clock)
    trouble = "templates/mine.txt:3: there is no field $salery"
    app = FollowupApp(tracker, look_for_trouble=lambda: [trouble])
    async with running(app, clock) as board:
        await board.until(lambda: trouble in board.said)
    tracker.close()
