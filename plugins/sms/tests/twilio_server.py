"""A server on this machine that answers as Twilio's public API description says.

The numbers that it refuses are those of Twilio's own test credentials:
https://www.twilio.com/docs/iam/test-credentials
"""

from __future__ import annotations

import json
import re
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "canary-7c3d9e"
FROM = "+15005550006"
TO = "+491711234567"
MESSAGE = "SM" + "fedcba9876543210" * 2

_REFUSED_TO = {
    "+15005550001": (21211, "The 'To' number +15005550001 is not a valid phone number."),
    "+15005550002": (21612, "The 'To' phone number is not currently reachable via SMS."),
    "+15005550003": (21408, "Permission to send an SMS has not been enabled for the region."),
    "+15005550004": (21610, "Attempt to send to unsubscribed recipient"),
    "+15005550009": (21614, "'To' number is not a valid mobile number"),
}
_REFUSED_FROM = {
    "+15005550001": (21212, "The 'From' number +15005550001 is not a valid phone number."),
    "+15005550007": (21606, "The 'From' phone number is not a valid, SMS-capable number."),
    "+15005550008": (21611, "This 'From' number has exceeded the maximum number of messages."),
}


class Received(NamedTuple):
    """A request: its path and the fields of its form."""

    path: str
    form: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    """Answers one request by what the server was told to do next, or as Twilio would."""

    server: Twilio
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        form = {name: value for name, (value,) in fields.items()}
        self.server.received.append(Received(self.path, form))
        if self.server.script:
            self.server.script.pop(0)(self)
        else:
            self.answer(*self._as_twilio(form))

    def answer(self, status: int, body: object, **headers: str) -> None:
        """Send a whole answer; bytes as they are, anything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep quiet."""

    def _as_twilio(self, form: dict[str, str]) -> tuple[int, object]:
        pair = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        account = re.fullmatch("/2010-04-01/Accounts/(AC[0-9a-f]{32})/Messages.json", self.path)
        if account is None:
            return refusal(404, 20404, f"The requested resource {self.path} was not found")
        if account[1] != ACCOUNT or self.headers["Authorization"] != f"Basic {pair}":
            return refusal(401, 20003, "Authenticate")
        sender, to, text = form.get("From", ""), form.get("To", ""), form.get("Body", "")
        if not text:
            return refusal(400, 21602, "Message body is required.")
        if len(text) > 1600:
            return refusal(400, 21617, "The concatenated message body exceeds the 1600 limit.")
        if not (sender or form.get("MessagingServiceSid")):
            return refusal(400, 21603, "A 'From' phone number is required.")
        for number, refused in ((to, _REFUSED_TO), (sender, _REFUSED_FROM)):
            if number in refused:
                return refusal(400, *refused[number])
        return 201, created(to=to, sender=sender, text=text)


class Twilio(ThreadingHTTPServer):
    """Remembers what it ``received``; does what ``script`` says first, one entry a request."""

    daemon_threads = True

    def __init__(self, certificate: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[Received] = []
        self.script: list[Callable[[Handler], None]] = []
        self.is_over = threading.Event()
        self.scheme = "https" if certificate else "http"
        if certificate:
            self.socket = certificate.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.server_port}"

    def then_do(self, deed: Callable[[Handler], None]) -> None:
        """Do that with the next request."""
        self.script.append(deed)

    def then(self, status: int, body: object, **headers: str) -> None:
        """Answer the next request like this."""
        self.then_do(lambda handler: handler.answer(status, body, **headers))

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet where a client hangs up, as one does that trusts no certificate."""


def created(*, to: str, sender: str, text: str, status: str = "queued") -> dict[str, object]:
    """What Twilio tells of a message that it accepted."""
    return {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": text,
        "date_created": "Mon, 23 Nov 2026 09:00:00 +0000",
        "date_sent": None,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": sender or None,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "sid": MESSAGE,
        "status": status,
        "subresource_uris": {},
        "to": to,
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{MESSAGE}.json",
    }


def refusal(status: int, code: int, message: str) -> tuple[int, object]:
    """What Twilio answers where it refuses."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    return status, {"code": code, "message": message, "more_info": more, "status": status}


@contextmanager
def serving(certificate: ssl.SSLContext | None = None) -> Iterator[Twilio]:
    """Serve in a thread meanwhile."""
    with Twilio(certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()
