"""Messages and what rules say of them (design, section 1)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Message(Struct, frozen=True, kw_only=True):
    """Subject and body, for one step over one channel; ``language`` is an ISO 639-1 code."""

    subject: str = ""
    body: str = ""
    language: str = "en"


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
