"""A channel that sends, as tests have it: it does what it is told to, and remembers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from followup.domain.application import Contact
from followup.domain.channel import ContactField, Receipt
from followup.domain.message import Message
from followup.domain.secret import Secret
from followup.domain.settings import Settings
from followup.extensions.discovery import Found
from scripts import plugin

SENT = Receipt(detail="250 OK", sent=True)
_SCRIPT = """
import ctypes
import os
import time
from datetime import timedelta
from pathlib import Path
from followup.api import DeliveryError, InputError, Receipt, Settings, UnconfirmedError, hookimpl

class Radio:
    name = "radio"
    title = "Radio"
    needs = {needs!r}
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, message, contact, settings):
        Path(__file__).with_suffix(".pid").write_text(str(os.getpid()))
        {does}
        return Receipt(detail="250 OK", sent=True)

@hookimpl
def register_channels():
    return [Radio()]
"""


def radio_script(does: str, needs: str | None = None) -> str:
    """A script with a channel that does this to send, and leaves its process in a file beside."""
    return _SCRIPT.format(does=does.replace("\n", "\n" + " " * 8), needs=needs)


class Radio:
    """Sends a message by calling ``does``."""

    name = "radio"
    title = "Radio"
    needs: ContactField | None = "email"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Settings

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.secrets: list[str] = []
        self.does: Callable[[Message], Receipt] = lambda _: SENT
        self.question = ""

    def sends(self, settings: Settings) -> bool:
        return True

    def asks(self, settings: Settings) -> str:
        return self.question

    def domain(self, settings: Settings) -> str:
        return "sam.example"

    def compose(self, message: Message, contact: Contact, settings: Settings) -> bytes:
        return f"{message.thread.message_id} to {contact.email}: {message.body}".encode()

    def send(
        self, message: Message, contact: Contact, settings: Settings, secret: Secret | None = None
    ) -> Receipt:
        self.secrets.append(secret.reveal() if secret else "")
        receipt = self.does(message)
        self.sent.append(message)
        return receipt

    @property
    def plugin(self) -> Found:
        return plugin("radio", register_channels=[self])

    def fails_with(self, fault: BaseException) -> None:
        def does(message: Message) -> Receipt:
            raise fault

        self.does = does
