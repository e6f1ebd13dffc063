"""Draw the pictures of every screen: ``make screenshots``.

The program draws itself over made-up applications, at a fixed size and time, so that the
same program always draws the same pictures.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from scenes import SCENES, Scene
from studio import THEMES, sitting

HERE = Path(__file__).parent
SIZE = (120, 34)


def main() -> None:
    """Draw all pictures beside this file."""
    for scene in SCENES:
        for name, picture in asyncio.run(pictures(scene)).items():
            (HERE / name).write_text(picture, encoding="utf-8")


async def pictures(scene: Scene) -> dict[str, str]:
    """Return the pictures of a scene as SVG, by the names of their files."""
    drawn: dict[str, str] = {}
    async with sitting(scene, SIZE) as model:
        for theme in THEMES:
            await model.wear(theme)
            drawn[f"{scene.name}-{theme.removeprefix('followup-')}.svg"] = model.picture()
    return drawn


if __name__ == "__main__":
    main()
