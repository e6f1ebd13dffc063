"""Bounces: whether a mail came back, or is only late, and to whom it went.

The standard form is a report of its own type (RFC 3464). Gmail, qmail, Exim, Yahoo and old
servers of every kind say the same in plain words, and are known by who sends them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup.domain.text import clean
from followup.mail import vocabulary
from followup.mail.headers import addresses
from followup.mail.letters import Delivery, Mail
from followup.mail.reports import original_ids_in

FAILED, DELAYED, DELIVERED = "failed", "delayed", "delivered"

_ACTIONS = {"failed": FAILED, "delayed": DELAYED}
_STATUSES = {"5": FAILED, "4": DELAYED, "2": DELIVERED}
_WORST_FIRST = (FAILED, DELAYED, DELIVERED)
_STATUS = re.compile(r"(?<![\d.])([45])\.\d{1,3}\.\d{1,3}(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])(5\d\d)[ -]")
_ADDRESS = re.compile(r"[\w.+%&'=~-]+@[\w-]+(?:\.[\w-]+)+")
_LOOKED_AT = 5_000  # characters of what a server says of itself before the mail that it returns


def bounce_in(mail: Mail) -> Delivery | None:
    """Return what became of a mail that was sent, where this one says that.

    The ``action`` is ``FAILED``, ``DELAYED`` or ``DELIVERED``.
    """
    if mail.report and mail.report.kind == "delivery-status":
        return _reported(mail, mail.report.deliveries)
    if mail.report or not _is_from_a_system(mail):
        return None
    return _told(mail)


def originals_of(mail: Mail) -> tuple[str, ...]:
    """Return the Message-IDs of the mails that a bounce may be about, surest first."""
    found = (*mail.returned_ids, *original_ids_in(mail.body), *reversed(mail.references))
    return tuple(dict.fromkeys(found))


def _reported(mail: Mail, deliveries: Sequence[Delivery]) -> Delivery:
    """Return the worst of what a report says of its recipients."""
    judged = [
        Delivery(
            recipient=one.recipient,
            action=_action(one),
            status=one.status,
            reason=one.reason or one.status,
        )
        for one in deliveries
    ]
    judged.sort(key=lambda one: _WORST_FIRST.index(one.action))
    if judged:
        return judged[0]
    return _told(mail) or Delivery(action=FAILED)


def _action(delivery: Delivery) -> str:
    """Return what an action or else a status means: who gave up has failed, whatever the code."""
    if delivery.action in _ACTIONS:
        return _ACTIONS[delivery.action]
    if delivery.action in ("delivered", "relayed", "expanded"):
        return DELIVERED
    return _STATUSES.get(delivery.status[:1], FAILED)


def _is_from_a_system(mail: Mail) -> bool:
    """Tell whether no person sent a mail, but what carries mail."""
    return (
        vocabulary.is_one_of("mail_system", mail.sender.mailbox)
        or "x-failed-recipients" in mail.headers
        or "x-ms-exchange-message-is-ndr" in mail.headers
        or mail.header("content-class") == "urn:content-classes:dsn"
        or (_has_no_return_path(mail) and bool(vocabulary.says("undelivered", _subject(mail))))
    )


def _has_no_return_path(mail: Mail) -> bool:
    """Tell whether nothing is to be sent back, as of bounces (RFC 5321, section 4.5.5).

    Some vacation notices have none either.
    """
    return any(value.strip() in ("<>", "") for value in mail.headers.get("return-path", ()))


def _told(mail: Mail) -> Delivery | None:
    """Return what a bounce says in words, none where it is none."""
    text = mail.body[:_LOOKED_AT]
    told = (*_subject(mail), *vocabulary.sentences(text))
    status = _STATUS.search(text)
    is_permanent = bool(_REPLY_CODE.search(text)) or bool(status and status[1] == "5")
    is_late = bool(vocabulary.says("delayed", told)) and not is_permanent
    if not (is_late or is_permanent or vocabulary.says("undelivered", told)):
        return None
    return Delivery(
        recipient=_recipient(mail, text),
        action=DELAYED if is_late else FAILED,
        status=status[0] if status else "",
        reason=_reason(text),
    )


def _subject(mail: Mail) -> tuple[str]:
    return (vocabulary.fold(mail.subject),)


def _recipient(mail: Mail, text: str) -> str:
    """Return the address that a bounce in words is about: the first that is no one's here."""
    failed = addresses(mail.headers.get("x-failed-recipients", ()))
    if failed:
        return failed[0].email
    ours = {address.email for address in mail.recipients} | {mail.sender.email}
    found = (address.lower() for address in _ADDRESS.findall(text))
    return next((address for address in found if address not in ours), "")


def _reason(text: str) -> str:
    """Return the line in which a server says why, empty where none does."""
    for line in text.splitlines():
        if _STATUS.search(line) or _REPLY_CODE.search(line):
            return clean(line, limit=200)
    return ""
