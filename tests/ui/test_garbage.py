"""Garbage is not collected in full while somebody types, and as usual once the board is left."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from followup.ui import garbage
from ui_board import running_board

MANY = 200_000
FULL = 2  # the generation of all objects


@contextmanager
def full_collections() -> Iterator[list[int]]:
    """Note down each collection of everything."""
    seen: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "start" and about["generation"] == FULL:
            seen.append(about["generation"])

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


async def test_it_is_collected_when_its_time_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "ALL", 0.01)
    async with running_board(tmp_path) as board:
        with full_collections() as seen:
            await board.until(lambda: len(seen) > 1)
        assert board.app.return_code is None


async def test_everything_is_collected_by_the_minute_and_not_by_the_letter(tmp_path: Path) -> None:
    kept: list[list[object]] = []
    with full_collections() as seen:
        async with running_board(tmp_path):
            seen.clear()
            kept.extend([kept] for _ in range(MANY))
            assert seen == []
        kept.extend([kept] for _ in range(MANY))
        assert seen
    kept.clear()
