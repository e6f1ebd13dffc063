"""Threads of mail: what a message answers, and how it says so (RFC 5322, section 3.6.4)."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from followup.domain.events import FollowUp, Interview, Reply
from followup.domain.text import clean
from followup.domain.timeline import Timeline

_LONGEST_ID = 900  # a line of a header may have 998 characters (RFC 5322, section 2.1.1)
_ID = re.compile(r"<[!-;=?-~]+>")
# "Re:", "RE[2]:", "AW:", "Réf. :" and their like, as mail programs put them before a subject.
_ANSWERING = re.compile(
    r"(?:(?:re|aw|antw|antwort|sv|vs|rv|réf|ref|rif|odp|res)(?:\[\d+\])?\.?\s*:\s*)+",
    re.IGNORECASE,
)


class Conversation(Struct, frozen=True, kw_only=True):
    """The letters so far: their names, the oldest first, and the subject of the first one."""

    references: tuple[str, ...] = ()
    subject: str = ""

    @property
    def reply_subject(self) -> str:
        """The subject of the next letter, empty where it would be the first."""
        return answering(self.subject) if self.references and self.subject else ""


def conversation(timeline: Timeline, now: datetime) -> Conversation:
    """Return the letters that a message sent ``now`` (UTC) goes on from.

    An interview that is over begins a new one; what bounced is no part of it, for nobody
    has it.
    """
    references: dict[str, None] = {}
    subject = ""
    for event in timeline.events:
        match event:
            case Interview(cancelled=False, ends=ends) if ends <= now:
                references.clear()
                subject = ""
            case FollowUp(failed=False, message_id=name) if is_message_id(name):
                subject = subject or event.subject
                references[name] = None
            case Reply(message_id=name) if is_message_id(name):
                references[name] = None
            case _:
                pass
    return Conversation(references=tuple(references), subject=subject)


def answering(subject: str) -> str:
    """Return the subject of an answer: with one ``Re:`` before it, whatever stood there."""
    plain = clean(subject)
    begun = _ANSWERING.match(plain)
    return clean(f"Re: {plain[begun.end() :] if begun else plain}")


def message_id(token: str, domain: str) -> str:
    """Return the name of a message from a token that is in no other, empty without a domain.

    The domain is that of the sender's address; nothing tells the machine that it was sent from.
    """
    return f"<{token}@{domain}>" if domain else ""


def is_message_id(name: str) -> bool:
    """Tell whether a name can stand in a header: in angle brackets, ASCII, without a blank."""
    return len(name) <= _LONGEST_ID and _ID.fullmatch(name) is not None
