"""One form, posted once: what became of it is known, or said to be unknown.

The standard library's client, because it connects apart from writing: what fails before the
first byte was written has not been sent. It follows no redirects, so that credentials go
nowhere else, and takes no proxies from the environment.
"""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, urlencode, urlsplit

from msgspec import Struct

from followup.api import DeliveryError, Secret, UnconfirmedError, clean

MOST_READ = 65_536  # bytes; the answers of the API have about 1,000


class Credentials(Struct, frozen=True):
    """A user and the password that proves it (HTTP Basic, RFC 7617)."""

    user: str
    password: Secret


class Patience(Struct, frozen=True, kw_only=True):
    """How long to wait, in seconds: to ``connect``, and for each part of an ``answer``."""

    connect: float
    answer: float


class Answer(Struct, frozen=True):
    """The status of an answer, and as much of its body as came, ``MOST_READ`` at most."""

    status: int
    body: bytes


def post(url: str, form: Mapping[str, str], credentials: Credentials, patience: Patience) -> Answer:
    """Post a form over HTTPS, the server's certificate verified, and return the answer.

    Raises ``DeliveryError`` where nothing was written, ``UnconfirmedError`` where something
    was and no answer came.
    """
    parts = urlsplit(url)
    with closing(_connected(parts, patience.connect)) as connection:
        try:
            connection.sock.settimeout(patience.answer)
            connection.request(
                "POST", parts.path, body=urlencode(form), headers=_headers(credentials)
            )
            response = connection.getresponse()
        except (OSError, HTTPException) as fault:
            # From None, as the frames of this fault hold the header with the password.
            raise UnconfirmedError(
                f"no answer from {parts.hostname} ({_reason(fault)}): it may have been sent"
            ) from None
        return Answer(status=response.status, body=_body(response))


def _connected(parts: SplitResult, seconds: float) -> HTTPConnection:
    host = parts.hostname or ""
    connection = (
        HTTPConnection(host, parts.port, timeout=seconds)
        if parts.scheme == "http"
        else HTTPSConnection(
            host, parts.port, timeout=seconds, context=ssl.create_default_context()
        )
    )
    try:
        connection.connect()
    except ssl.SSLCertVerificationError as fault:
        connection.close()
        raise DeliveryError(
            f"nothing was sent: the certificate of {host} is not trusted"
            f" ({fault.verify_message}); check the clock and the certificates of this computer"
        ) from fault
    except OSError as fault:
        connection.close()
        raise DeliveryError(
            f"nothing was sent: {host} cannot be reached ({_reason(fault)}); try again later"
        ) from fault
    return connection


def _headers(credentials: Credentials) -> dict[str, str]:
    pair = f"{credentials.user}:{credentials.password.reveal()}"
    return {
        "Accept": "application/json",
        "Authorization": f"Basic {b64encode(pair.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "followup-sms",
    }


def _body(response: HTTPResponse) -> bytes:
    """Return what came of the body; the status stands even where the rest is cut off."""
    try:
        return response.read(MOST_READ)
    except (OSError, HTTPException):
        return b""


def _reason(fault: Exception) -> str:
    told = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return clean(told or type(fault).__name__, limit=100)
