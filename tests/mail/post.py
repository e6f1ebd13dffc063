"""Mails for tests, in as few words as possible; people, firms and addresses are made up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from builders import DAY, application, applied
from followup.domain.application import Application
from followup.domain.events import FollowUp
from followup.mail.classifying import Kind

NOW = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
ME = "Sam Poe <sam.poe@mail.example>"
OURS = "<20260309.1@mail.example>"
DANA = "Dana Lee <dana@globex.example>"


class Sample(Struct, frozen=True, kw_only=True):
    """One mail, and what it is."""

    name: str
    kind: Kind
    raw: bytes
    hard: bool = False


def mail(
    body: str = "",
    *,
    subject: str = "Re: Backend Engineer",
    sender: str = DANA,
    to: str = ME,
    date: str = "Wed, 11 Mar 2026 09:00:00 +0100",
    kind: str = "text/plain; charset=utf-8",
    number: str = "1",
    **headers: str,
) -> bytes:
    """The bytes of a mail; ``x_some_header`` becomes ``X-Some-Header``."""
    lines = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Date": date,
        "Message-ID": f"<{number}@globex.example>",
        "MIME-Version": "1.0",
        "Content-Type": kind,
        **{name.replace("_", "-").title(): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    text = body.strip("\n").replace("\n", "\r\n")
    return f"{head}\r\n{text}\r\n".encode()


def pursued(company: str = "Globex", message_id: str = OURS, **fields: Any) -> Application:
    """An application of ten days ago, to which a message was sent two days ago."""
    return application(
        applied(NOW - 10 * DAY),
        FollowUp(at=NOW - 2 * DAY, channel="email", message_id=message_id),
        company=company,
        **fields,
    )


def multipart(*parts: tuple[str, str], kind: str = "mixed", **mail_options: str) -> bytes:
    """The bytes of a mail of several parts, each a content type and a body."""
    body = "".join(
        f"--part\nContent-Type: {content}\n\n{text.strip(chr(10))}\n" for content, text in parts
    )
    options = {"kind": f'multipart/{kind}; boundary="part"', **mail_options}
    return mail(f"{body}--part--", **options)


def report(
    *fields: str,
    text: str = "",
    original: str = OURS,
    about: str = "delivery-status",
    **options: str,
) -> bytes:
    """The bytes of a report on a mail of ours (RFC 3464, RFC 8098)."""
    returned = f"From: {ME}\nTo: {DANA}\nMessage-ID: {original}\nSubject: Backend Engineer\n"
    parts = [
        ("text/plain; charset=utf-8", text or "See below."),
        (f"message/{about}", "\n".join(fields)),
        *([("message/rfc822", f"{returned}\nHello\n")] if original else []),
    ]
    given = {
        "sender": "Mail Delivery System <MAILER-DAEMON@mail.example>",
        "subject": "Undelivered Mail Returned to Sender",
        **options,
    }
    return multipart(*parts, kind=f"report; report-type={about}", **given)
