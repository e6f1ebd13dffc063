"""E-mail without an account: handed to the mail program, or saved as a draft file."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

from followup.api import (
    Channel,
    Contact,
    ContactField,
    File,
    InputError,
    Message,
    Receipt,
    Settings,
    clean,
    hookimpl,
)

_ODD = re.compile(r"[^\w-]+")


class MailProgram:
    """Opens the message in the user's mail program by a ``mailto:`` link (RFC 6068)."""

    name = "email"
    title = "E-mail"
    needs: ContactField = "email"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        """Return the link to open; line breaks are CRLF as RFC 6068 asks."""
        subject = quote(message.subject, safe="")
        body = quote(message.body.replace("\n", "\r\n"), safe="")
        address = quote(contact.email, safe="@")
        return Receipt(
            detail="opens in your mail program",
            open_url=f"mailto:{address}?subject={subject}&body={body}",
        )


class DraftFile:
    """Saves the message as an ``.eml`` file that any mail program opens as a draft."""

    name = "eml"
    title = "E-mail draft file"
    needs: ContactField = "email"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        """Return the file to save (RFC 5322); header lines cannot be broken into.

        Raises ``InputError`` where the contact's address cannot be one.
        """
        from email.errors import MessageError  # late: a large package, needed only here
        from email.headerregistry import Address
        from email.message import EmailMessage
        from email.policy import SMTP

        mail = EmailMessage(policy=SMTP)
        user, _, domain = contact.email.rpartition("@")
        try:
            mail["To"] = Address(clean(contact.name), user, domain)
        except (ValueError, MessageError) as fault:
            address = clean(contact.email)
            raise InputError(f"{address!r} is no e-mail address: correct the contact") from fault
        mail["Subject"] = clean(message.subject)
        mail["X-Unsent"] = "1"
        mail.set_content(message.body)
        stem = _ODD.sub("-", message.subject.lower()).strip("-")[:60] or "follow-up"
        file = File(name=f"{stem}.eml", content=mail.as_bytes())
        return Receipt(detail="saved as a draft for your mail program", save=file)


@hookimpl
def register_channels() -> list[Channel]:
    """Add e-mail, by mail program and by draft file."""
    return [MailProgram(), DraftFile()]
