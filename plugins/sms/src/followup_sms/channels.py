"""The two ways to text somebody: by Twilio, or by the user's own phone."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

from followup.api import Contact, ContactField, Message, Receipt
from followup_sms.numbers import e164
from followup_sms.settings import NumberSettings, TwilioSettings
from followup_sms.twilio import LONGEST_BODY, create_message


class TwilioText:
    """Sends the message by Twilio."""

    name = "sms"
    title = "Text message"
    needs: ContactField = "phone"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = LONGEST_BODY
    settings_type = TwilioSettings

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        """Wait by ``pause`` (seconds) where Twilio has too much to do."""
        self._pause = pause

    def send(self, message: Message, contact: Contact, settings: TwilioSettings) -> Receipt:
        """Send the body and return a receipt that names it as Twilio does.

        Raises ``InputError`` where the contact's number is none or settings are missing,
        ``DeliveryError`` where it was not sent, ``UnconfirmedError`` where nobody knows.
        """
        to = e164(contact.phone, settings.region)
        fields = {"To": to, **settings.sender, "Body": message.body}
        sid = create_message(fields, settings, self._pause)
        return Receipt(sent=True, detail=f"accepted by Twilio for {to} as {sid}")


class PhoneText:
    """Opens the message in the program that texts by the user's own phone."""

    name = "sms-link"
    title = "Text message by phone"
    needs: ContactField = "phone"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = NumberSettings

    def sends(self, settings: NumberSettings) -> bool:
        """Tell that it hands off."""
        return False

    def send(self, message: Message, contact: Contact, settings: NumberSettings) -> Receipt:
        """Return the text to copy and the ``sms:`` link to open (RFC 5724).

        Raises ``InputError`` where the contact's number is none.
        """
        to = e164(contact.phone, settings.region)
        return Receipt(
            detail="copied, and opened in the program that texts by your phone",
            open_url=f"sms:{to}?body={quote(message.body, safe='')}",
            copy=message.body,
        )
