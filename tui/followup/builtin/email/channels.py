"""The ways to send a letter: by the user's server, or by the user's own mail program."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from followup.api import (
    Contact,
    ContactField,
    File,
    InputError,
    Message,
    Receipt,
    Secret,
    clean,
)
from followup.builtin.email.settings import (
    SET_UP,
    DraftFileSettings,
    EmailSettings,
    SenderSettings,
    ServerDraftSettings,
    ServerSettings,
)

_ODD = re.compile(r"[^\w-]+")


class _Letter:
    """What all ways have in common: the letter itself, from a sender to one person."""

    needs: ContactField = "email"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    is_draft = False

    def compose(self, message: Message, contact: Contact, settings: SenderSettings) -> bytes:
        """Return the letter as it goes out, but for what a mail program adds to a draft.

        Raises ``InputError`` where the contact's address cannot be one.
        """
        from followup.builtin.email import composing  # late: loads much, needed by few starts

        recipient = composing.recipient_of(contact)
        return composing.composed(message, recipient, settings.mailbox, is_draft=self.is_draft)

    def domain(self, settings: Any) -> str:
        """Return nothing: the mail program that sends a draft gives it a name of its own."""
        return ""


class Email(_Letter):
    """Sends the message by SMTP where a host is set, else opens the user's mail program."""

    name = "email"
    title = "E-mail"
    settings_type = EmailSettings

    def sends(self, settings: EmailSettings) -> bool:
        """Tell that it sends where a host is set."""
        return bool(settings.host)

    def domain(self, settings: EmailSettings) -> str:
        """Return the domain of the user's address, which names what is sent from here."""
        return settings.mailbox.domain if settings.host and settings.mailbox else ""

    def asks(self, settings: EmailSettings) -> str:
        """Return that it asks for a password, where nothing else gives it."""
        return _asked(settings)

    def send(
        self,
        message: Message,
        contact: Contact,
        settings: EmailSettings,
        secret: Secret | None = None,
    ) -> Receipt:
        """Send what ``compose`` returns to the contact, or return the link to open.

        Raises ``InputError`` for an address or a password that there is not,
        ``DeliveryError`` where it did not go out, ``UnconfirmedError`` where nobody knows.
        """
        if not settings.host:
            return Receipt(detail="opens in your mail program", open_url=_link(message, contact))
        # Late: they load much, and are needed when something is sent.
        from followup.builtin.email import composing, smtp
        from followup.builtin.email.passwords import password_of

        recipient, sender = composing.recipient_of(contact), settings.mailbox
        assert sender  # the settings have seen to it
        copies = [sender.address] if settings.bcc_self else []
        envelope = smtp.Envelope(
            sender=sender.address,
            recipients=tuple(dict.fromkeys([recipient.address, *copies])),
            needs_utf8=not composing.is_ascii(recipient, sender),
        )
        content = self.compose(message, contact, settings)
        smtp.send(content, envelope, settings, password_of(settings, secret))
        return Receipt(sent=True, detail=f"{settings.host} took it for {recipient.address}")


class DraftFile(_Letter):
    """Saves the message as an ``.eml`` file that any mail program opens as a draft."""

    name = "eml"
    title = "E-mail draft file"
    settings_type = DraftFileSettings
    is_draft = True

    def sends(self, settings: DraftFileSettings) -> bool:
        """Tell that it hands off."""
        return False

    def send(self, message: Message, contact: Contact, settings: DraftFileSettings) -> Receipt:
        """Return the file to save; raises ``InputError`` where the address cannot be one."""
        content = self.compose(message, contact, settings)
        stem = _ODD.sub("-", message.subject.lower()).strip("-")[:60] or "follow-up"
        file = File(name=f"{stem}.eml", content=content, folder=settings.folder)
        return Receipt(detail="saved as a draft for your mail program", save=file)


class ServerDraft(_Letter):
    """Puts the message into the drafts of the user's mailbox, where every mail program has it."""

    name = "imap-draft"
    title = "Draft in your mailbox"
    settings_type = ServerDraftSettings
    requires = ("host", "user")

    def sends(self, settings: ServerDraftSettings) -> bool:
        """Tell that it hands off: the user sends the draft."""
        return False

    def asks(self, settings: ServerDraftSettings) -> str:
        """Return that it asks for a password, where nothing else gives it."""
        return _asked(settings)

    def send(
        self,
        message: Message,
        contact: Contact,
        settings: ServerDraftSettings,
        secret: Secret | None = None,
    ) -> Receipt:
        """Save the draft.

        Raises ``InputError`` where settings, address or password are missing,
        ``DeliveryError`` where it was not saved.
        """
        if not (settings.host and settings.user):
            raise InputError(f"[channel.imap-draft] names no host and user: {SET_UP}")
        # Late: they load much, and are needed when something is saved.
        from followup.builtin.email import imap
        from followup.builtin.email.passwords import password_of

        content = self.compose(message, contact, settings)
        password = password_of(settings, secret)
        assert password  # as there is a user
        folder = imap.save_draft(content, settings, password)
        return Receipt(detail=f"saved in {clean(folder)}: send it from your mail program")


def _asked(settings: ServerSettings) -> str:
    return f"Password of {settings.user} at {settings.host}" if settings.is_typed else ""


def _link(message: Message, contact: Contact) -> str:
    """Return a ``mailto:`` link (RFC 6068), which asks for CRLF between lines."""
    fields = {"subject": message.subject, "body": message.body.replace("\n", "\r\n")}
    if message.thread.references:
        fields["in-reply-to"] = message.thread.references[-1]
    query = "&".join(f"{name}={quote(text, safe='')}" for name, text in fields.items())
    return f"mailto:{quote(contact.email, safe='@')}?{query}"
