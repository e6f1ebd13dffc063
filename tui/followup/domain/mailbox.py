"""The user's mailbox: how to reach it, how far it was read, and what is still to be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from followup.domain.events import AnyEvent, FollowUp
from followup.domain.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"tls": 993, "starttls": 143, "none": 143}


class MailboxSettings(Settings, frozen=True, kw_only=True):
    """The server with the user's mailbox (IMAP), in which answers are looked for.

    ``port`` 0 is the usual one. ``security`` is ``tls`` from the first byte, ``starttls``, or
    ``none``, which is for this machine alone. ``ca_file`` has the certificates that are trusted
    instead of the system's. ``sent_folder`` is found by itself where the server marks it. The
    board looks every ``every_minutes``, and never where that is 0.
    """

    host: str = ""
    port: Annotated[int, Meta(ge=0, le=65_535)] = 0
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password_command: str = ""
    keyring: bool = False
    ca_file: str = ""
    timeout_seconds: Annotated[float, Meta(gt=0, le=600)] = 60
    folders: tuple[str, ...] = ("INBOX",)
    sent_folder: str = ""
    every_minutes: Annotated[int, Meta(ge=0, le=1_440)] = 0

    def __post_init__(self) -> None:
        """Refuse what is not safe, and what does not go together."""
        if self.password_command and self.keyring:
            raise ValueError("password_command and keyring are both set: keep one of them")
        if self.security == "none" and self.host and self.host not in LOOPBACK:
            raise ValueError('security = "none" is for this machine alone: set "tls" or "starttls"')

    @property
    def is_typed(self) -> bool:
        """Whether the user has to type the password."""
        return not self.password_command and not self.keyring

    @property
    def place(self) -> str:
        """What tells this mailbox from others."""
        return f"{self.user}@{self.host}:{self.port or PORTS[self.security]}"


class FolderMark(Struct, frozen=True, kw_only=True):
    """How far a folder was read: all up to a UID, for as long as its UIDs stay valid."""

    validity: int
    last_uid: int


class Suggestion(Struct, frozen=True, kw_only=True):
    """What a mail makes likely, and the user has to say; ``excerpt`` is what stands in it.

    ``applications`` are those that it may be about, likeliest first. Once the user agrees, the
    ``events`` go on the timeline of one, and ``came_back`` is marked as failed there. Where
    ``is_invitation``, an interview is to be booked; ``calendar`` is the invitation (RFC 5545)
    as it came, if one did. ``closes`` says that the application is over then.
    """

    number: int = 0
    identity: str
    kind: str
    question: str
    sender: str
    subject: str
    excerpt: str = ""
    at: Annotated[datetime, Meta(tz=True)]
    applications: tuple[int, ...]
    events: tuple[AnyEvent, ...] = ()
    came_back: FollowUp | None = None
    is_invitation: bool = False
    closes: bool = False
    calendar: bytes = b""


class MailMemory(Struct, frozen=True, kw_only=True):
    """What is known of mail that was looked at: nothing is heard or asked twice.

    ``heard`` are identities of mails, the newest last; ``folders`` are named by place and name.
    """

    heard: tuple[str, ...] = ()
    folders: dict[str, FolderMark] = {}
    suggestions: tuple[Suggestion, ...] = ()
    next_number: int = 1
