"""The people in an event: who may be written to, and whose domains say what company it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from followup.api import Contact, clean
from followup.builtin.calendar.lines import Line
from followup.builtin.calendar.tree import Component
from followup.builtin.calendar.vocabulary import listed, words

_MOST_PEOPLE = 100
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@([\w-]+(?:\.[\w-]+)+)")
_HOST = re.compile(r"https?://([\w.-]+)")
_PARTS = re.compile(r"[\W_\d]+")
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "ac", "edu", "gov", "ltd", "plc", "or", "ne"))
_COUNTRY = 2  # letters of the top level domain of one
_PLACES = ("ROOM", "RESOURCE")
# What stands before the domain of a vendor and is no name of a customer.
_SERVERS = re.compile(
    r"(?:www|app|apps|api|mail|email|us\d*\w*|eu\d*\w*|\w*\d+web|meet|meetings?|calendar|boards|jobs"
    r"|talent|apply|hire|no-?reply|notifications?|outlook|teams|l|go|click|links?|track|events?"
    r"|resource|group|support|help|my|secure|auth|login|accounts|user|candidates?|people|docs)"
)


class Person(Struct, frozen=True, kw_only=True):
    """Somebody in an event; ``domain`` is that of the address, as it is registered."""

    name: str
    email: str
    is_organizer: bool
    is_place: bool
    domain: str

    @property
    def is_free(self) -> bool:
        """Whether the address is one that anybody can have, or that only this person has."""
        label = _letters(self.domain.partition(".")[0])
        names = (_letters(self.name), *self.name.casefold().split())
        is_personal = bool(label) and not self.is_organizer and label in names
        return is_personal or self.domain in listed("people", "free_mail")

    @property
    def is_somebody(self) -> bool:
        """Whether there is a person to write to: no room, no program."""
        mailbox = self.email.partition("@")[0]
        is_program = words("people", "nobody").fullmatch(mailbox.partition("+")[0])
        is_room = self.is_place or words("people", "rooms").fullmatch(self.name)
        if not self.email or is_program or is_room:
            return False
        # Vendors have people, too, but most of what comes from there was written by programs.
        has_full_name = " " in self.name and not words("people", "around_company").search(self.name)
        return has_full_name or not is_vendor(self.domain)


class People(Struct, frozen=True, kw_only=True):
    """All that are in an event but the user, the organizer first."""

    others: tuple[Person, ...]
    names: frozenset[str]

    @property
    def contact(self) -> Contact | None:
        """The one to write to: somebody of a company, else whoever sent it."""
        able = [one for one in self.others if one.is_somebody]
        at_work = [one for one in able if not one.is_free]
        sender = [one for one in able if one.is_organizer]
        return next((Contact(name=one.name, email=one.email) for one in (*at_work, *sender)), None)

    @property
    def organisation(self) -> str:
        """The company that somebody's name is about, as in ``Globex Recruiting``."""
        for one in self.others:
            company = _organisation(one)
            if company:
                return company
        return ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses by which an application may be known."""
        return tuple(one.email for one in self.others if one.is_somebody)

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains of companies among them, the organizer's first."""
        own = (one.domain for one in self.others if not (one.is_free or one.is_place))
        return tuple(dict.fromkeys(domain for domain in own if domain and not _is_between(domain)))


def people_in(event: Component, own: Sequence[str]) -> People:
    """Return who is in an event; ``own`` are the names and addresses of the user.

    Where nobody knows the user's, it is the one with an address of no company among others
    who have one.
    """
    everybody = [_person(line, is_organizer=line.name == "ORGANIZER") for line in _lines(event)]
    mine = {clean(one).casefold() for one in own}
    others = [one for one in everybody if not {one.email, one.name.casefold()} & mine]
    if any(one.is_somebody and not one.is_free for one in others):
        others = [one for one in others if not one.is_free]
    names = frozenset(part for one in everybody if not one.is_place for part in _name_parts(one))
    said = frozenset(part for name in mine if "@" not in name for part in _PARTS.split(name))
    return People(others=tuple(_once(others)), names=(names | said) - {""})


@lru_cache(maxsize=4096)
def is_vendor(domain: str) -> bool:
    """Tell whether a domain is of those who make appointments for companies."""
    vendors = listed("people", "vendors")
    return domain in vendors or domain.endswith(tuple(f".{vendor}" for vendor in vendors))


def customers_in(text: str) -> tuple[str, ...]:
    """Return the domains that companies have at vendors, of web addresses in a text.

    The first part of each is the name of the company: ``globex.zoom.us``.
    """
    hosts = dict.fromkeys(host.lower() for host in _HOST.findall(text))
    return tuple(host for host in hosts if is_vendor(host) and not _is_between(host))


def registered(host: str) -> str:
    """Return the domain that somebody registered of a host: ``globex.co.uk``."""
    labels = host.lower().strip(".").split(".")
    size = 3 if len(labels) > 2 and _is_second_level(labels) else 2
    return ".".join(labels[-size:])


def _is_second_level(labels: Sequence[str]) -> bool:
    return len(labels[-1]) == _COUNTRY and labels[-2] in _SECOND_LEVEL


def _is_between(domain: str) -> bool:
    """Tell whether a domain stands between the user and the company: an agency's, a vendor's."""
    label, _, rest = domain.partition(".")
    if is_vendor(rest):
        return bool(_SERVERS.fullmatch(label))
    return is_vendor(domain) or bool(words("people", "agencies").search(label))


def _lines(event: Component) -> Iterator[Line]:
    yield from event.all("ORGANIZER")[:1]
    yield from event.all("ATTENDEE")[:_MOST_PEOPLE]


def _person(line: Line, *, is_organizer: bool) -> Person:
    found = _ADDRESS.search(line.value) or _ADDRESS.search(line.parameters.get("EMAIL", ""))
    email = found[0].casefold() if found else ""
    name = clean(line.parameters.get("CN", "")).strip("\"' ")
    host = found[1].lower() if found else ""
    return Person(
        name="" if "@" in name else name,
        email=email.removeprefix("mailto:"),
        is_organizer=is_organizer,
        is_place=line.parameters.get("CUTYPE", "").upper() in _PLACES,
        domain=host if is_vendor(host) else registered(host) if host else "",
    )


def _organisation(person: Person) -> str:
    """Return the company that a sender is called after, empty where it is a person's name."""
    around = words("people", "around_company")
    found = around.search(person.name)
    name = around.sub(" ", person.name).strip(" ,-–|@()")
    label = person.domain.partition(".")[0]
    is_theirs = (
        _letters(name) == _letters(label) and not is_vendor(person.domain) and not person.is_free
    )
    if name and (
        is_theirs or (found and not found[0].lower().startswith("via") and not person.is_somebody)
    ):
        return " ".join(name.split())
    return ""


def _letters(text: str) -> str:
    return "".join(_PARTS.split(text.casefold()))


def _name_parts(person: Person) -> Iterator[str]:
    """Yield the words of a person's name, those of an address among them."""
    if not _organisation(person):
        yield from _PARTS.split(person.name.casefold())
    if person.is_somebody:
        label = person.domain.partition(".")[0]
        parts = _PARTS.split(person.email.partition("@")[0])
        yield from (part for part in parts if part != label)


def _once(people: Sequence[Person]) -> Iterator[Person]:
    seen: set[str] = set()
    for person in people:
        if not person.email or person.email not in seen:
            seen.add(person.email)
            yield person
