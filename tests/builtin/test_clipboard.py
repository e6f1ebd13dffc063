"""The clipboard."""

from __future__ import annotations

from followup.api import Contact, Message, Settings
from followup.builtin.clipboard import Clipboard


def test_the_clipboard_takes_the_body_alone() -> None:
    message = Message(subject="The role", body="Hi Dana,\n\nany news?\n")
    assert Clipboard().send(message, Contact(), Settings()).copy == message.body
