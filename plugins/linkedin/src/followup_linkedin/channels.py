"""The two ways to write to somebody on LinkedIn: to a connection, or to become one."""

from __future__ import annotations

from datetime import timedelta

from followup.api import Contact, ContactField, Message, Receipt, Settings
from followup_linkedin.profile import member_name, messaging_page, profile_page


class DirectMessage:
    """Opens the conversation with a connection."""

    name = "linkedin"
    title = "LinkedIn message"
    needs: ContactField = "linkedin"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 8_000
    settings_type = Settings

    def sends(self, settings: Settings) -> bool:
        """Tell that it hands off."""
        return False

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        """Return the text to copy and the conversation to open.

        Raises ``InputError`` where the contact's page is no profile on LinkedIn.
        """
        return Receipt(
            detail="copied, to paste into the conversation that opens",
            open_url=messaging_page(member_name(contact.linkedin)),
            copy=message.body,
        )


class ConnectionNote:
    """Opens the profile of somebody who is no connection yet: a note goes with the request."""

    name = "linkedin-note"
    title = "LinkedIn note"
    needs: ContactField = "linkedin"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 300
    settings_type = Settings

    def sends(self, settings: Settings) -> bool:
        """Tell that it hands off."""
        return False

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        """Return the text to copy and the profile to open.

        Raises ``InputError`` where the contact's page is no profile on LinkedIn.
        """
        return Receipt(
            detail="copied, to paste as the note when you connect on the profile that opens",
            open_url=profile_page(member_name(contact.linkedin)),
            copy=message.body,
        )
