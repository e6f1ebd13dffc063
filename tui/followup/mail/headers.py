"""The headers of a mail, read so that nothing in them can go wrong.

Python's own modern header classes raise on some that are broken, so the raw values are taken.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from followup.domain.text import clean
from followup.mail.charsets import decoded
from followup.mail.letters import Address

LONGEST = 10_000
"""Characters of one header that are looked at."""

MOST_HEADERS = 500
"""Headers of one mail that are looked at."""

_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bqBQ])\?([^?]*)\?=")
_BETWEEN_ENCODED_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_IDENTIFIER = re.compile(r"<[^<>\s]+>")
_BARE_IDENTIFIER = re.compile(r"[^<>\s,;\"()]+@[^<>\s,;\"()]+")
_BARE_ADDRESS = re.compile(r"[\w.+%&'*/=?^{|}~!#$-]+@[\w.-]+\w")
_FIRST_YEAR = 1990


def headers_of(message: Message) -> dict[str, tuple[str, ...]]:
    """Return all values of each header, raw but for their folding, by name in lower case."""
    values: dict[str, list[str]] = {}
    for name, value in list(message.raw_items())[:MOST_HEADERS]:
        values.setdefault(name.lower(), []).append(_unfolded(str(value)))
    return {name: tuple(found) for name, found in values.items()}


def _unfolded(value: str) -> str:
    return re.sub(r"[\r\n]+[ \t]*", " ", value[:LONGEST]).strip()


def readable(value: str) -> str:
    """Return a raw header as text: encoded words decoded (RFC 2047), broken ones kept."""
    value = _BETWEEN_ENCODED_WORDS.sub(r"\1", _as_text(value))
    pieces: list[str] = []
    pending, pending_charset, end = b"", "", 0
    for word in _ENCODED_WORD.finditer(value):
        data = _word_bytes(word[2], word[3])
        charset = word[1].partition("*")[0]  # a language may follow (RFC 2231, section 5)
        if word.start() > end or charset != pending_charset:
            pieces += [decoded(pending, pending_charset), value[end : word.start()]]
            pending = b""
        # Words of one charset are decoded together: some programs cut a character in two.
        pending, pending_charset = pending + data, charset
        end = word.end()
    pieces += [decoded(pending, pending_charset), value[end:]]
    return clean("".join(pieces))


def _as_text(value: str) -> str:
    """Return a value whose bytes beyond ASCII were no header at all, in their likely charset."""
    try:
        value.encode("ascii")
    except UnicodeEncodeError:
        return decoded(value.encode("utf-8", "surrogateescape"))
    return value


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        return quopri.decodestring(text.encode("utf-8", "surrogatepass"), header=True)
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """Return the addresses that headers name, as far as any can be made out."""
    found: list[Address] = []
    for value in values:
        try:
            pairs = getaddresses([_ascii(value)])
        except (ValueError, TypeError, IndexError, AttributeError, RecursionError):
            pairs = []
        known = [(name, email) for name, email in pairs if "@" in email.strip("@")]
        if not known and (bare := _BARE_ADDRESS.findall(value)):
            # The last: a name may look like an address, and stands before it.
            known = [(value.partition("<")[0] if "<" in value else "", bare[-1])]
        found += [_address(name, email) for name, email in known]
    return tuple(found)


def _ascii(value: str) -> str:
    """Return a value in which whatever is no ASCII is encoded, so that it survives parsing."""
    text = _as_text(value)
    return re.sub(
        r"[^\x00-\x7f]+",
        lambda run: f"=?utf-8?b?{binascii.b2a_base64(run[0].encode()).decode().strip()}?=",
        text,
    )


def _address(name: str, email: str) -> Address:
    email = clean(readable(email).strip("<>'\" ")).lower()
    return Address(name=readable(name).strip("'\" "), email=email)


def identifiers(value: str) -> tuple[str, ...]:
    """Return the Message-IDs in a header, in angle brackets even where it has none."""
    found = _IDENTIFIER.findall(value)
    if not found:
        found = [f"<{bare}>" for bare in _BARE_IDENTIFIER.findall(value)]
    return tuple(dict.fromkeys(clean(one) for one in found))


def instant(value: str) -> datetime | None:
    """Return the instant that a date header names, in UTC; none where it makes no sense."""
    try:
        parsed = parsedate_to_datetime(value)
        # -0000 says that the zone is not known (RFC 5322, section 3.3).
        aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        moment = aware.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
    return moment if moment.year >= _FIRST_YEAR else None


def received_at(headers: Mapping[str, tuple[str, ...]]) -> datetime | None:
    """Return when the last server on the way got a mail, in UTC (RFC 5321, section 4.4)."""
    newest = next(iter(headers.get("received", ())), "")
    return instant(newest.rpartition(";")[2])
