"""Mail handed in at the user's server (SMTP submission: RFC 5321, RFC 6409, RFC 8314).

``smtplib`` speaks the protocol, step by step: its own ``sendmail`` cannot tell a message that
was not taken from one of which nobody knows, and goes on where a recipient was refused.
"""

from __future__ import annotations

import re
import smtplib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from msgspec import Struct

from followup.api import DeliveryError, Secret, UnconfirmedError, clean
from followup.builtin.email import providers
from followup.builtin.email.connecting import tls_context, told
from followup.builtin.email.settings import ServerSettings

PORTS = {"tls": 465, "starttls": 587, "none": 25}
HELLO = "[127.0.0.1]"  # nobody needs to know the name of this machine (RFC 5321, section 4.1.3)
GOODBYE_SECONDS = 5

_GO_AHEAD = 354
_LOGGED_IN = frozenset({235, 503})
_TAKEN = range(200, 300)
_REFUSED = range(400, 600)
_LINE_BEGINS_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class Envelope(Struct, frozen=True, kw_only=True):
    """Who sends, and who gets it; ``needs_utf8`` where an address has letters beyond ASCII."""

    sender: str
    recipients: tuple[str, ...]
    needs_utf8: bool = False


def send(
    content: bytes, envelope: Envelope, settings: ServerSettings, password: Secret | None
) -> None:
    """Send a letter to all recipients or to nobody.

    Raises ``DeliveryError`` where it did not go out, ``UnconfirmedError`` where the server
    did not say whether it took it.
    """
    with _logged_in(settings, password) as smtp:
        with _faults(settings):
            _address(smtp, envelope, settings)
            _accept(smtp.docmd("DATA"), {_GO_AHEAD}, "the message")
            # Until its last line is there, the server must not take it (RFC 5321, section 4.1.1.4).
            smtp.send(_LINE_BEGINS_WITH_DOT.sub(b"..", content))
        _finish(smtp, settings)
        _leave(smtp)


def check(settings: ServerSettings, password: Secret | None) -> str:
    """Connect, log in and leave; return in words how it went.

    Raises ``DeliveryError`` where it cannot be done.
    """
    with _logged_in(settings, password) as smtp:
        version = getattr(smtp.sock, "version", lambda: None)()
        _leave(smtp)
    secured = f"encrypted ({version})" if version else "not encrypted"
    user = f"logged in as {settings.user}" if settings.user else "nobody had to log in"
    return f"{settings.host}: {secured}, {user}; nothing was sent"


@contextmanager
def _logged_in(settings: ServerSettings, password: Secret | None) -> Iterator[smtplib.SMTP]:
    """Give a connection that is encrypted and logged in, and close it."""
    with _faults(settings):
        smtp = _connected(settings)
    with closing(smtp):
        with _faults(settings):
            if settings.security == "starttls":
                _start_tls(smtp, settings)
            smtp.ehlo_or_helo_if_needed()
            if password is not None:
                _log_in(smtp, settings, password)
        yield smtp


def _connected(settings: ServerSettings) -> smtplib.SMTP:
    port, seconds = port_of(settings), settings.timeout_seconds
    if settings.security == "tls":
        return smtplib.SMTP_SSL(
            settings.host, port, HELLO, timeout=seconds, context=tls_context(settings)
        )
    return smtplib.SMTP(settings.host, port, HELLO, timeout=seconds)


def _start_tls(smtp: smtplib.SMTP, settings: ServerSettings) -> None:
    context = tls_context(settings)
    try:
        smtp.starttls(context=context)
    except smtplib.SMTPNotSupportedError:
        raise DeliveryError(
            f"nothing was sent: {clean(settings.host)} offers no STARTTLS, or somebody on the way"
            ' takes it out: check port, or set security = "tls"'
        ) from None


def _log_in(smtp: smtplib.SMTP, settings: ServerSettings, password: Secret) -> None:
    """Log in, by PLAIN where it can be: smtplib's own takes ASCII alone, and tries several."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    code, status = 0, ""
    try:
        if "PLAIN" in offered:
            code, reply = smtp.docmd("AUTH", f"PLAIN {_plain(settings.user, password)}")
            if code not in _LOGGED_IN:
                raise smtplib.SMTPAuthenticationError(code, reply)
        else:
            smtp.login(settings.user, password.reveal())
    except smtplib.SMTPAuthenticationError as fault:
        code, status = fault.smtp_code, _status(fault)
    except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
        raise
    except (smtplib.SMTPException, ValueError):
        code = 0
    else:
        return
    # Outside of the handlers, and without what the server said: it may repeat the password.
    host, hint = clean(settings.host), providers.hint_for(settings)
    if not code:
        raise DeliveryError(
            f"nothing was sent: {host} offers no way to log in with this password"
            f"{_then(hint, 'use another way to send, such as your mail program')}"
        )
    raise DeliveryError(
        f"nothing was sent: {host} refused the user {clean(settings.user)} or the password"
        f" ({' '.join(filter(None, (str(code), status)))}){_then(hint, 'check both')}"
    )


def _plain(user: str, password: Secret) -> str:
    """Return what proves a user by a password (RFC 4616)."""
    return b64encode(f"\0{user}\0{password.reveal()}".encode()).decode()


def _address(smtp: smtplib.SMTP, envelope: Envelope, settings: ServerSettings) -> None:
    """Say who sends and who gets it; raise where the server refuses any of them."""
    options = ["SMTPUTF8", "BODY=8BITMIME"] if envelope.needs_utf8 else []
    if envelope.needs_utf8 and not smtp.has_extn("smtputf8"):
        raise DeliveryError(
            f"nothing was sent: {clean(settings.host)} takes no addresses with letters beyond"
            " ASCII before the @: ask for another address"
        )
    _accept(smtp.mail(envelope.sender, options), {250}, f"the sender {envelope.sender}")
    for recipient in envelope.recipients:
        _accept(smtp.rcpt(recipient), {250, 251}, f"the recipient {recipient}")


def _finish(smtp: smtplib.SMTP, settings: ServerSettings) -> None:
    """Send the last line of a letter, and hear whether it was taken."""
    code, reply = 0, b""
    with suppress(OSError):  # smtplib's own errors among them
        smtp.send(b".\r\n")
        code, reply = smtp.getreply()
    if code in _REFUSED:
        raise DeliveryError(_refusal(settings, "the message", code, reply))
    if code not in _TAKEN:
        raise UnconfirmedError(
            f"{clean(settings.host)} did not say whether it took the message, which may have"
            " gone out: look into your mailbox before you send it again"
        )


def _leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye, and do not mind how that goes."""
    with suppress(OSError):
        if smtp.sock:
            smtp.sock.settimeout(GOODBYE_SECONDS)
        smtp.quit()


class _RefusedError(Exception):
    """The server's answer to a command was no."""


def _accept(answer: tuple[int, bytes], wanted: set[int], what: str) -> None:
    code, reply = answer
    if code not in wanted:
        raise _RefusedError(what, code, reply)


@contextmanager
def _faults(settings: ServerSettings) -> Iterator[None]:
    """Raise ``DeliveryError`` for whatever goes wrong before a letter is complete."""
    try:
        yield
    except _RefusedError as fault:
        raise DeliveryError(_refusal(settings, *fault.args)) from None
    except smtplib.SMTPResponseException as fault:
        reply = _bytes(fault.smtp_error)
        raise DeliveryError(_refusal(settings, "to go on", fault.smtp_code, reply)) from None
    except smtplib.SMTPException as fault:
        # smtplib tells a time-out and a connection that was cut alike.
        why = "hung up" if "timed out" not in str(fault) else "did not answer in time"
        raise DeliveryError(
            f"nothing was sent: {clean(settings.host)} {why}: try again later"
        ) from None
    except OSError as fault:
        raise DeliveryError(
            f"nothing was sent: {told(fault, settings, port_of(settings))}"
        ) from None


def port_of(settings: ServerSettings) -> int:
    """Return the port of a server that sends."""
    return settings.port or PORTS[settings.security]


def _refusal(settings: ServerSettings, what: str, code: int, reply: bytes) -> str:
    said = clean(reply.decode("utf-8", "replace"), limit=200)
    host = clean(settings.host)
    later = "try again later" if code in range(400, 500) else "see what it says"
    return f"nothing was sent: {host} refused {clean(what)}: {code} {said}; {later}"


def _status(fault: smtplib.SMTPResponseException) -> str:
    """Return the status code of an answer (RFC 3463), such as ``5.7.8``."""
    found = _STATUS.match(_bytes(fault.smtp_error).decode("utf-8", "replace"))
    return found.group() if found else ""


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _then(hint: str, otherwise: str) -> str:
    return f": {hint or otherwise}"
