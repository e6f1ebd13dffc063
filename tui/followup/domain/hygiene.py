"""Applications and events made fit to be stored: texts cleaned, addresses checked.

Everything that comes in (typed, imported, from plugins) passes through here (design,
section 10).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from msgspec.structs import replace

from followup.domain.application import Application, Contact
from followup.domain.errors import InputError
from followup.domain.events import AnyEvent, FollowUp, Interview, Reply, Snooze
from followup.domain.text import clean, clean_page

_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+")
_WEB = ("http", "https")


def checked_application(application: Application) -> Application:
    """Return the application with clean texts.

    Raises ``InputError`` where company or role are missing or an address cannot be one.
    """
    company, role = clean(application.company), clean(application.role)
    if not company or not role:
        raise InputError("an application needs a company and a role: give both")
    contacts = (checked_contact(contact) for contact in application.contacts)
    return replace(
        application,
        company=company,
        role=role,
        contacts=tuple(contact for contact in contacts if contact != Contact()),
        tags=tuple(dict.fromkeys(tag for tag in map(clean, application.tags) if tag)),
        url=checked_url(application.url),
        location=clean(application.location),
        salary=clean(application.salary),
        source=clean(application.source),
        notes=clean_page(application.notes),
        policy=clean(application.policy),
        events=tuple(checked_event(event) for event in application.events),
    )


def checked_contact(contact: Contact) -> Contact:
    """Return the contact with clean texts; raise ``InputError`` for an impossible address."""
    email = clean(contact.email)
    if email and not _EMAIL.fullmatch(email):
        raise InputError(f"{email!r} is no e-mail address: write it like dana@example.org")
    return Contact(
        name=clean(contact.name),
        email=email,
        phone=clean(contact.phone),
        linkedin=checked_url(contact.linkedin),
    )


def checked_url(url: str) -> str:
    """Return a clean web address, empty where none was given.

    Raises ``InputError`` for any scheme but http and https.
    """
    url = clean(url, limit=2000)
    try:
        is_web = not url or (urlsplit(url).scheme in _WEB and bool(urlsplit(url).hostname))
    except ValueError:
        is_web = False
    if not is_web:
        raise InputError(f"{url!r} is no web address: it has to start with https:// or http://")
    return url


def checked_event(event: AnyEvent) -> AnyEvent:
    """Return the event with clean texts; raise ``InputError`` where its times contradict."""
    event = replace(event, text=clean_page(event.text))
    match event:
        case FollowUp():
            return replace(
                event,
                channel=clean(event.channel),
                subject=clean(event.subject),
                override=clean(event.override),
                message_id=clean(event.message_id),
            )
        case Reply():
            return replace(event, message_id=clean(event.message_id))
        case Interview() if event.ends <= event.at:
            raise InputError("the interview ends before it starts: check --starts and --ends")
        case Interview():
            return replace(event, uid=clean(event.uid))
        case Snooze() if event.until <= event.at:
            raise InputError("the snooze ends before it begins: give --until a later date")
        case _:
            return event
