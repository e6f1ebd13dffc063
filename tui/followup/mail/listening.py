"""Listening: of many letters those that are about an application, each heard once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from followup.mail.classifying import classify
from followup.mail.effects import Heard
from followup.mail.letters import Letter, Mail
from followup.mail.matching import Directory
from followup.mail.reading import read, read_headers

_DELIVERED_TO = ("delivered-to", "x-original-to", "envelope-to")


class Ear:
    """Hears what letters say at an instant (UTC), but not what was ``heard`` before.

    ``own`` are the user's addresses: what they write themselves is no answer. ``looked_at``
    counts all letters, ``unreadable`` has the subjects of what could not be read.
    """

    def __init__(
        self, directory: Directory, now: datetime, heard: Collection[str], own: Collection[str]
    ) -> None:
        """Begin with what is known."""
        self.looked_at = 0
        self.unreadable: list[str] = []
        self._directory = directory
        self._now = now
        self._heard = set(heard)
        self._own = frozenset(own)

    def cares_for(self, letter: Letter) -> bool:
        """Tell whether a letter, of which the headers are enough, may be about an application."""
        self.looked_at += 1
        head = read_headers(letter, self._now)
        if not head.readable:
            self.unreadable.append(head.subject)
            return False
        is_known = head.identity in self._heard or self._is_own(head)
        return not is_known and self._directory.may_concern(head)

    def listen(self, letter: Letter) -> Heard | None:
        """Return what a letter says about an application, none where it says nothing new."""
        mail = read(letter, self._now)
        if mail.identity in self._heard:
            return None
        match = self._directory.match(mail, self._now) if mail.readable else None
        if not mail.readable:
            self.unreadable.append(mail.subject)
        if match is None:
            return None
        self._heard.add(mail.identity)
        return Heard(mail=mail, judgement=classify(mail), match=match)

    def _is_own(self, head: Mail) -> bool:
        """Tell whether the user wrote a mail, who may keep all of them in one folder."""
        delivered_to = {head.header(name).strip("<> ").lower() for name in _DELIVERED_TO}
        return (
            self._directory.has_sent(head.message_id)
            or head.sender.email in self._own
            or (bool(head.sender.email) and head.sender.email in delivered_to)
        )
