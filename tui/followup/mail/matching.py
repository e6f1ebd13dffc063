"""Whose application a mail is about: by thread, by address, or perhaps by firm."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.events import FollowUp, Outcome, Reopen, Reply
from followup.mail import automatic, bounces, vocabulary
from followup.mail.letters import Address, Mail

BOUNCE_DAYS = 7
"""How long after a message a bounce that does not name it may be about it, in days."""

SHORTEST_NAME = 3
"""Letters of a company's name, below which it is found in too many other words."""

_NO_COMPANYS = ("free_mail", "tracking_system", "job_board")
_SITE_PREFIX = re.compile(r"^(?:www|jobs?|careers?|karriere|apply|recruiting)\.")


class Way(StrEnum):
    """How it is known which application a mail is about."""

    THREAD = "thread"
    ADDRESS = "address"
    RECIPIENT = "recipient"
    DOMAIN = "domain"
    NAME = "name"


class Match(Struct, frozen=True, kw_only=True):
    """The applications that a mail may be about, likeliest first.

    It is ``sure`` of one, or else to be asked. ``message`` is the one that it answers or that
    came back, where that is known.
    """

    applications: tuple[int, ...]
    way: Way
    sure: bool
    message: FollowUp | None = None


class Directory:
    """All applications, by what mails about them have in them."""

    def __init__(
        self,
        applications: Iterable[Application],
        doubtful: Mapping[int, FollowUp] | None = None,
    ) -> None:
        """Sort the applications once; ``doubtful`` are messages that may have been sent."""
        self._applications = {application.id: application for application in applications}
        self._messages: dict[str, tuple[int, FollowUp | None]] = {}
        self._by_address: defaultdict[str, list[int]] = defaultdict(list)
        self._by_domain: defaultdict[str, list[int]] = defaultdict(list)
        for application in self._applications.values():
            self._enter(application)
        for id_, message in (doubtful or {}).items():
            if message.message_id:
                self._messages[message.message_id] = (id_, message)

    def _enter(self, application: Application) -> None:
        for event in application.events:
            if isinstance(event, FollowUp) and event.message_id:
                self._messages[event.message_id] = (application.id, event)
            elif isinstance(event, Reply) and event.message_id:
                self._messages.setdefault(event.message_id, (application.id, None))
        for address in dict.fromkeys(contact.email.lower() for contact in application.contacts):
            if address:
                self._by_address[address].append(application.id)
        for domain in domains_of(application):
            self._by_domain[domain].append(application.id)

    def has_sent(self, message_id: str) -> bool:
        """Tell whether a mail is one of the user's own messages."""
        return self._messages.get(message_id, (0, None))[1] is not None

    def may_concern(self, head: Mail) -> bool:
        """Tell whether a mail, by its headers alone, could be about an application or a bounce."""
        return (
            any(one in self._messages for one in head.references)
            or any(self._by_address.get(address.email) for address in _senders(head))
            or bool(self._of_domain(head) or self._of_name(head))
            or _may_be_bounce(head)
        )

    def match(self, mail: Mail, now: datetime) -> Match | None:
        """Return which applications a mail is about, none where it is about none."""
        at = mail.at or now
        if bounces.bounce_in(mail):
            return self._bounced(mail, at)
        addresses = [sender.email for sender in _senders(mail)]
        known = [id_ for address in addresses for id_ in self._by_address.get(address, ())]
        return (
            self._in_thread(mail.references)
            or self._among(known, Way.ADDRESS, at)
            or self._among(self._of_domain(mail), Way.DOMAIN, at)
            or self._among(self._of_name(mail), Way.NAME, at)
        )

    def _in_thread(self, references: Sequence[str]) -> Match | None:
        for reference in reversed(references):
            if reference in self._messages:
                id_, message = self._messages[reference]
                return Match(applications=(id_,), way=Way.THREAD, sure=True, message=message)
        return None

    def _among(self, ids: Iterable[int], way: Way, at: datetime) -> Match | None:
        """Return a match among applications that had begun at an instant, the open ones first."""
        begun = [self._applications[id_] for id_ in dict.fromkeys(ids)]
        begun = [one for one in begun if min(_moments(one), default=at) <= at]
        still_open = [one for one in begun if not is_closed(one)]
        likely = sorted(still_open or begun, key=lambda one: _last_before(one, at), reverse=True)
        if not likely:
            return None
        return Match(
            applications=tuple(one.id for one in likely),
            way=way,
            sure=way is Way.ADDRESS and len(likely) == 1,
        )

    def _of_domain(self, mail: Mail) -> list[int]:
        found: list[int] = []
        for sender in _senders(mail):
            labels = sender.domain.split(".")
            for start in range(len(labels) - 1):
                found += self._by_domain.get(".".join(labels[start:]), ())
        return found

    def _of_name(self, mail: Mail) -> list[int]:
        """Return the applications whose company a program names that writes for many firms."""
        is_system = any(
            vocabulary.is_domain_of(kind, mail.sender.domain)
            for kind in ("tracking_system", "job_board")
        )
        if not is_system and not automatic.is_unattended(mail):
            return []
        words = f" {_spelled(f'{mail.sender.name} {mail.subject}')} "
        return [
            application.id
            for application in self._applications.values()
            if len(name := _spelled(application.company)) >= SHORTEST_NAME and f" {name} " in words
        ]

    def _bounced(self, mail: Mail, at: datetime) -> Match | None:
        """Return the message that came back: as the bounce names it, else by its recipient."""
        originals = bounces.originals_of(mail)
        named = self._in_thread(tuple(reversed(originals)))
        delivery = bounces.bounce_in(mail)
        if named or delivery is None:
            return named
        found: dict[int, FollowUp] = {}
        for id_ in self._by_address.get(delivery.recipient, ()):
            message = _sent_before(self._applications[id_], at, unnamed=bool(originals))
            if message:
                found[id_] = message
        newest = sorted(found, key=lambda id_: found[id_].at, reverse=True)
        if not newest:
            return None
        return Match(
            applications=tuple(newest),
            way=Way.RECIPIENT,
            sure=len(newest) == 1,
            message=found[newest[0]],
        )


def domains_of(application: Application) -> tuple[str, ...]:
    """Return the domains that are the company's own, as its contacts and its page tell."""
    hosts = [Address(email=contact.email.lower()).domain for contact in application.contacts]
    if application.url:
        hosts.append(_SITE_PREFIX.sub("", (urlsplit(application.url).hostname or "").lower()))
    return tuple(
        dict.fromkeys(
            host
            for host in hosts
            if "." in host and not any(vocabulary.is_domain_of(kind, host) for kind in _NO_COMPANYS)
        )
    )


def is_closed(application: Application) -> bool:
    """Tell whether the newest of outcome and reopen is an outcome."""
    turns = [event for event in application.events if isinstance(event, Outcome | Reopen)]
    newest = max(turns, key=lambda event: event.at, default=None)
    return isinstance(newest, Outcome)


def _senders(mail: Mail) -> tuple[Address, ...]:
    return (mail.sender, *([mail.reply_to] if mail.reply_to else []))


def _spelled(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", vocabulary.fold(name)))


def _moments(application: Application) -> list[datetime]:
    return [event.known_from for event in application.events]


def _last_before(application: Application, at: datetime) -> datetime:
    return max((moment for moment in _moments(application) if moment <= at), default=at)


def _sent_before(application: Application, at: datetime, *, unnamed: bool) -> FollowUp | None:
    """Return the newest message shortly before an instant, or the newest that has no name."""
    sent = [
        event
        for event in application.events
        if isinstance(event, FollowUp)
        and not event.failed
        and event.known_from <= at <= event.at + timedelta(days=BOUNCE_DAYS)
        and not (unnamed and event.message_id)
    ]
    return max(sent, key=lambda event: event.at, default=None)


def _may_be_bounce(head: Mail) -> bool:
    return (
        vocabulary.is_one_of("mail_system", head.sender.mailbox)
        or "multipart/report" in head.header("content-type").lower()
        or "x-failed-recipients" in head.headers
        or head.header("return-path").strip() == "<>"
    )
