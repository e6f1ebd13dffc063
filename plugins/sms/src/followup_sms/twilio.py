"""Twilio's Messages resource: https://www.twilio.com/docs/messaging/api/message-resource."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from followup.api import DeliveryError, UnconfirmedError
from followup_sms.post import Answer, Credentials, Patience, post
from followup_sms.refusals import in_words
from followup_sms.settings import TwilioSettings

LONGEST_BODY = 1_600  # characters
PAUSES = (1.0, 3.0)  # seconds before the second and the third try

_TOO_MANY_REQUESTS = 429
_LOOK = "look in the Twilio console (Monitor, Logs, Messaging) before you send it again"
_NEVER_SENT = frozenset({"canceled", "failed", "undelivered"})


class _Created(Struct, frozen=True):
    """What is read of a message that Twilio made of a request."""

    sid: Annotated[str, Meta(pattern=r"^(SM|MM)[0-9a-fA-F]{32}\Z")]
    status: str = ""
    error_code: int | None = None


class _Refusal(Struct, frozen=True):
    """What is read of an answer that says why there is none."""

    code: int = 0
    message: str = ""


def create_message(
    fields: Mapping[str, str], settings: TwilioSettings, pause: Callable[[float], None]
) -> str:
    """Have Twilio send a message and return the SID that it gave it.

    Only status 429 is tried again, after a ``pause``: of that alone Twilio says that the
    request was not processed (https://www.twilio.com/docs/api/errors/20429). After a 5xx, a
    time-out or a cut the message may be on its way, and a second try could send it twice.
    Raises ``DeliveryError`` where it was not sent, ``UnconfirmedError`` where nobody knows,
    and ``InputError`` where settings are missing.
    """
    url = settings.messages_url
    credentials = Credentials(settings.account_sid, settings.fetch_token())
    patience = Patience(connect=settings.connect_seconds, answer=settings.answer_seconds)
    try:
        answer = post(url, fields, credentials, patience)
        for seconds in PAUSES:
            if answer.status != _TOO_MANY_REQUESTS:
                break
            pause(seconds)
            answer = post(url, fields, credentials, patience)
    except UnconfirmedError as fault:
        raise UnconfirmedError(f"{fault}; {_LOOK}") from fault
    return _sid(answer)


def _sid(answer: Answer) -> str:
    """Return the SID in an answer that says that the message was accepted."""
    is_success, is_refusal = answer.status // 100 == 2, answer.status // 100 == 4
    if is_refusal:
        refusal = _read(answer, _Refusal) or _Refusal()
        raise DeliveryError(in_words(refusal.code, refusal.message, answer.status))
    created = _read(answer, _Created) if is_success else None
    if created is None:
        raise UnconfirmedError(
            f"Twilio gave no clear answer (HTTP {answer.status}): it may have been sent; {_LOOK}"
        )
    if created.status in _NEVER_SENT:
        raise DeliveryError(in_words(created.error_code or 0, "", answer.status))
    return created.sid


Read = TypeVar("Read")


def _read(answer: Answer, kind: type[Read]) -> Read | None:
    """Return what the body says, none where it is not what Twilio's description says."""
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, RecursionError):
        return None
