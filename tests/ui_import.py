"""Import screens for tests: over a real tracker, and with readers that tests hold back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO

from textual.pilot import Pilot
from textual.widgets import OptionList

from builders import application
from followup.builtin import importers
from followup.domain.application import Application
from followup.domain.exchange import ImportOptions, ImportReading, ImportRow
from followup.extensions.discovery import Found
from followup.importing import ImportPreview
from followup.tracker import Tracker
from followup.ui.screens.import_file import ImportScreen
from scripts import plugin
from ui_host import Host, fill, page, tracker_in


class Screen:
    """A running import screen, and what tests look at."""

    def __init__(
        self, app: Host[ImportPreview | None], pilot: Pilot[None], tracker: Tracker
    ) -> None:
        self.app = app
        self.pilot = pilot
        self.tracker = tracker

    async def read(self, path: Path | str) -> None:
        """Type a path, and wait until the file is read."""
        fill(self.app, "File", str(path))
        self.app.screen.query_one("LineInput").focus()
        await self.press("enter")

    async def press(self, *keys: str) -> None:
        """Press keys, and wait after each until nothing is read any more."""
        for key in keys:
            await self.pilot.press(key)
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def go_to(self, row: str) -> None:
        """Put the cursor on the row that begins so."""
        listed = self.app.screen.query_one(OptionList)
        listed.highlighted = [
            str(option.prompt).startswith(row) for option in listed.options
        ].index(True)
        await self.pilot.pause()

    @property
    def page(self) -> str:
        return page(self.app)

    @property
    def words(self) -> str:
        """What stands on the screen, with single spaces."""
        return " ".join(self.page.split())

    @property
    def preview(self) -> ImportPreview:
        """What the screen was dismissed with."""
        (preview,) = self.app.results
        assert preview is not None
        return preview


class HeldBack:
    """Reads a company from a file once it may."""

    name = "held"
    title = "Held back"

    def __init__(self) -> None:
        self.has_begun = Event()
        self.may_end = Event()
        self.read_so_far: list[ImportOptions] = []

    def sniff(self, head: bytes) -> float:
        return 1.0

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        self.read_so_far.append(options)
        self.has_begun.set()
        assert self.may_end.wait(timeout=30)
        company = stream.read().decode().strip()
        return ImportReading(rows=(ImportRow(line=1, application=application(company=company)),))


def with_importers(*more: Any) -> tuple[Found, ...]:
    """The importers that ship in the box, or others in their stead."""
    if more:
        return (plugin("more", register_importers=list(more)),)
    return (Found(name="importers", version="test", module=importers),)


@asynccontextmanager
async def import_screen(
    directory: Path, *known: Application, size: tuple[int, int] = (80, 24), reader: Any = None
) -> AsyncIterator[Screen]:
    """Run an import screen over a store in which some applications are known."""
    plugins = with_importers(*([reader] if reader else []))
    tracker = tracker_in(directory / "store", *known, plugins=plugins)
    app: Host[ImportPreview | None] = Host(lambda: ImportScreen(tracker))
    async with app.run_test(size=size) as pilot:
        yield Screen(app, pilot, tracker)
    tracker.close()
