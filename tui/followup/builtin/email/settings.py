"""What the user sets for e-mail: who writes, and the server that takes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, field

from followup.api import InputError, Settings, clean
from followup.builtin.email.addresses import Mailbox, mailbox

Security = Literal["tls", "starttls", "none"]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SET_UP = "`followup config mail` sets it up"


class SenderSettings(Settings, frozen=True, kw_only=True):
    """``from``: the user's address, as ``dana@globex.example`` or ``Dana Lee <dana@…>``."""

    sender: str = field(name="from", default="")

    def __post_init__(self) -> None:
        """Refuse an address that is none."""
        _ = self.mailbox

    @property
    def mailbox(self) -> Mailbox | None:
        """The user's name and address, none where they are not set."""
        if not self.sender:
            return None
        try:
            return mailbox(self.sender)
        except InputError as fault:
            raise ValueError(
                f"from: {fault}: give yours, as Dana Lee <dana@globex.example>"
            ) from None


class DraftFileSettings(SenderSettings, frozen=True, kw_only=True):
    """``folder`` is where draft files go, by default where downloads do."""

    folder: str = ""


class ServerSettings(SenderSettings, frozen=True, kw_only=True):
    """A server of mail, and who logs in there.

    ``port`` 0 is the usual one. ``security`` is ``tls`` from the first byte, ``starttls``, or
    ``none``, which is for this machine alone. ``ca_file`` has the certificates that are
    trusted instead of the system's. No password is ever among the settings: a command
    prints it, the keyring has it, or the user types it.
    """

    host: str = ""
    port: Annotated[int, Meta(ge=0, le=65_535)] = 0
    security: Security = "tls"
    user: str = ""
    password_command: str = ""
    keyring: bool = False
    ca_file: str = ""
    timeout_seconds: Annotated[float, Meta(gt=0, le=600)] = 30
    password: Any = UNSET

    def __post_init__(self) -> None:
        """Refuse what is not safe, and what does not go together."""
        super().__post_init__()
        if self.password is not UNSET:
            raise ValueError(
                "a password does not belong into a file: take it out and set password_command,"
                " or keyring = true, or nothing to be asked for it"
            )
        if self.password_command and self.keyring:
            raise ValueError("password_command and keyring are both set: keep one of them")
        if self.security == "none" and self.host and self.host not in LOOPBACK:
            raise ValueError(
                f'security = "none" is for this machine alone: set "tls" or "starttls" for'
                f" {clean(self.host)}"
            )
        if self.security == "none" and self.user:
            raise ValueError(
                'nobody logs in without TLS: take user out, or set security to "tls" or "starttls"'
            )
        if self.host and not self.sender:
            raise ValueError(f"from is missing, your own address: {SET_UP}")

    @property
    def is_typed(self) -> bool:
        """Whether the user has to type the password."""
        return bool(self.host and self.user and not self.password_command and not self.keyring)


class EmailSettings(ServerSettings, frozen=True, kw_only=True):
    """The server that sends (SMTP); without ``host`` the mail program does.

    ``bcc_self`` sends a copy to the user, whom no header names.
    """

    bcc_self: bool = False


class ServerDraftSettings(ServerSettings, frozen=True, kw_only=True):
    """The server with the user's mailbox (IMAP); ``folder`` is that of drafts, found by itself."""

    folder: str = ""
