"""Letters as they come from a mailbox, and mails as they are once somebody has read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct


class Letter(Struct, frozen=True, kw_only=True):
    """The bytes of one mail, at most ``MOST_BYTES`` of them (``reading``).

    ``received`` is the instant (UTC) at which the mailbox got it, where it tells that.
    """

    raw: bytes
    received: datetime | None = None


class Address(Struct, frozen=True, kw_only=True):
    """Somebody's name and address; the address is in lower case."""

    name: str = ""
    email: str = ""

    @property
    def domain(self) -> str:
        """What stands behind the ``@``, empty where the address has none."""
        return self.email.rpartition("@")[2] if "@" in self.email else ""

    @property
    def mailbox(self) -> str:
        """What stands before the ``@``."""
        return self.email.rpartition("@")[0]


class Delivery(Struct, frozen=True, kw_only=True):
    """What a report says of one recipient (RFC 3464, sections 2.3.1 to 2.3.6).

    ``action`` is ``failed``, ``delayed``, ``delivered``, ``relayed`` or ``expanded``;
    ``status`` is an enhanced status code (RFC 3463), ``reason`` what the server said.
    """

    recipient: str = ""
    action: str = ""
    status: str = ""
    reason: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """What a mail system reports of a mail that was sent (RFC 3462, RFC 3464, RFC 8098).

    ``kind`` is the report type.
    """

    kind: str
    deliveries: tuple[Delivery, ...] = ()


class Mail(Struct, frozen=True, kw_only=True):
    """One mail, as far as it could be read; all texts in it are clean.

    ``identity`` tells it from all others: its Message-ID, or else a digest. ``references``
    name the mails that it answers, nearest last. ``at`` is the instant at which it was
    written (UTC), as far as that can be believed. ``body`` is all of its text and ``text``
    what its writer says, without quotations and signature. ``headers`` has the values of
    each by name in lower case. What was not ``readable`` has a subject at most.
    """

    identity: str
    message_id: str = ""
    subject: str = ""
    sender: Address = Address()
    reply_to: Address | None = None
    recipients: tuple[Address, ...] = ()
    references: tuple[str, ...] = ()
    at: datetime | None = None
    headers: Mapping[str, tuple[str, ...]] = {}
    body: str = ""
    text: str = ""
    calendar: bytes = b""
    calendar_method: str = ""
    report: Report | None = None
    returned_ids: tuple[str, ...] = ()
    readable: bool = True

    def header(self, name: str) -> str:
        """Return the first value of a header, empty where there is none."""
        return next(iter(self.headers.get(name, ())), "")
