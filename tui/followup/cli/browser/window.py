"""One board for one window of the browser: a process of its own."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from shlex import join

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

PATIENCE = 5.0
"""Seconds that a board has to end when it is told to."""


class Window(AppService):
    """A board whose keys come from a websocket, and whose screen goes there."""

    def __init__(
        self, words: Sequence[str], websocket: web.WebSocketResponse, downloads: DownloadManager
    ) -> None:
        """Take the command that runs the board, and where its window is."""
        super().__init__(
            join(words),
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self.shut,
            download_manager=downloads,
        )
        self._words = words
        self._websocket = websocket

    async def shut(self) -> None:
        """Close the window."""
        await self._websocket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        # Not through a shell, as it would be: the path of a store is a word and nothing else.
        self._process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Show the board until it ends, however it does, and close its window."""
        await super().run()
        await self.shut()

    async def on_data(self, payload: bytes) -> None:
        """Show what the board draws."""
        # A closed window takes nothing, but a board that nobody reads could not end.
        with suppress(ConnectionError):
            await super().on_data(payload)

    async def stop(self) -> None:
        """End the board; by force where it takes longer than ``PATIENCE``."""
        process = self._process
        if process is None:
            return
        force = asyncio.get_running_loop().call_later(PATIENCE, _kill, process)
        try:
            await super().stop()
            await process.wait()
        finally:
            force.cancel()


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
