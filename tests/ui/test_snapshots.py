"""Every screen at three sizes and in two themes looks as it was kept.

Kept are its text, once for each size, and a digest of its colours for each theme. Where
something differs on purpose: ``pytest tests/ui/test_snapshots.py --snapshot-update``, and look
at the difference.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from scenes import SCENES, Scene
from studio import THEMES, Sitting, sitting

SIZES = ((80, 24), (120, 40), (200, 50))
CRAMPED = (60, 20)

every_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


@pytest.fixture(autouse=True)
def in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def drawn(model: Sitting, path: Path) -> str:
    """Draw what differs, and say where."""
    path.write_text(model.picture(), encoding="utf-8")
    return f"it looks different: {path}"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
@every_scene
async def test_every_screen_looks_as_it_did(
    scene: Scene, size: tuple[int, int], snapshot: SnapshotAssertion, tmp_path: Path
) -> None:
    async with sitting(scene, size) as model:
        text = model.page
        assert text == snapshot(name="text"), drawn(model, tmp_path / "text.svg")
        for theme in THEMES:
            await model.wear(theme)
            assert model.page == text, drawn(model, tmp_path / f"{theme}.svg")
            kept = snapshot(name=theme)
            assert digest(model.styled) == kept, drawn(model, tmp_path / f"{theme}.svg")


@every_scene
async def test_a_small_terminal_is_no_trouble(scene: Scene) -> None:
    # The words that tell that a screen is there may not fit; it is reached all the same.
    async with sitting(Scene(scene.name, "", scene.keys, scene.is_empty), CRAMPED) as model:
        assert all(cell_len(line) <= CRAMPED[0] for line in model.page.splitlines())
        assert model.app.is_running


async def test_without_colours_glyph_and_word_say_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(SCENES[0], (200, 50)) as model:
        for words in ("● Follow up", "◆ Last call", "◔ Too early", "27 h overdue", "opens in 17 h"):
            assert words in model.page
