"""The pictures in ``screenshots/`` are what the program draws, and there are no others."""

from __future__ import annotations

import pytest

from draw import HERE, pictures
from scenes import SCENES, Scene


@pytest.fixture(autouse=True)
def in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_program_still_draws_its_pictures(scene: Scene) -> None:
    for name, drawn in (await pictures(scene)).items():
        kept = (HERE / name).read_text(encoding="utf-8")
        # Not compared in the assertion: nobody reads the difference of two pictures.
        is_kept = drawn == kept
        assert is_kept, f"{name} looks different: `make screenshots`, and look at it"
        assert "/tmp" not in drawn


def test_every_picture_belongs_to_a_scene() -> None:
    names = {f"{scene.name}-{theme}.svg" for scene in SCENES for theme in ("dark", "light")}
    assert {path.name for path in HERE.glob("*.svg")} == names
