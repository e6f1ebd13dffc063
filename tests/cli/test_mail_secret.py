"""A password appears nowhere but on its encrypted way to the server."""

from __future__ import annotations

import subprocess
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from smtp_servers import HANG, PASSWORD, USER, Authority, MailServer, ScriptedServer

Installed = Callable[..., subprocess.CompletedProcess[str]]

FORMS = (
    PASSWORD.encode(),
    b64encode(PASSWORD.encode()),
    b64encode(f"\0{USER}\0{PASSWORD}".encode()),
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def account(
    home: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., None]:
    """Have an account on a port of this machine, whose password is outside of the home."""
    kept = tmp_path_factory.mktemp("safe") / "password"
    kept.write_text(PASSWORD, encoding="utf-8")

    def set_up(port: int, seconds: int = 20) -> None:
        config = home / "config" / "followup" / "config.toml"
        config.write_text(
            'name = "Sam Poe"\n[channel.email]\n'
            f'from = "{USER}"\nhost = "localhost"\nport = {port}\nuser = "{USER}"\n'
            f'ca_file = "{authority.file}"\npassword_command = "cat {kept}"\n'
            f"timeout_seconds = {seconds}\n",
            encoding="utf-8",
        )

    return set_up


class Hanging(ScriptedServer):
    """A server that says so when somebody logs in, and then nothing more."""

    def __init__(self, *args: Any) -> None:
        super().__init__({"AUTH": HANG}, *args)
        self.is_asked = threading.Event()

    def _says(self, connection: Any, word: str) -> bool:
        if word == "AUTH":
            self.is_asked.set()
        return super()._says(connection, word)


def tells(text: bytes) -> bool:
    return any(form in text for form in FORMS)


def files_of(home: Path) -> Iterator[bytes]:
    for path in home.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def processes() -> Iterator[bytes]:
    """What every process was started with, as everybody may list it."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            for name in ("cmdline", "environ"):
                try:
                    yield (process / name).read_bytes()
                except OSError:
                    continue


def begin(installed: Installed) -> None:
    added = installed(
        "add", "Globex", "Engineer", "--contact", "Dana", "--email", "dana@globex.example"
    )
    assert added.returncode == 0, added.stderr


def send(installed: Installed) -> subprocess.CompletedProcess[str]:
    words = ("--debug", "send", "1", "--channel", "email", "--yes", "--override", "it is a test")
    return installed(*words)


def test_what_is_sent_leaves_no_trace_of_it(
    home: Path, installed: Installed, authority: Authority, account: Callable[..., None]
) -> None:
    with MailServer(tls=authority.context("localhost")) as server:
        account(server.port)
        begin(installed)
        done = send(installed)
        assert done.returncode == 0, done.stderr
        (letter,) = server.letters
    assert letter.recipients == ("dana@globex.example",)
    assert not tells(letter.content + done.stdout.encode() + done.stderr.encode())
    assert not any(map(tells, files_of(home)))


def test_what_fails_tells_nothing_of_it(
    home: Path, installed: Installed, authority: Authority, account: Callable[..., None]
) -> None:
    with MailServer(tls=authority.context("localhost"), password="another") as server:
        account(server.port)
        begin(installed)
        for done in (send(installed), installed("--debug", "config", "mail", "--test")):
            assert done.returncode == 3
            assert "or the password (535 5.7.8): check both" in done.stderr
            assert "Traceback" in done.stderr
            assert not tells(done.stdout.encode() + done.stderr.encode())
        assert not server.letters
    assert not any(map(tells, files_of(home)))


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no list of processes here")
def test_no_list_of_processes_shows_it(
    installed: Installed, authority: Authority, account: Callable[..., None]
) -> None:
    with Hanging(authority.context("localhost")) as server:
        account(server.port, 2)
        begin(installed)
        results: list[subprocess.CompletedProcess[str]] = []
        sending = threading.Thread(target=lambda: results.append(send(installed)))
        sending.start()
        assert server.is_asked.wait(60)
        assert any(b"followup" in words for words in processes())
        assert not any(map(tells, processes()))
        sending.join(60)
    (done,) = results
    assert done.returncode == 3
    assert "did not answer in time" in done.stderr
    assert not tells(done.stdout.encode() + done.stderr.encode())
