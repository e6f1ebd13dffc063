"""The board starts with what its first frame needs, and nothing more."""

from __future__ import annotations

import subprocess
import sys

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
