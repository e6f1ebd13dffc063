"""A small app to hold one screen at a time, over a real tracker and a clock that stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from textual.app import App
from textual.screen import Screen

from builders import NOON, HandClock
from followup.builtin import clipboard, email, patient, rules, templates
from followup.config import Config
from followup.domain.application import Application
from followup.extensions.discovery import Found
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.tracker import Tracker
from followup.ui.screens.fields import Field, PageInput
from followup.ui.theme import DARK, LIGHT, fallback_variables

Result = TypeVar("Result")

PLUGINS = (patient, email, clipboard, rules, templates)
HOSTILE = (
    "[red]ACME",
    "ACME [/foo]",
    "[@click=app.quit]x",
    "ACME \x1b]0;x\x07",
    "ACME \u202egnp.exe",
    "a[/]b \\[bold]",
)


def tracker_in(
    directory: Path,
    *applications: Application,
    now: datetime = NOON,
    zone: str = "UTC",
    plugins: Iterable[Found] = (),
) -> Tracker:
    """A tracker over a store of its own, with these applications in it."""
    config = Config(name="Alex")
    tracker = Tracker(
        Repository(directory / "followup.json"),
        PluginHost(
            [*(Found(name=p.__name__, version="test", module=p) for p in PLUGINS), *plugins]
        ),
        config,
        HandClock(now, zone),
    )
    for application in applications:
        tracker.add(application)
    return tracker


class Host(App[None], Generic[Result]):
    """Pushes a screen and keeps what it was dismissed with."""

    def __init__(self, make: Callable[[], Screen[Result]]) -> None:
        super().__init__()
        self.make = make
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.results: list[Result | None] = []
        self.said: list[str] = []
        self._pushed = asyncio.Event()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return fallback_variables(DARK)

    def on_mount(self) -> None:
        self.push_screen(self.make(), self.results.append)

    def push_screen(self, *args: Any, **options: Any) -> Any:
        self._pushed.set()
        return super().push_screen(*args, **options)

    async def shows(self, kind: type[Screen[Any]]) -> None:
        """Wait until a screen of this kind lies on top and is complete."""
        while not isinstance(self.screen, kind):
            self._pushed.clear()
            await asyncio.wait_for(self._pushed.wait(), timeout=10)
        await self.screen.wait_for_refresh()

    def notify(self, message: str, **options: Any) -> None:
        # A message may hold text from outside, which must never be read as markup.
        assert options.get("markup") is False
        self.said.append(message)
        super().notify(message, **options)


def page(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    screen = app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def fill(app: App[Any], label: str, text: str) -> None:
    """Put a text into the field of a form that has this label."""
    (field,) = (field for field in app.screen.query(Field) if field.label == label)
    if isinstance(field.input, PageInput):
        field.input.text = text
    else:
        field.input.value = text
