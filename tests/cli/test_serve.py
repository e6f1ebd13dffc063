"""``followup serve``: who is let in, what they see, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType
from aiohttp.test_utils import TestClient, TestServer

from command_line import Followup
from followup.cli.browser import window
from followup.cli.browser.guard import Guard
from followup.cli.browser.server import BoardServer
from followup.cli.session import Session

PROGRAM = [sys.executable, "-P", "-m", "followup"]
Start = Callable[..., tuple[subprocess.Popen[str], str]]
PAGES = ["/", "/ws", "/download/key", "/page/board.html", "/static/js/textual.js", "/nowhere"]


class Served:
    """A server of boards on a port of its own, and a client that has yet to show its token."""

    def __init__(self, *command: str, host: str = "127.0.0.1", address: str = "127.0.0.1") -> None:
        self.guard = Guard(host, address, 8000)
        application = BoardServer(command, self.guard).application()
        self.server = TestServer(application, host="127.0.0.1")
        self.client = TestClient(self.server)
        self.asked = {"token": self.guard.token}

    async def __aenter__(self) -> Self:
        await self.client.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    async def window(self, **asked: str) -> ClientWebSocketResponse:
        """Open a window as the page does."""
        return await self.client.ws_connect(
            "/ws", params={**self.asked, **asked}, origin=self.origin
        )

    async def status(self, path: str, **headers: str) -> int:
        """The status of an answer to somebody who has the token."""
        async with self.client.get(path, params=self.asked, headers=headers) as response:
            return response.status


async def shows(board: ClientWebSocketResponse, text: str) -> bytes:
    """Wait until a window has drawn a text, and return all that it drew."""
    drawn = b""
    while text.encode() not in drawn:
        message = await board.receive(timeout=30)
        assert message.type is WSMsgType.BINARY, (message, drawn)
        drawn += message.data
    return drawn


async def closes(board: ClientWebSocketResponse) -> None:
    """Wait until a window is closed from the other side, before aiohttp would lose patience."""
    async with asyncio.timeout(15):
        async for _ in board:
            pass


class TestGuard:
    @pytest.fixture
    async def served(self) -> AsyncIterator[Served]:
        async with Served() as served:
            yield served

    @pytest.mark.parametrize("path", PAGES)
    async def test_nothing_is_shown_without_the_token(self, served: Served, path: str) -> None:
        for asked in ({}, {"token": ""}, {"token": "guess"}, {"token": "ü\udcff"}):
            async with served.client.get(
                path, params=asked, headers={"Origin": served.origin}
            ) as response:
                assert response.status == 403
                assert served.guard.token not in await response.text()

    async def test_the_first_page_leaves_the_token_in_a_cookie(self, served: Served) -> None:
        async with served.client.get("/", params=served.asked) as response:
            assert response.status == 200
            assert "<title>followup</title>" in await response.text()
            (cookie,) = SimpleCookie(response.headers["Set-Cookie"]).values()
        assert (cookie.key, cookie.value) == ("followup-8000", served.guard.token)
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
        served.asked = {}
        assert await served.status("/") == 200
        assert await served.status("/static/js/textual.js") == 200
        assert await served.status("/download/key") == 404

    async def test_a_cookie_of_an_earlier_server_is_not_in_the_way(self, served: Served) -> None:
        served.client.session.cookie_jar.update_cookies({"followup-8000": "old"})
        assert await served.status("/") == 200
        served.asked = {}
        assert await served.status("/") == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "127.0.0.1@x",
            "[",
        ],
    )
    async def test_a_name_that_is_not_served_is_refused(self, served: Served, host: str) -> None:
        assert await served.status("/", Host=host) == 403
        assert await served.status("/ws", Host=host, Origin=f"http://{host}") == 403

    @pytest.mark.parametrize("host", ["localhost:9", "LOCALHOST", "127.0.0.1:22", "[::1]:8000"])
    async def test_other_ways_to_this_machine_are_not(self, served: Served, host: str) -> None:
        assert await served.status("/", Host=host) == 200

    async def test_under_any_address_foreign_names_are_refused(self) -> None:
        async with Served(host="0.0.0.0", address="0.0.0.0") as served:
            for host in ("192.0.2.7:8000", "[2001:db8::1]:8000", "localhost", socket.gethostname()):
                assert await served.status("/", Host=host) == 200
            assert await served.status("/", Host="evil.example") == 403

    async def test_a_name_that_was_given_is_served_and_what_it_stands_for(self) -> None:
        async with Served(host="Desk.example", address="192.0.2.7") as served:
            for host in ("desk.example:8000", "192.0.2.7:8000"):
                assert await served.status("/", Host=host) == 200
            for host in ("localhost:8000", "127.0.0.1", "192.0.2.8", "elsewhere.example"):
                assert await served.status("/", Host=host) == 403

    @pytest.mark.parametrize(
        "origin",
        [
            "http://evil.example",
            "http://localhost:1",
            "https://127.0.0.1",
            "null",
            "http://127.0.0.1",
        ],
    )
    async def test_a_foreign_page_is_refused(self, served: Served, origin: str) -> None:
        assert await served.status("/ws", Origin=origin) == 403
        assert await served.status("/", Origin=origin) == 403

    async def test_a_websocket_has_to_say_where_it_comes_from(self, served: Served) -> None:
        assert await served.status("/ws") == 403

    async def test_the_page_may_load_and_tell_nothing_elsewhere(self, served: Served) -> None:
        for path in ("/", "/nowhere"):
            async with served.client.get(path, params=served.asked) as response:
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'self'" in policy
                assert "frame-ancestors 'none'" in policy
                assert response.headers["Referrer-Policy"] == "no-referrer"

    @pytest.mark.parametrize("path", ["/static/", "/static/js", "/page/", "/page/../guard.py"])
    async def test_files_are_not_listed(self, served: Served, path: str) -> None:
        assert await served.status(path) in {403, 404}


class TestWindow:
    @pytest.fixture
    def store(self, home: Path, followup: Followup) -> Path:
        followup.done("add", "Globex", "Engineer", "--interview", "2026-03-03 10:00")
        return home / "data" / "followup" / "followup.json"

    async def test_it_shows_the_board(self, store: Path) -> None:
        async with Served(*PROGRAM, "--store", str(store)) as served:
            board = await served.window(width="100")
            assert b"Engineer" in await shows(board, "Globex")
            await board.send_json(["stdin", "q"])
            await closes(board)

    async def test_two_of_them_are_two_boards_over_one_store(self, store: Path) -> None:
        async with Served(*PROGRAM, "--store", str(store)) as served:
            one, other = await served.window(), await served.window()
            await shows(one, "Globex")
            await shows(other, "Globex")
            await one.send_json(["stdin", "r"])
            await shows(one, "Save")
            await one.send_json(["stdin", "\r"])
            await shows(other, "1 to answer")
            await one.close()
            await other.close()
        assert last_event(store) == "reply"

    async def test_it_is_closed_where_its_board_cannot_start(
        self, home: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (home / "broken.json").write_text("[", encoding="utf-8")
        async with Served(*PROGRAM, "--store", str(home / "broken.json")) as served:
            await closes(await served.window())
        assert "cannot read the store" in capfd.readouterr().out

    async def test_a_board_that_hangs_is_ended_by_force(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(window, "PATIENCE", 0.1)
        hang = (
            "import os, sys, time\n"
            "told = f'{os.getpid()}.'.encode()\n"
            "packet = b'D' + len(told).to_bytes(4, 'big') + told\n"
            "os.write(1, b'__GANGLION__\\n' + packet)\n"
            "time.sleep(600)\n"
        )
        async with Served(sys.executable, "-c", hang) as served:
            board = await served.window()
            process = int((await shows(board, ".")).rstrip(b"."))
            os.kill(process, 0)
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


class TestCommand:
    @pytest.fixture
    def serving(self) -> Iterator[Start]:
        """Start the program and return it and the address that it prints."""
        started = []

        def serve(*words: str) -> tuple[subprocess.Popen[str], str]:
            process = subprocess.Popen(
                [*PROGRAM, *words, "serve", "--port", "0"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                process_group=0,
            )
            started.append(process)
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("followup is at http://127.0.0.1:"), line
            assert line.endswith(", ctrl+c ends it\n")
            return process, line.split()[3].rstrip(",")

        yield serve
        for process in started:
            process.kill()
            process.communicate()

    @pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
    async def test_a_signal_ends_it_and_all_of_its_boards(
        self, followup: Followup, home: Path, serving: Start, how: signal.Signals
    ) -> None:
        # What a shell would make of the path.
        trap = "$(touch pwned)`touch pwned`;touch pwned '\"& x"
        store = home / trap / "followup.json"
        followup.done("--store", str(store), "add", "Globex", "Engineer", at=None)
        process, address = serving("--store", str(store))
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
            async with browser.get(address) as page:
                assert page.status == 200
            board = await browser.ws_connect(f"{origin}/ws", origin=origin)
            await shows(board, "Globex")
            await board.send_json(["stdin", "r"])
            await shows(board, "Save")
            await board.send_json(["stdin", "\r"])
            await shows(board, "1 to answer")
            process.send_signal(how)
            await closes(board)
        printed, complained = process.communicate(timeout=30)
        assert (process.returncode, printed, complained) == (0, "", "")
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        assert last_event(store) == "reply"
        assert not list(home.rglob("pwned"))
        assert not Path("pwned").exists()

    async def test_the_clock_that_was_set_is_the_boards(
        self, followup: Followup, serving: Start
    ) -> None:
        followup.done("add", "Globex", "Engineer")
        process, address = serving("--at", "2026-03-11 15:00")
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
            board = await browser.ws_connect(
                f"{origin}/ws?{urlsplit(address).query}", origin=origin
            )
            await shows(board, "Wed 11 Mar 15:00")
            process.terminate()
            await closes(board)

    def test_a_port_that_is_taken_is_told(self, followup: Followup) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            code, line = followup.refused("serve", "--port", str(port))
        assert code == 1
        assert f"cannot serve at 127.0.0.1, port {port}: Address already in use" in line

    @pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "::1.2.3.4.5"])
    def test_a_host_that_is_not_here_is_told(self, followup: Followup, host: str) -> None:
        code, line = followup.refused("serve", "--port", "0", "--host", host)
        assert code == 1
        assert f"cannot serve at {host}, port 0: " in line

    def test_an_empty_host_is_not_taken_for_all_of_them(self, followup: Followup) -> None:
        assert followup.refused("serve", "--host", "")[0] == 1

    def test_a_store_that_cannot_be_read_is_told_at_once(
        self, followup: Followup, home: Path
    ) -> None:
        (home / "broken.json").write_text("[", encoding="utf-8")
        code, line = followup.refused("--store", str(home / "broken.json"), "serve")
        assert code == 3
        assert "cannot read the store" in line

    def test_without_the_extra_it_says_how_to_get_it(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "aiohttp", None)
        code, line = followup.refused("serve")
        assert code == 1
        assert "`pip install 'followup[web]'`" in line

    @pytest.mark.parametrize(
        ("host", "told"),
        [("0.0.0.0", socket.gethostname()), ("localhost", None), ("127.0.0.2", None)],
    )
    def test_it_warns_where_others_can_reach_it(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch, host: str, told: str | None
    ) -> None:
        monkeypatch.setattr("aiohttp.web.run_app", lambda *_, sock, **__: sock.close())
        result = followup("serve", "--port", "0", "--host", host)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"followup is at http://{told or host}:")
        warned = "anybody who can reach" in result.stderr
        assert (warned, len(result.stderr.splitlines())) == ((True, 1) if told else (False, 0))


def test_the_options_of_a_run_give_another_one_the_same(home: Path) -> None:
    session = Session(store=Path("x y.json"), plugins=False)
    session.set_clock("2026-03-11 15:00")
    store = str(Path.cwd() / "x y.json")
    assert session.options() == [
        "--at", "2026-03-11T14:00:00+00:00", "--no-plugins", "--store", store
    ]  # fmt: skip
    assert Session(store=Path(store)).options() == ["--store", store]


def last_event(store: Path) -> str:
    """The last event of the one application, in the plain JSON that a clean end leaves."""
    (application,) = json.loads(store.read_text(encoding="utf-8"))["applications"].values()
    return str(application["events"][-1]["event"])
