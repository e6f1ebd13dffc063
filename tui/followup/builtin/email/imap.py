"""A draft put into the user's own folder of drafts (IMAP: RFC 9051, RFC 6154)."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from followup.api import DeliveryError, Secret, clean
from followup.builtin.email import providers
from followup.builtin.email.connecting import reason, tls_context, told
from followup.builtin.email.settings import ServerDraftSettings, ServerSettings

PORTS = {"tls": 993, "starttls": 143, "none": 143}
USUAL_FOLDER = "Drafts"


def save_draft(content: bytes, settings: ServerDraftSettings, password: Secret) -> str:
    """Put a letter into the folder of drafts, and return the name of the folder.

    Raises ``DeliveryError`` where that cannot be done.
    """
    with _faults(settings, "no draft was saved"), _logged_in(settings, password) as mailbox:
        folder = settings.folder or _drafts_of(mailbox)
        mailbox.append(content, folder, flag_set=[MailMessageFlags.DRAFT])
    return folder


def check(settings: ServerDraftSettings, password: Secret) -> str:
    """Connect, log in and leave; return in words how it went.

    Raises ``DeliveryError`` where it cannot be done.
    """
    with _faults(settings, "no drafts"), _logged_in(settings, password) as mailbox:
        folder = settings.folder or _drafts_of(mailbox)
    return f"{settings.host}: encrypted, logged in as {settings.user}; drafts go to {folder}"


@contextmanager
def _logged_in(settings: ServerSettings, password: Secret) -> Iterator[BaseMailBox]:
    """Give a connection that is encrypted and logged in, and leave it."""
    mailbox = _connected(settings)
    try:
        _log_in(mailbox, settings, password)
        yield mailbox
    finally:
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            mailbox.logout()


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


def _connected(settings: ServerSettings) -> BaseMailBox:
    context = tls_context(settings)
    port, seconds = port_of(settings), settings.timeout_seconds
    if settings.security == "starttls":
        return _StartTls(settings.host, port, seconds, context)
    return MailBox(settings.host, port, seconds, ssl_context=context)


def _log_in(mailbox: BaseMailBox, settings: ServerSettings, password: Secret) -> None:
    """Log in; the library has one way for ASCII and another for the rest."""
    is_ascii = f"{settings.user}{password.reveal()}".isascii()
    log_in = mailbox.login if is_ascii else mailbox.login_utf8
    try:
        log_in(settings.user, password.reveal(), initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error):
        pass
    else:
        return
    # Outside of the handlers, and without what the server said: it may repeat the password.
    raise _RefusedLoginError


def _drafts_of(mailbox: BaseMailBox) -> str:
    """Return the folder that the server has marked for drafts (RFC 6154), else the usual one."""
    for folder in mailbox.folder.list():
        if "\\drafts" in {flag.lower() for flag in folder.flags}:
            return folder.name
    return USUAL_FOLDER


class _RefusedLoginError(Exception):
    """The server took the user or the password for wrong."""


@contextmanager
def _faults(settings: ServerSettings, outcome: str) -> Iterator[None]:
    """Raise ``DeliveryError`` for whatever goes wrong; ``outcome`` is what it comes to."""
    host = clean(settings.host)
    try:
        yield
    except OSError as fault:
        said = told(fault, settings, port_of(settings))
    except _RefusedLoginError:
        hint = providers.hint_for(settings) or "check both"
        said = f"{host} refused the user {clean(settings.user)} or the password: {hint}"
    except (imaplib.IMAP4.error, ImapToolsError) as fault:
        said = (
            f"{host} refused it ({reason(fault)}): check security, and `folder`, the folder"
            " of drafts"
        )
    else:
        return
    raise DeliveryError(f"{outcome}: {said}")


def port_of(settings: ServerSettings) -> int:
    """Return the port of a server with a mailbox."""
    return settings.port or PORTS[settings.security]
