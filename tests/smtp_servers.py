"""Mail servers for tests: a real one, one that does as a script says, and one in between."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from msgspec import Struct

USER = "sam@poe.example"
PASSWORD = "canary-5f1e-Pässwort"


class Authority:
    """Certificates made for the test, and the file of whoever trusts them."""

    def __init__(self, directory: Path) -> None:
        self._ca = trustme.CA()
        self.file = directory / "ca.pem"
        self._ca.cert_pem.write_to_path(str(self.file))

    def context(self, *names: str) -> ssl.SSLContext:
        """What a server of these names proves itself with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names).configure_cert(context)
        return context


class Letter(Struct, frozen=True):
    """What a server took: the envelope and the bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class MailServer:
    """A server that takes everything from those who are logged in, and keeps it.

    ``starttls`` or ``tls`` says how it is encrypted. Who need not log in is ``anonymous``.
    """

    def __init__(
        self,
        *,
        starttls: ssl.SSLContext | None = None,
        tls: ssl.SSLContext | None = None,
        anonymous: bool = False,
        utf8: bool = False,
        mechanisms: tuple[str, ...] = ("LOGIN", "PLAIN"),
        password: str = PASSWORD,
    ) -> None:
        self.letters: list[Letter] = []
        self.logins: list[str] = []
        self.hellos: list[str] = []
        self.port = 0
        self._starttls, self._tls = starttls, tls
        self._anonymous, self._utf8 = anonymous, utf8
        self._mechanisms, self._password = mechanisms, password
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._loop.set_exception_handler(lambda *_: None)  # clients that leave as they like
        server = await self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _protocol(self) -> SMTP:
        return SMTP(
            self,
            hostname="mail.test",
            ident="test",
            enable_SMTPUTF8=self._utf8,
            tls_context=self._starttls,
            require_starttls=self._starttls is not None,
            auth_require_tls=self._tls is None,
            auth_exclude_mechanism={"LOGIN", "PLAIN"} - set(self._mechanisms),
            authenticator=self._authenticate,
            loop=self._loop,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append(mechanism)
        assert isinstance(data, LoginPassword)
        is_right = data.login == USER.encode() and data.password == self._password.encode()
        return AuthResult(success=is_right, handled=False)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        session.host_name = name
        self.hellos.append(name)
        return lines

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if not (self._anonymous or session.authenticated):
            return "530 5.7.0 Log in first"
        content = envelope.original_content or b""
        self.letters.append(Letter(envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        return "250 2.0.0 Taken"


CUT = b"\x00cut"
HANG = b"\x00hang"
"""What a script says where the server hangs up, and where it says nothing any more."""

SCRIPT: dict[str, bytes] = {
    "greeting": b"220 mail.test",
    "EHLO": b"250-mail.test\r\n250 AUTH PLAIN",
    "AUTH": b"235 2.7.0 Welcome",
    "MAIL": b"250 2.1.0 Fine",
    "RCPT": b"250 2.1.5 Fine",
    "DATA": b"354 Go on",
    ".": b"250 2.0.0 Taken",
    "QUIT": b"221 Bye",
}


class _Listening:
    """Takes connections on a port of this machine, one after the other, until its block ends."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with suppress(OSError), connection:
                    self._take(connection)

    def _take(self, connection: socket.socket) -> None:
        raise NotImplementedError


class ScriptedServer(_Listening):
    """A server that answers each command as its script says, and keeps what it heard."""

    def __init__(self, script: Mapping[str, bytes], tls: ssl.SSLContext | None = None) -> None:
        super().__init__()
        self._script, self._tls = {**SCRIPT, **script}, tls
        self.heard: list[str] = []

    def _take(self, connection: socket.socket) -> None:
        with self._secured(connection) as secured:
            self._talk(secured)

    def _secured(self, raw: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(raw, server_side=True) if self._tls else raw

    def _talk(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            goes_on = self._says(connection, "greeting")
            while goes_on and (line := lines.readline()):
                word = line.split()[0].decode().upper()
                self.heard.append(line.decode().strip())
                goes_on = self._says(connection, word)
                if word == "DATA" and goes_on and self._script[word].startswith(b"354"):
                    while (line := lines.readline()) not in {b".\r\n", b""}:
                        pass
                    self.heard.append(".")
                    goes_on = bool(line) and self._says(connection, ".")

    def _says(self, connection: socket.socket, word: str) -> bool:
        said = self._script[word]
        if said == HANG:
            for _ in _parts(connection):  # until the client leaves
                pass
            return False
        if said == CUT:
            return False
        connection.sendall(said + b"\r\n")
        return True


class Wire(_Listening):
    """A line to a server on which somebody listens, and may change what the server says."""

    def __init__(self, port: int, change: Callable[[bytes], bytes] = bytes) -> None:
        super().__init__()
        self._server, self._change = port, change
        self.sent = b""

    def _take(self, connection: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._server)) as server:
            back = threading.Thread(target=self._pass_back, args=(server, connection))
            back.start()
            for part in _parts(connection):
                self.sent += part
                server.sendall(part)
            with suppress(OSError):
                server.shutdown(socket.SHUT_WR)
            back.join(10)

    def _pass_back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            for part in _parts(server):
                client.sendall(self._change(part))
            client.shutdown(socket.SHUT_WR)


def _parts(connection: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while part := connection.recv(65_536):
            yield part


@contextmanager
def silent_port() -> Iterator[int]:
    """A port on which nothing listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        yield reserved.getsockname()[1]
