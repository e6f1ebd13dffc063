"""The first run: three ways in, each by one key."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from followup.ui.screens.first_run import FirstRun
from followup.ui.theme import DARK
from ui_host import page


class Empty(App[None]):
    """A board with nothing on it."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield FirstRun()

    def on_first_run_chosen(self, message: FirstRun.Chosen) -> None:
        self.chosen.append(message.way)


@pytest.mark.parametrize(("key", "way"), [("a", "add"), ("i", "import"), ("d", "demo")])
async def test_there_are_three_ways_in(key: str, way: str) -> None:
    app = Empty()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for words in ("Add an application", "Import a file", "Look at a demo"):
            assert words in page(app)
        await pilot.press(key)
    assert app.chosen == [way]
