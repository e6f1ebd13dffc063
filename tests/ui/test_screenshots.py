"""The pictures of the README are what the program draws."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_program_still_draws_its_pictures(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    board = run_path(str(SCREENSHOTS / "draw.py"))["board"]
    drawn = await board(f"followup-{theme}")
    kept = (SCREENSHOTS / f"board-{theme}.svg").read_text(encoding="utf-8")
    assert drawn == kept, "the board looks different: `make screenshots`, and look at it"
