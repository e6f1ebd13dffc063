"""The user's mailbox on its server, only ever looked at (IMAP: RFC 3501, RFC 9051).

Folders are opened by EXAMINE and mails are fetched by BODY.PEEK, so nothing in the mailbox
changes: no flag, no count of recent mails.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from imap_tools import A, BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderSelectError,
    MailboxFolderStatusError,
    MailboxLoginError,
)
from msgspec import Struct

from followup.domain.errors import InputError, MailboxError
from followup.domain.mailbox import PORTS, FolderMark, MailboxSettings
from followup.domain.secret import Secret
from followup.domain.text import clean
from followup.mail.letters import Letter
from followup.mail.reading import MOST_BYTES
from followup.secrets import secret_from_command, secret_from_keyring

KEYRING_SERVICE = "followup-mail"
"""What the keyring of the system knows the passwords of mail by."""

AT_ONCE = 200
"""Mails whose headers are fetched by one command."""

_HEADERS = "(UID INTERNALDATE BODY.PEEK[HEADER]<0.50000>)"
_WHOLE = f"(UID INTERNALDATE BODY.PEEK[]<0.{MOST_BYTES}>)"
_UID = re.compile(rb"\bUID (\d+)")
# OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH.
_OTHER_HOST = frozenset({62, 64})


class Fresh(Struct, frozen=True, kw_only=True):
    """What is new in a folder: the UIDs of its mails, and how far it is read with them."""

    uids: tuple[int, ...]
    mark: FolderMark


def password_of(settings: MailboxSettings, typed: Secret | None = None) -> Secret:
    """Return the password of a mailbox; ``typed`` is what the user gave.

    Raises ``InputError`` where there is none.
    """
    if settings.password_command:
        return secret_from_command(settings.password_command)
    if settings.keyring:
        return secret_from_keyring(KEYRING_SERVICE, settings.user)
    if typed is None:
        raise InputError(
            "nobody was there to type the password of the mailbox: set password_command or"
            " keyring = true under [replies] (`followup config edit`)"
        )
    return typed


class Mailbox:
    """A mailbox that is looked at in a block.

    Everything raises ``MailboxError``, in one line, where the server cannot be used.
    """

    def __init__(self, settings: MailboxSettings, password: Secret) -> None:
        """Take whose mailbox it is; nothing is connected yet."""
        self._settings = settings
        self._password = password
        self._box: BaseMailBox

    def __enter__(self) -> Self:
        with self._told():
            self._box = _connected(self._settings)
            try:
                self._log_in()
            except BaseException:
                self._leave()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def new_in(self, folder: str, mark: FolderMark | None, since: datetime) -> Fresh:
        """Return what is new in a folder behind a mark, or without one since an instant (UTC)."""
        with self._told():
            status = self._box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT"])
            self._box.folder.set(folder, readonly=True)
            validity = status.get("UIDVALIDITY", 0)
            if mark is None or mark.validity != validity:
                mark = FolderMark(validity=validity, last_uid=0)
                criteria = str(A(date_gte=since.date()))
            else:
                criteria = f"UID {mark.last_uid + 1}:*"
            # The last mail of all is always within n:*, so it may be found again.
            found = sorted(
                uid for uid in map(int, self._box.uids(criteria, None)) if uid > mark.last_uid
            )
        last = max([mark.last_uid, status.get("UIDNEXT", 1) - 1, *found[-1:]])
        return Fresh(uids=tuple(found), mark=FolderMark(validity=validity, last_uid=last))

    def heads(self, uids: Sequence[int]) -> Iterator[tuple[int, Letter]]:
        """Yield the headers of mails of the folder that was looked at last, with their UIDs."""
        for start in range(0, len(uids), AT_ONCE):
            yield from self._fetched(uids[start : start + AT_ONCE], _HEADERS)

    def letter(self, uid: int) -> Letter | None:
        """Return a mail, as far as it is looked at; none where it is gone meanwhile."""
        return next((letter for _, letter in self._fetched([uid], _WHOLE)), None)

    def found_sent(self, message_ids: Iterable[str]) -> tuple[str, ...]:
        """Return those Message-IDs that the folder of sent mail has."""
        waiting = [one for one in message_ids if one and not re.search(r'["\\\s]', one)]
        if not waiting:
            return ()
        with self._told():
            self._box.folder.set(self._settings.sent_folder or self._sent_folder(), readonly=True)
            found = (one for one in waiting if self._box.uids(f'HEADER Message-ID "{one}"', None))
            return tuple(found)

    def _sent_folder(self) -> str:
        """Return the folder that the server has marked for sent mail (RFC 6154), or the usual."""
        for folder in self._box.folder.list():
            if "\\sent" in {flag.lower() for flag in folder.flags}:
                return folder.name
        return "Sent"

    def _fetched(self, uids: Sequence[int], parts: str) -> list[tuple[int, Letter]]:
        with self._told():
            kind, data = self._box.client.uid("FETCH", ",".join(map(str, uids)), parts)
            if kind != "OK":
                raise imaplib.IMAP4.error(str(data))
        return list(_letters(data))

    def _log_in(self) -> None:
        """Log in; the library has one way for ASCII and another for the rest."""
        user, password = self._settings.user, self._password
        log_in = self._box.login if f"{user}{password.reveal()}".isascii() else self._box.login_utf8
        try:
            log_in(user, password.reveal(), initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except (MailboxLoginError, imaplib.IMAP4.error):
            is_refused = True
        else:
            is_refused = False
        if is_refused:
            # Outside of the handler, and without what the server said: it may repeat the password.
            raise MailboxError(
                f"{clean(self._settings.host)} refused the user {clean(user)} or the password:"
                " check both; some providers want a password made for programs"
            )

    def _leave(self) -> None:
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            self._box.logout()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise ``MailboxError`` for whatever goes wrong."""
        settings = self._settings
        try:
            yield
        except OSError as fault:
            raise MailboxError(f"no mail was read: {_told(fault, settings)}") from None
        except (MailboxFolderSelectError, MailboxFolderStatusError):
            raise MailboxError(
                f"no mail was read: {clean(settings.host)} does not open a folder:"
                " check `folders` and `sent_folder` under [replies]"
            ) from None
        except (imaplib.IMAP4.error, ImapToolsError, ValueError) as fault:
            raise MailboxError(
                f"no mail was read: {clean(settings.host)} did not understand, or broke off"
                f" ({clean(str(fault), limit=100)}): try again later, or check security and folders"
            ) from None


class _StartTls(MailBoxUnencrypted):
    """A mailbox behind STARTTLS; the library's own leaves the line open where that fails."""

    def __init__(self, host: str, port: int, seconds: float, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(host, port, seconds)

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = super()._get_mailbox_client()
        try:
            client.starttls(self._context)
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
        return client


def _connected(settings: MailboxSettings) -> BaseMailBox:
    port, seconds = settings.port or PORTS[settings.security], settings.timeout_seconds
    if settings.security == "none":
        return MailBoxUnencrypted(settings.host, port, seconds)
    context = _tls_context(settings)
    if settings.security == "starttls":
        return _StartTls(settings.host, port, seconds, context)
    return MailBox(settings.host, port, seconds, ssl_context=context)


def _tls_context(settings: MailboxSettings) -> ssl.SSLContext:
    """Return a context that verifies the certificate and the name of the host."""
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except OSError as fault:
        raise InputError(
            f"ca_file {clean(settings.ca_file)} cannot be used: name a file with certificates"
            " in PEM"
        ) from fault


def _letters(data: Sequence[object]) -> Iterator[tuple[int, Letter]]:
    """Yield what a FETCH gave; what stands around a literal may come before or behind it."""
    for item, behind in zip(data, [*data[1:], b""], strict=True):
        if isinstance(item, tuple):
            around = item[0] + (behind if isinstance(behind, bytes) else b"")
            if uid := _UID.search(around):
                yield int(uid[1]), Letter(raw=item[1], received=_received(around))


def _received(around: bytes) -> datetime | None:
    """Return when the server got a mail, in UTC."""
    local = imaplib.Internaldate2tuple(around)
    try:
        return datetime.fromtimestamp(time.mktime(local), UTC) if local else None
    except (OverflowError, ValueError):
        return None


def _told(fault: OSError, settings: MailboxSettings) -> str:
    """Return why there is no connection, and what to do next."""
    host, port = clean(settings.host), settings.port or PORTS[settings.security]
    match fault:
        case ssl.SSLCertVerificationError(verify_code=code) if code in _OTHER_HOST:
            return f"the certificate of {host} is for another host: check `host`"
        case ssl.SSLCertVerificationError():
            return (
                f"the certificate of {host} is not trusted ({clean(fault.verify_message)}):"
                " set ca_file for a server of your own"
            )
        case ssl.SSLError():
            return f"no TLS with {host}, port {port}: check host, port and security"
        case TimeoutError():
            return f"{host} did not answer within {settings.timeout_seconds:g} s: try again later"
        case socket.gaierror():
            return f"{host} cannot be found: check `host` and whether you are online"
        case ConnectionRefusedError():
            return f"{host} takes no connections on port {port}: check host and port"
        case _:
            reason = fault.strerror or type(fault).__name__
            return f"the connection to {host} broke ({clean(reason)}): try again later"
