"""The check of channels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import PurePath
from urllib.parse import SplitResult, parse_qsl, urlsplit

from msgspec import Struct

from followup.api import (
    Channel,
    Contact,
    DeliveryError,
    InputError,
    Message,
    Receipt,
    Settings,
    clean,
)
from followup.domain.channel import required_by
from followup.extensions import answers
from followup.extensions.things import ChannelFacts
from followup.handoff import SCHEMES
from followup.testing.factories import contact as usual_contact
from followup.testing.factories import message
from followup.testing.judging import asked, require, settings_of

REFUSALS = (InputError, DeliveryError)
"""What a channel may raise where a message cannot go out."""

_HEADER = "\r\nBcc: eve@evil.example"
_HOSTILE_MESSAGES = (
    message("Any news?", subject=f"Hello{_HEADER}"),
    message("Any news?", subject="Hello&bcc=eve@evil.example#x"),
    message("Any news?", subject="../../.ssh/authorized_keys"),
    message("Any news?&bcc=eve@evil.example&to=eve@evil.example#x"),
    message("\x1b]0;owned\x07\u202eevil\n\n%0d%0aBcc: eve@evil.example 😀"),
    message("", subject=""),
)
_HOSTILE_CONTACTS: tuple[dict[str, str], ...] = (
    {"name": f"Dana{_HEADER}"},
    {"name": "../../.ssh/authorized_keys"},
    {"email": "dana@globex.example?bcc=eve@evil.example"},
    {"email": f"dana@globex.example{_HEADER}"},
    {"phone": "+491711234567?body=hello&to=+491700000000"},
    {"phone": f"+49171{_HEADER}"},
    {"linkedin": "javascript:alert(1)"},
    {"linkedin": "file:///etc/passwd"},
)


def check_channel(
    channel: Channel, settings: Settings | None = None, contact: Contact | None = None
) -> None:
    """Check that a channel keeps its contract, also for text that means harm.

    It has what the program asks for, and returns receipts that can be acted upon: no line
    break and no parameter of a hostile text gets into a link, a file has a bare name. It may
    refuse with ``InputError`` or ``DeliveryError``; the usual message has to go through
    where ``settings`` are given. **It calls** ``send``: give a channel that sends settings
    that lead to a server of your tests. Raises ``AssertionError``.
    """
    what = f"channel {getattr(channel, 'name', channel)}"
    asked(what, lambda: ChannelFacts.of(channel))
    require(channel.delivers_within >= timedelta(0), f"{what}: delivers before it is sent")
    fields = channel.settings_type.__struct_encode_fields__
    for name in required_by(channel):
        require(name in fields, f"{what}: requires {name!r}, which is none of its settings")
    trial = _Trial(
        what=what,
        channel=channel,
        settings=settings_of(what, channel.settings_type, settings),
        is_set_up=settings is not None,
    )
    reached = contact or usual_contact()
    plain = trial.sent(message(), reached, must_go=trial.is_set_up)
    if channel.needs is None:
        trial.sent(message(), Contact(), must_go=plain is not None)
    for hostile in _HOSTILE_MESSAGES:
        trial.compare(plain, trial.sent(hostile, reached))
    for tampered in _hostile(reached):
        trial.compare(plain, trial.sent(message(), tampered))


class _Trial(Struct, frozen=True, kw_only=True):
    """A channel, and the settings that it is tried with."""

    what: str
    channel: Channel
    settings: Settings
    is_set_up: bool

    def sent(self, message: Message, contact: Contact, *, must_go: bool = False) -> Receipt | None:
        """Return what the channel says of a message, none where it refuses it."""
        send = self.channel.send
        try:
            receipt = asked(
                f"{self.what}: send {message.subject!r} to {contact}",
                lambda: answers.receipt(send(message, contact, self.settings)),
                allowed=REFUSALS,
            )
        except REFUSALS as error:
            require(not must_go, f"{self.what}: refuses a message that is good: {error}")
            require(str(error) == clean(str(error)), f"{self.what}: refuses in no line of text")
            return None
        self._check(receipt)
        return receipt

    def _check(self, receipt: Receipt) -> None:
        require(receipt.detail, f"{self.what}: its receipt has no detail")
        hands_off = receipt.open_url or receipt.copy or receipt.save
        require(not (receipt.sent and hands_off), f"{self.what}: it sends and hands off at once")
        if receipt.open_url:
            self._check_url(receipt.open_url)
        if receipt.save:
            name = receipt.save.name
            is_bare = name == PurePath(name).name and name not in {"", ".", ".."}
            require(is_bare and name == clean(name), f"{self.what}: {name!r} is no bare file name")
            # A draft has headers; in a file of any other kind such a line is just a line.
            is_smuggled = name.endswith(".eml") and "bcc" in message_from_bytes(
                receipt.save.content
            )
            require(not is_smuggled, f"{self.what}: a line break breaks into its headers")

    def _check_url(self, url: str) -> None:
        scheme = urlsplit(url).scheme
        opened = ", ".join(sorted(SCHEMES))
        require(scheme in SCHEMES, f"{self.what}: {url!r} is not opened: {opened} are")
        is_quoted = url.isascii() and url.isprintable() and " " not in url
        require(is_quoted, f"{self.what}: {url!r} is not percent-encoded: use urllib.parse.quote")

    def compare(self, plain: Receipt | None, hostile: Receipt | None) -> None:
        """Require that a hostile text has not changed what a link does."""
        if plain and hostile:
            usual, tampered = urlsplit(plain.open_url), urlsplit(hostile.open_url)
            changed = f"{self.what}: {hostile.open_url!r} does something else than it should"
            require(_shape(tampered) == _shape(usual), f"{changed}: quote what you put into it")


def _shape(url: SplitResult) -> tuple[str, list[str], bool]:
    """Return what a text that is put into a link must not change."""
    names = [name for name, _ in parse_qsl(url.query, keep_blank_values=True)]
    return url.scheme, names, bool(url.fragment)


def _hostile(reached: Contact) -> Iterator[Contact]:
    for fields in _HOSTILE_CONTACTS:
        yield usual_contact(
            **{
                "name": reached.name,
                "email": reached.email,
                "phone": reached.phone,
                "linkedin": reached.linkedin,
                **fields,
            }
        )
