"""Plugins are imported at every start, so what reads and writes files is loaded late."""

from __future__ import annotations

import subprocess
import sys

LATE = ("charset_normalizer", "icalendar", "arrow", "csv", "followup.builtin.spreadsheet")
PROGRAM = """
import sys
import followup.builtin.exporters, followup.builtin.importers
followup.builtin.exporters.register_exporters()
followup.builtin.importers.register_importers()
print(*sorted(sys.modules))
"""


def test_importers_and_exporters_load_nothing_heavy() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )
    loaded = set(run.stdout.split())
    assert "followup.builtin.importers" in loaded
    assert loaded.isdisjoint({*LATE, "followup.builtin.formats"})
