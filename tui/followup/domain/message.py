"""Messages and what rules say of them (design, section 1)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Thread(Struct, frozen=True, kw_only=True):
    """Where a message stands in an exchange of letters (RFC 5322, section 3.6.4).

    ``message_id`` is its own, ``references`` are those of the letters before it, the oldest
    first: it answers the last of them. All stand in angle brackets. ``at`` is the instant
    (UTC) at which it is dated.
    """

    message_id: str = ""
    references: tuple[str, ...] = ()
    at: datetime | None = None


class Message(Struct, frozen=True, kw_only=True):
    """Subject and body, for one step over one channel.

    ``language`` is an ISO 639-1 code. ``thread`` is empty until the message is sent.
    """

    subject: str = ""
    body: str = ""
    language: str = "en"
    thread: Thread = Thread()


class Severity(StrEnum):
    """How much weight a verdict has: a ``block`` needs a reason to be overridden."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Verdict(Struct, frozen=True, kw_only=True):
    """What a rule says of a message.

    ``until`` is the instant (UTC) at which time heals it; ``span`` marks the words of the
    body that triggered it, as character offsets (start, end).
    """

    code: str
    severity: Severity
    message: str
    until: datetime | None = None
    span: tuple[int, int] | None = None
