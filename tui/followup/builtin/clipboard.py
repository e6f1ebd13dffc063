"""The clipboard: for every way to reach somebody that the program does not know."""

from __future__ import annotations

from datetime import timedelta

from followup.api import Channel, Contact, Message, Receipt, Settings, hookimpl


class Clipboard:
    """Copies the text; the user pastes it wherever the conversation is."""

    name = "clipboard"
    title = "Clipboard"
    needs = None
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Settings

    def sends(self, settings: Settings) -> bool:
        """Tell that it hands off."""
        return False

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        """Return the text to copy: the body alone, ready to paste."""
        return Receipt(detail="copied", copy=message.body)


@hookimpl
def register_channels() -> list[Channel]:
    """Add the clipboard."""
    return [Clipboard()]
