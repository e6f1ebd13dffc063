"""Channels: the ways to reach a contact (design, sections 1 and 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal, Protocol

from msgspec import Struct

from followup.domain.application import Contact
from followup.domain.message import Message
from followup.domain.secret import Secret
from followup.domain.settings import Settings

ContactField = Literal["email", "phone", "linkedin"]

_NEEDED: dict[ContactField | None, str] = {
    "email": "an e-mail address",
    "phone": "a phone number",
    "linkedin": "a LinkedIn page",
    None: "nothing",
}


class File(Struct, frozen=True, kw_only=True):
    """A file that a channel asks the program to write: a bare name and its content.

    ``folder`` is where the user set that it goes, empty where that is the program's to choose.
    """

    name: str
    content: bytes
    folder: str = ""


class Receipt(Struct, frozen=True, kw_only=True):
    """What a channel did with a message, or asks the program to do.

    ``sent`` is true where the message went out. A channel that hands off says what to
    open (a URL of the schemes that design section 10 allows), to ``copy`` or to ``save``
    instead; the program does it and asks the user whether the message was sent.
    """

    detail: str
    sent: bool = False
    open_url: str = ""
    copy: str = ""
    save: File | None = None


class Channel(Protocol):
    """A way to reach a contact.

    ``delivers_within`` is the longest time until it arrives, ``limit`` the most characters
    of a body (0: any number).
    """

    name: str
    title: str
    delivers_within: timedelta
    can_reply: bool
    limit: int

    @property
    def needs(self) -> ContactField | None:
        """What a contact must have; none where nothing is needed."""
        ...

    @property
    def settings_type(self) -> type[Settings]:
        """The type of the plugin's table in the configuration."""
        ...

    def send(self, message: Message, contact: Contact, settings: Any) -> Receipt:
        """Send the message or prepare the hand-off; called off the thread of the screen."""
        ...


class SendingChannel(Channel, Protocol):
    """A channel that says whether it sends by itself; one that does not say is taken to."""

    def sends(self, settings: Any) -> bool:
        """Tell whether it sends with these settings; else it hands off."""
        ...


class ComposingChannel(Channel, Protocol):
    """A channel that can show exactly what it would send."""

    def compose(self, message: Message, contact: Contact, settings: Any) -> bytes:
        """Return the bytes that ``send`` would send for the same arguments.

        They follow from the arguments alone: date and Message-ID are in ``message.thread``.
        Raises ``InputError`` where the message cannot be sent.
        """
        ...

    def domain(self, settings: Any) -> str:
        """Return the right side of the names of its messages: that of the sender's address.

        It is empty where none is known; such messages have no name.
        """
        ...


class AskingChannel(Channel, Protocol):
    """A channel that may need a secret which only the user can type."""

    def asks(self, settings: Any) -> str:
        """Return what to ask the user for: ``Password of dana@globex.example``, or nothing."""
        ...

    def send(
        self, message: Message, contact: Contact, settings: Any, secret: Secret | None = None
    ) -> Receipt:
        """Send the message with what the user typed, where it asks; none where it does not."""
        ...


def required_by(channel: Channel) -> tuple[str, ...]:
    """Return the settings without which a channel cannot be used, none for most.

    A channel names them in ``requires``; until all are set, nobody is offered it.
    """
    required: tuple[str, ...] = getattr(channel, "requires", ())
    return required


def sends(channel: Channel, settings: Any) -> bool:
    """Tell whether a channel sends by itself with these settings; else it hands off.

    One that does not say is taken to send, for nothing may ever be sent twice.
    """
    says: Callable[[Any], bool] | None = getattr(channel, "sends", None)
    return says is None or says(settings)


def composed(channel: Channel, message: Message, contact: Contact, settings: Any) -> bytes:
    """Return exactly what a channel would send, nothing where it cannot show it."""
    compose: Callable[[Message, Contact, Any], bytes] | None = getattr(channel, "compose", None)
    return compose(message, contact, settings) if compose else b""


def asked_by(channel: Channel, settings: Any) -> str:
    """Return what a channel wants the user to type before it sends, nothing for most."""
    asks: Callable[[Any], str] | None = getattr(channel, "asks", None)
    return asks(settings) if asks else ""


def domain_of(channel: Channel, settings: Any) -> str:
    """Return the domain that names a channel's messages, nothing where it names none."""
    domain: Callable[[Any], str] | None = getattr(channel, "domain", None)
    return domain(settings) if domain else ""


def reaches(channel: Channel, contact: Contact | None) -> bool:
    """Tell whether the contact has what the channel needs."""
    if channel.needs is None:
        return True
    return contact is not None and bool(getattr(contact, channel.needs))


def addressee(channel: Channel, contact: Contact) -> str:
    """Return who gets a message over a channel, and where: ``Dana Lee <dana@globex.example>``."""
    where = getattr(contact, channel.needs) if channel.needs else ""
    return f"{contact.name} <{where}>" if contact.name and where else contact.name or where


def needed_by(channel: Channel) -> str:
    """Return in words what a contact must have for a channel: ``an e-mail address``."""
    return _NEEDED[channel.needs]
