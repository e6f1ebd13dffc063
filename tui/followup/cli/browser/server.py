"""textual-serve's server, for the eyes of one user, with a page of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from shlex import join

from aiohttp import web
from textual_serve.server import Server, to_int

from followup.cli.browser.guard import WEBSOCKET, Guard, confine
from followup.cli.browser.window import Window

PAGE = Path(__file__).with_name("page")


class BoardServer(Server):
    """Gives each window of the browser a board of its own, run by the command in ``words``."""

    def __init__(self, words: Sequence[str], guard: Guard) -> None:
        """Take the command, and who may see what it draws."""
        super().__init__(join(words))
        self._words = words
        self._guard = guard
        self._windows: set[Window] = set()

    def application(self) -> web.Application:
        """Return what aiohttp runs: every route of it behind the guard, no list of files."""
        application = web.Application(middlewares=[self._guard.check])
        application.add_routes(
            [
                web.get("/", self.show_page),
                web.get(WEBSOCKET, self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/page", PAGE),
                web.static("/static", self.statics_path),
            ]
        )
        application.on_response_prepare.append(confine)
        application.on_shutdown.append(self.on_shutdown)
        return application

    async def show_page(self, _request: web.Request) -> web.FileResponse:
        """Answer with the page that holds the terminal."""
        return web.FileResponse(PAGE / "board.html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a board until it ends or its window is closed."""
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        window = Window(self._words, websocket, self.download_manager)
        self._windows.add(window)
        try:
            width, height = request.query.get("width", ""), request.query.get("height", "")
            await window.start(to_int(width, 80), to_int(height, 24))
            await self._process_messages(websocket, window)
        finally:
            await window.stop()
            self._windows.discard(window)  # not before: a shutdown waits for it too
        return websocket

    async def on_shutdown(self, app: web.Application) -> None:
        """End all boards: each has to leave its store in order."""
        await asyncio.gather(*(window.stop() for window in self._windows))
