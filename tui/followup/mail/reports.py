"""Reports of mail systems: what became of a mail that was sent (RFC 3462, 3464 and 8098)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message

from followup.domain.text import clean
from followup.mail import headers
from followup.mail.letters import Delivery, Report

MOST_RECIPIENTS = 50
"""Recipients of one report that are looked at."""

_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_FIELDS = re.compile(r"^([A-Za-z][A-Za-z-]+):[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_STATUSES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/rfc822-headers")


def report_in(parts: Iterable[Message]) -> Report | None:
    """Return the report that the parts of a mail make, if they make one."""
    parts = list(parts)
    kind = _kind(parts)
    if not kind:
        return None
    deliveries = [
        delivery
        for part in parts
        if part.get_content_type() in _STATUSES
        for block in _blocks(part)
        if (delivery := _delivery(block))
    ]
    return Report(kind=kind, deliveries=tuple(deliveries[:MOST_RECIPIENTS]))


def returned_ids(parts: Iterable[Message]) -> tuple[str, ...]:
    """Return the Message-IDs of the mails that the parts of a mail give back or speak of."""
    found: list[str] = []
    for part in parts:
        if part.get_content_type() == "message/disposition-notification":
            for block in _blocks(part):
                found += headers.identifiers(block.get("original-message-id", ""))
        elif part.get_content_type() in _RETURNED:
            found += _returned_id(part)
    return tuple(dict.fromkeys(found))


def _kind(parts: Iterable[Message]) -> str:
    """Return the type of a report, told by its envelope or by the part that only it has."""
    for part in parts:
        if part.get_content_type() == "multipart/report":
            kind = str(part.get_param("report-type", "")).lower().removeprefix("global-")
            if kind:
                return kind
        if part.get_content_type() in _STATUSES:
            return "delivery-status"
        if part.get_content_type() == "message/disposition-notification":
            return "disposition-notification"
    return ""


def _blocks(part: Message) -> Iterator[dict[str, str]]:
    """Yield the groups of fields of a status part, their names in lower case."""
    payload = part.get_payload()
    if isinstance(payload, list):
        for block in payload:
            if isinstance(block, Message):
                fields = {name.lower(): str(value) for name, value in block.raw_items()}
                inner = block.get_payload()
                # Some systems encode the part, or put a blank line in front of it.
                yield fields | (_fields(inner) if isinstance(inner, str) else {})
    else:
        for text in re.split(r"\n\s*\n", str(payload).replace("\r", "")):
            yield _fields(text)


def _fields(text: str) -> dict[str, str]:
    return {name.lower(): value for name, value in _FIELDS.findall(text[:20_000])}


def _delivery(fields: dict[str, str]) -> Delivery | None:
    recipient = fields.get("original-recipient") or fields.get("final-recipient")
    if not recipient and "action" not in fields:
        return None
    named = headers.addresses([fields.get("final-recipient", "").rpartition(";")[2]])
    named += headers.addresses([fields.get("original-recipient", "").rpartition(";")[2]])
    status = _STATUS.search(fields.get("status", ""))
    reason = headers.readable(fields.get("diagnostic-code", "").rpartition("; ")[2])
    return Delivery(
        recipient=named[0].email if named else "",
        action=clean(fields.get("action", "")).split(" ")[0].lower(),
        status=status[0] if status else "",
        reason=clean(reason, limit=200),
    )


def _returned_id(part: Message) -> tuple[str, ...]:
    """Return the Message-ID of the mail, or of its headers, that a report gives back."""
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return headers.identifiers(str(payload[0].get("message-id", "")))
    return original_ids_in(str(payload))


def original_ids_in(text: str) -> tuple[str, ...]:
    """Return the Message-IDs of mails whose headers stand in a text."""
    found = re.findall(r"^[>\s]*Message-ID:\s*(<[^<>\s]+>)", text[:200_000], re.M | re.I)
    return tuple(dict.fromkeys(clean(one) for one in found))
