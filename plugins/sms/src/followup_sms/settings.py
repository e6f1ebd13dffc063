"""The tables ``[channel.sms]`` and ``[channel.sms-link]`` of the configuration."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta

from followup.api import InputError, Secret, Settings, secret_from_command, secret_from_keyring
from followup_sms.numbers import is_region

KEYRING_SERVICE = "followup-sms"

_HERE = ("localhost", "127.0.0.1", "::1")
_HEX = "followed by 32 hexadecimal digits"

Seconds = Annotated[float, Meta(gt=0, le=120)]


class NumberSettings(Settings, frozen=True, kw_only=True):
    """How numbers are read: ``region`` (ISO 3166-1) is where those without + belong."""

    region: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a region that there is not."""
        if self.region and not is_region(self.region):
            raise ValueError(f"region {self.region!r} is unknown: give one such as `US` or `DE`")


class TwilioSettings(NumberSettings, frozen=True, kw_only=True):
    """Who sends at Twilio, and where the token comes from: it never stands here itself.

    Either ``from_number`` (E.164) or ``messaging_service_sid`` sends. The first line that
    ``token_command`` prints is the token; without a command the keyring is asked for that
    of ``account_sid``. ``connect_seconds`` are for reaching Twilio, ``answer_seconds`` for
    each wait for its answer.
    """

    account_sid: str = ""
    from_number: str = ""
    messaging_service_sid: str = ""
    token_command: str = ""
    token: str = ""  # known only to be refused with what to do instead
    connect_seconds: Seconds = 10
    answer_seconds: Seconds = 30
    api_url: str = "https://api.twilio.com"

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for what Twilio does not give out, and for a token in clear.

        No value is in these errors: one that stands in the wrong place could be the token.
        """
        super().__post_init__()
        if self.token:
            raise ValueError(
                "token does not belong in a file: set token_command, such as"
                " `pass show twilio`, or leave it to the keyring"
            )
        if self.account_sid and not _is_sid("AC", self.account_sid):
            raise ValueError(f"account_sid is none: it has to be AC {_HEX}")
        if self.messaging_service_sid and not _is_sid("MG", self.messaging_service_sid):
            raise ValueError(f"messaging_service_sid is none: it has to be MG {_HEX}")
        if self.from_number and not re.fullmatch(r"\+[1-9][0-9]{6,14}", self.from_number):
            # Nobody can answer to a name, which Twilio would take in some countries.
            raise ValueError("from_number is no number: write it like +14155550123")
        if self.from_number and self.messaging_service_sid:
            raise ValueError("from_number and messaging_service_sid are two senders: keep one")
        _check_url(self.api_url)

    @property
    def messages_url(self) -> str:
        """The address of the account's messages; raises ``InputError`` without an account."""
        if not self.account_sid:
            raise InputError(
                "[channel.sms] has no account_sid: `followup config edit` to set that of Twilio"
            )
        return f"{self.api_url.rstrip('/')}/2010-04-01/Accounts/{self.account_sid}/Messages.json"

    @property
    def sender(self) -> dict[str, str]:
        """The field that says who sends; raises ``InputError`` where nobody does."""
        if self.messaging_service_sid:
            return {"MessagingServiceSid": self.messaging_service_sid}
        if self.from_number:
            return {"From": self.from_number}
        raise InputError(
            "[channel.sms] has no sender: `followup config edit` to set from_number,"
            " a number that Twilio gave you"
        )

    def fetch_token(self) -> Secret:
        """Return the token of the account; raise ``InputError`` where it cannot be had."""
        if self.token_command:
            return secret_from_command(self.token_command)
        return secret_from_keyring(KEYRING_SERVICE, self.account_sid)


def _is_sid(kind: str, sid: str) -> bool:
    return re.fullmatch(f"{kind}[0-9a-fA-F]{{32}}", sid) is not None


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    is_plain_here = parts.scheme == "http" and parts.hostname in _HERE
    if not parts.hostname or not (parts.scheme == "https" or is_plain_here):
        raise ValueError("api_url has to start with https://")
    # A port that is no number raises ValueError by itself.
    if parts.port == 0 or parts.username or parts.query or parts.path.strip("/"):
        raise ValueError("api_url has to end with the host: https://api.twilio.com")
