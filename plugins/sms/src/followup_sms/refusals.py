"""Twilio's error codes in plain words: what is wrong, and what to do next.

https://www.twilio.com/docs/api/errors has them all; these are the ones that a person meets
who writes to one contact at a time.
"""

from __future__ import annotations

from followup.api import clean

_BAD_RECIPIENT = "the contact's number cannot get text messages: check it or write an e-mail"
_BAD_SENDER = "from_number cannot send text messages: give one of your Twilio numbers that can"
_BAD_SERVICE = "messaging_service_sid is no service with a number: see the Twilio console"
_NO_MATCH = "the account and its token do not match: check account_sid and what gives the token"
_NOT_VERIFIED = (
    "a trial account writes to numbers that you verified alone: verify this one or upgrade"
)
_TOO_MANY = "too many messages for now: try again later"
_UNREACHABLE = "the contact's phone cannot be reached: check the number or write an e-mail"
_FILTERED = "the carrier filters such messages: write an e-mail"

_WORDS = {
    401: _NO_MATCH,
    429: _TOO_MANY,
    20003: _NO_MATCH,
    20404: "there is no such account: check account_sid",
    20429: _TOO_MANY,
    21211: _BAD_RECIPIENT,
    21212: _BAD_SENDER,
    21265: _BAD_RECIPIENT,
    21266: "this is the number that it would be sent from: check the contact's",
    21408: "your account may not write to that country: allow it in the Twilio console",
    21602: "there is nothing in the message: write something",
    21606: _BAD_SENDER,
    21608: _NOT_VERIFIED,
    21610: "the contact answered STOP and gets no more text messages from you: respect that",
    21611: _TOO_MANY,
    21612: "no message gets from your sender to that number: try another sender or an e-mail",
    21614: _BAD_RECIPIENT,
    21617: "it is longer than 1,600 characters: cut it",
    21635: "the contact's number is a landline: find a mobile number or write an e-mail",
    21659: _BAD_SENDER,
    21660: "from_number belongs to another account: give one of yours",
    21661: _BAD_SENDER,
    21701: _BAD_SERVICE,
    21703: _BAD_SERVICE,
    21705: _BAD_SERVICE,
    30003: _UNREACHABLE,
    30004: "the contact's phone or carrier blocks your messages: write an e-mail",
    30005: _UNREACHABLE,
    30006: _BAD_RECIPIENT,
    30007: _FILTERED,
    30034: "US carriers want from_number registered first (A2P 10DLC): see the Twilio console",
    63038: "your account has sent what it may in a day: try again tomorrow",
}


def in_words(code: int, message: str, status: int) -> str:
    """Return in one line why Twilio refused; ``message`` is what it says of unknown codes.

    ``code`` is 0 where it gave none: then the ``status`` of the answer (HTTP) has to do.
    """
    number = f"error {code}" if code else f"HTTP {status}"
    words = _WORDS.get(code or status)
    if not words:
        said = clean(message, limit=200).rstrip(".") or "it did not say why"
        words = f"{said}; see the Twilio console"
    return f"Twilio refused it: {words} ({number})"
