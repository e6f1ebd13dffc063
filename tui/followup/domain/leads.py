"""Leads: which applications are worth a look for an invitation, without looking at them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from followup.domain import bookings
from followup.domain.application import Application
from followup.domain.clues import Clues
from followup.domain.companies import core, names_in, names_in_domains, phrases_in
from followup.domain.events import Interview

Found = TypeVar("Found")
_Lead = tuple[str, str | int]


class Leads(Generic[Found]):
    """What was noted of applications, by all that an invitation could have in common with one."""

    def __init__(self) -> None:
        """Begin with none."""
        self._noted: defaultdict[_Lead, dict[int, Found]] = defaultdict(dict)
        self._order: dict[int, int] = {}

    def note(self, application: Application, what: Found) -> None:
        """Note something under all the leads that point to an application."""
        place = self._order.setdefault(id(what), len(self._order))
        for lead in _leads_to(application):
            self._noted[lead][place] = what

    def follow(self, brought: Application, clues: Clues) -> list[Found]:
        """Return what was noted under any lead of an invitation, in the order of noting."""
        found: dict[int, Found] = {}
        for lead in _leads_of(brought, clues):
            if lead[1]:  # what is empty or unknown on both sides is nothing in common
                found |= self._noted.get(lead, {})
        return [found[place] for place in sorted(found)]


def _leads_to(application: Application) -> Iterator[_Lead]:
    yield "id", application.id
    yield "name", core(application.company)
    for name in names_in_domains(application.company):
        yield "in domain", name
    for event in application.events:
        if isinstance(event, Interview) and event.uid:
            yield "uid", event.uid
    for contact in application.contacts:
        address = contact.email.casefold()
        yield "address", address
        host = address.partition("@")[2]
        while "." in host:
            yield "host", host
            host = host.partition(".")[2]


def _leads_of(brought: Application, clues: Clues) -> Iterator[_Lead]:
    yield "id", clues.application_id
    yield "name", core(brought.company)
    for phrase in phrases_in(clues.title) | phrases_in(clues.text):
        yield "name", phrase
    for event in brought.events:
        if isinstance(event, Interview) and event.uid:
            yield "uid", event.uid
            yield "id", bookings.exported_from(event.uid)
    for address in clues.addresses:
        yield "address", address.casefold()
    for domain in clues.domains:
        yield "host", domain
        for name in names_in(domain):
            yield "in domain", name
