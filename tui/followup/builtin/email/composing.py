"""Letters: messages as the bytes that go through the mail (RFC 5322).

``email`` is loaded with this module, so what is imported at every start imports it late.
"""

from __future__ import annotations

from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

from followup.api import Contact, InputError, Message, clean, clean_page
from followup.builtin.email.addresses import Mailbox, person
from followup.builtin.email.flowed import flowed

LONGEST_LINE = 998  # bytes without the line break (RFC 5322, section 2.1.1)

_LONGEST_WORD = 60
_PEOPLE = frozenset({"from", "to"})
_CHAINS = frozenset({"in-reply-to", "references"})


class _Policy(EmailPolicy):
    """Writes headers so that they read back as they were.

    The library's own folding of Python 3.11 loses blanks between encoded words, and quotes
    around names, and cuts and encodes long names of messages.
    """

    def fold(self, name: str, value: Any) -> str:
        match name.lower():
            case "subject":
                written = self._text(name, value)
            case header if header in _PEOPLE:
                written = f",{self.linesep} ".join(
                    self._person(name, one) for one in value.addresses
                )
            case header if header in _CHAINS:
                written = f"{self.linesep} ".join(str(value).split())
            case _:
                folded: str = super().fold(name, value)
                return folded
        return f"{name}: {written}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("utf-8")

    def _person(self, header: str, one: Address) -> str:
        if _is_plain(one.display_name):
            return str(one)
        return f"{self._text(header, one.display_name)}{self.linesep} <{one.addr_spec}>"

    def _text(self, header: str, text: str) -> str:
        """Return text as it stands where it is ASCII, else in encoded words (RFC 2047)."""
        charset = "us-ascii" if _is_plain(text) else "utf-8"
        wide = self.max_line_length
        return Header(text, charset, wide, header).encode(linesep=self.linesep)


# 76: the longest line of quoted-printable (RFC 2045, section 6.7).
_POLICY = _Policy(linesep=SMTP.linesep, cte_type="7bit", max_line_length=76)


def recipient_of(contact: Contact) -> Mailbox:
    """Return the person to write to; raise ``InputError`` where the address is none."""
    try:
        return person(contact.name, contact.email)
    except InputError as fault:
        raise InputError(f"{fault}: correct the contact") from None


def composed(
    message: Message, recipient: Mailbox, sender: Mailbox | None, *, is_draft: bool = False
) -> bytes:
    """Return a letter to one person, which follows from the arguments alone.

    Date, name and the letters that it answers are those of ``message.thread``. A draft in a
    file says that it is one (``X-Unsent``). Raises ``InputError`` where a header would be broken.
    """
    mail = EmailMessage(policy=_POLICY)
    try:
        if sender:
            mail["From"] = _address(sender)
        mail["To"] = _address(recipient)
        mail["Subject"] = _literally(clean(message.subject))
        _place(mail, message)
    except (ValueError, MessageError) as fault:
        raise InputError(f"the message cannot be a letter: {clean(str(fault))}") from None
    if is_draft:
        mail["X-Unsent"] = "1"
    body = flowed(clean_page(message.body)) + "\n"
    mail.set_content(body, cte=_encoding(body), params={"format": "flowed"})
    return mail.as_bytes()


def is_ascii(*people: Mailbox | None) -> bool:
    """Tell whether every server takes the addresses, not only those with SMTPUTF8 (RFC 6531)."""
    return all(one is None or one.address.isascii() for one in people)


def _place(mail: EmailMessage, message: Message) -> None:
    """Write into the headers where a letter stands in its thread."""
    thread = message.thread
    if thread.at:
        mail["Date"] = thread.at
    if thread.message_id:
        mail["Message-ID"] = thread.message_id
    if thread.references:
        mail["In-Reply-To"] = thread.references[-1]
        mail["References"] = " ".join(thread.references)


def _is_plain(text: str) -> bool:
    """Tell whether text stands in a header as it is.

    What looks like an encoded word does not, nor does a word that leaves no place to fold.
    """
    is_foldable = all(len(word) <= _LONGEST_WORD for word in text.split())
    return text.isascii() and "=?" not in text and is_foldable


def _literally(text: str) -> str:
    """Return text that the library takes for what it says, even where it looks encoded."""
    return Header(text, "utf-8").encode(linesep="") if "=?" in text else text


def _address(one: Mailbox) -> Address:
    return Address(one.name, one.user, one.domain)


def _encoding(body: str) -> str:
    is_plain = body.isascii() and all(len(line) <= LONGEST_LINE for line in body.split("\n"))
    return "7bit" if is_plain else "quoted-printable"
