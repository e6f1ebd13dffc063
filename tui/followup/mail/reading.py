"""Reading a mail: bytes become a ``Mail``, whatever they are.

What is sent is hostile, broken or huge as often as not, so this never raises; the worst that
comes of it is a mail that is not readable and has a subject.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email import policy
from email.message import Message
from email.parser import BytesParser, HeaderParser

from msgspec.structs import replace

from followup.domain.text import clean, clean_page, harmless
from followup.mail import headers as header_values
from followup.mail.charsets import decoded
from followup.mail.headers import addresses, headers_of, identifiers, instant, received_at
from followup.mail.history import said_in
from followup.mail.letters import Address, Letter, Mail
from followup.mail.page import page_text
from followup.mail.reports import report_in, returned_ids

MOST_BYTES = 2_000_000
"""Bytes of a mail that are looked at; what people say stands at its beginning."""

MOST_PARTS = 100
"""Parts of a mail that are looked at."""

DEEPEST = 20
"""How many parts within parts are looked at."""

MOST_CALENDAR_BYTES = 100_000

_LATE = timedelta(days=7)
"""How long a mail may be under way; what claims to be older comes from a clock that is wrong."""

_CALENDARS = ("text/calendar", "application/ics")


def read(letter: Letter, now: datetime) -> Mail:
    """Return a letter as a mail; ``now`` (UTC) bounds the dates that it claims."""
    raw = letter.raw[:MOST_BYTES]
    try:
        return _read(BytesParser(policy=policy.compat32).parsebytes(raw), letter, now)
    except Exception:  # of all that a library may raise on mail, nothing is worth a crash
        return _unreadable(letter)


def read_headers(letter: Letter, now: datetime) -> Mail:
    """Return a mail of whose letter only the headers are there, or wanted."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(
            letter.raw[:MOST_BYTES], headersonly=True
        )
        return _head(message, letter, now)
    except Exception:
        return _unreadable(letter)


def _read(message: Message, letter: Letter, now: datetime) -> Mail:
    mail = _head(message, letter, now)
    parts = list(_parts(message))[:MOST_PARTS]
    body = clean_page(_text_of(message, 0))
    calendar, method = _calendar(parts)
    return replace(
        mail,
        body=body,
        text=clean_page(said_in(body)),
        calendar=calendar,
        calendar_method=method,
        report=report_in(parts),
        returned_ids=returned_ids(parts),
    )


def _head(message: Message, letter: Letter, now: datetime) -> Mail:
    headers = headers_of(message)

    def first(name: str) -> str:
        return next(iter(headers.get(name, ())), "")

    own = identifiers(first("message-id"))
    answered = identifiers(first("in-reply-to"))
    references = (*identifiers(first("references")), *answered)
    senders = addresses(headers.get("from", ())) or addresses(headers.get("sender", ()))
    reply_to = addresses(headers.get("reply-to", ()))
    to = addresses((*headers.get("to", ()), *headers.get("cc", ())))
    received = received_at(headers) or letter.received
    return Mail(
        identity=own[0] if own else digest(letter.raw),
        message_id=own[0] if own else "",
        subject=header_values.readable(first("subject")),
        sender=senders[0] if senders else Address(),
        reply_to=reply_to[0] if reply_to else None,
        recipients=to,
        references=tuple(reversed(dict.fromkeys(reversed(references)))),
        at=_believable(instant(first("date")), received, now),
        headers=headers,
    )


def digest(raw: bytes) -> str:
    """Return what tells a mail without a Message-ID from all others."""
    return f"<{hashlib.sha256(raw[:MOST_BYTES]).hexdigest()[:32]}@no-message-id>"


def _believable(
    written: datetime | None, received: datetime | None, now: datetime
) -> datetime | None:
    """Return when a mail was written: no later than it came, and not long before."""
    came = min(received, now) if received else now
    if written is None:
        return came if received else None
    if received and received - written > _LATE:
        return came
    return min(written, came)


def _unreadable(letter: Letter) -> Mail:
    """Return what is left of a mail that cannot be read."""
    head = letter.raw[:50_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    try:
        message = HeaderParser(policy=policy.compat32).parsestr(head.decode("ascii", "replace"))
        subject = header_values.readable(str(message.get("subject", "")))
    except Exception:
        subject = ""
    return Mail(identity=digest(letter.raw), subject=subject, readable=False)


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Yield the parts of a mail, but not those of mails in it."""
    yield message
    if depth < DEEPEST and message.get_content_maintype() == "multipart":
        for part in _children(message)[:MOST_PARTS]:
            yield from _parts(part, depth + 1)


def _children(message: Message) -> Sequence[Message]:
    payload = message.get_payload()
    if not isinstance(payload, list):
        return ()
    return [part for part in payload if isinstance(part, Message)]


def _text_of(part: Message, depth: int) -> str:
    """Return the text of a part and of the parts in it."""
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart":
        children = _children(part)[:MOST_PARTS]
        if depth >= DEEPEST or not children:
            return _leaf_text(part) if not children else ""
        if kind == "multipart/report":
            return _text_of(children[0], depth + 1)
        texts = [
            (child.get_content_type(), text)
            for child in children
            if (text := _text_of(child, depth + 1)).strip()
        ]
        if kind == "multipart/alternative":
            return _best(texts)
        return "\n\n".join(text for _, text in texts)
    is_shown = part.get_content_disposition() != "attachment" or depth == 0
    return _leaf_text(part) if kind.startswith("text/") and is_shown else ""


def _best(texts: Sequence[tuple[str, str]]) -> str:
    """Return the plain one of several texts that say the same, unless it says nothing."""
    plain = next((text for kind, text in texts if kind == "text/plain"), "")
    others = [text for kind, text in texts if kind not in ("text/plain", "text/calendar")]
    if others and ("html" in plain.lower() and len(plain) < len(others[-1]) / 2):
        return others[-1]  # "your program does not show HTML"
    return plain or next(iter(others), "")


def _leaf_text(part: Message) -> str:
    kind = part.get_content_type()
    if kind in (*_CALENDARS, "text/rfc822-headers", "text/css", "text/vcard", "text/x-vcard"):
        return ""
    text = harmless(decoded(_payload(part), str(part.get_param("charset", ""))), limit=500_000)
    if kind in ("text/html", "text/enriched"):
        return page_text(text)
    return _unwrapped(text) if part.get_param("format") == "flowed" else text


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _unwrapped(text: str) -> str:
    """Return a text of which lines that end in a blank go on in the next (RFC 3676)."""
    pieces: list[str] = []
    for line in text.split("\n"):
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
        pieces.append(line if goes_on else f"{line}\n")
    return "".join(pieces)


def _calendar(parts: Sequence[Message]) -> tuple[bytes, str]:
    """Return the invitation in a mail, as it stands there, and its METHOD (RFC 5546)."""
    for part in parts:
        name = clean(str(part.get_filename() or "")).lower()
        if part.get_content_type() in _CALENDARS or name.endswith(".ics"):
            calendar = _payload(part)
            method = clean(str(part.get_param("method", ""))).upper() or _method(calendar)
            if len(calendar) <= MOST_CALENDAR_BYTES:
                return calendar, method
    return b"", ""


def _method(calendar: bytes) -> str:
    for line in calendar[:2_000].splitlines():
        name, _, value = line.partition(b":")
        if name.strip().upper() == b"METHOD":
            return clean(value.decode("ascii", "replace")).upper()
    return ""
