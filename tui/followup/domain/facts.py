"""The facts of an application in the words of a language, as message templates use them."""

from __future__ import annotations

import re
from datetime import date, datetime
from string import Template as Text

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.events import AnyEvent, Interview
from followup.domain.text import clean
from followup.domain.timeline import Timeline

FIELDS = {
    "company": "the company",
    "role": "the role",
    "contact": "the full name of the contact",
    "first_name": "the contact's first name, where the name tells it",
    "applied_day": "the day on which you applied, such as Tuesday 17 November",
    "interview_day": "the day of the last interview that is over",
    "promised_day": "the day by which they said they would decide, once it is over",
    "me": "your name, from the configuration",
    "greeting": "a line such as Hi Dana, or Hello, where there is no name",
    "sign_off": "a line such as Best wishes, and your name below it",
}
"""What the text of a template may name, and what stands there then.

Only what is known has a value; a template that names more is not offered.
"""

_LONGEST_NAME = 50
# Whatever has these is an address, several people, or a last name before the first.
_NO_NAME = re.compile(r"[\d,;:@<>()\[\]{}$!?|/\\]")
_HONORIFICS = frozenset(
    (
        *("mr", "mrs", "ms", "mx", "miss", "sir", "dr", "prof", "herr", "hr", "frau", "fr"),
        *("m", "mme", "mlle", "madame", "monsieur"),
        *("sr", "sra", "srta", "señor", "señora", "señorita", "don", "doña"),
    )
)


class _Courtesies(Struct, frozen=True, kw_only=True):
    """How a language spells a day (in arrow's tokens), greets, and signs off.

    ``first_day`` is the first of a month, where that is spelled differently.
    """

    day: str
    first_day: str = ""
    greeting: str
    greeting_nobody: str
    sign_off: str
    comma: str = ","
    by_first_name: bool = False


_COURTESIES = {
    "en": _Courtesies(
        day="dddd D MMMM",
        greeting="Hi $name,",
        greeting_nobody="Hello,",
        sign_off="Best wishes",
        by_first_name=True,
    ),
    "de": _Courtesies(
        day="dddd, [dem] D. MMMM",
        greeting="Guten Tag $name,",
        greeting_nobody="Guten Tag,",
        sign_off="Mit freundlichen Grüßen",
        comma="",
    ),
    "fr": _Courtesies(
        day="dddd D MMMM",
        first_day="dddd [1er] MMMM",
        greeting="Bonjour $name,",
        greeting_nobody="Bonjour,",
        sign_off="Cordialement",
    ),
    "es": _Courtesies(
        day="dddd D [de] MMMM",
        greeting="Buenos días, $name:",
        greeting_nobody="Buenos días:",
        sign_off="Un cordial saludo",
    ),
}


def lacks(field: str, language: str) -> bool:
    """Tell whether a field never has a value in a language, for want of the words."""
    return field in ("greeting", "sign_off") and language not in _COURTESIES


def facts_of(application: Application, now: datetime, me: str, language: str) -> dict[str, str]:
    """Return the values of ``FIELDS`` that are known at ``now`` (UTC), in a language.

    ``me`` is the user's name, ``language`` an ISO 639-1 code.
    """
    contact = clean(application.contact.name) if application.contact else ""
    me = clean(me)
    facts = {
        "company": clean(application.company),
        "role": clean(application.role),
        "contact": contact,
        "first_name": _first_name(contact),
        "me": me,
        **{name: spelled_day(day, language) for name, day in _days(application, now).items()},
    }
    if courtesies := _COURTESIES.get(language):
        facts["greeting"] = _greeting(courtesies, contact)
        sign_off = courtesies.sign_off
        facts["sign_off"] = f"{sign_off}{courtesies.comma}\n{me}" if me else sign_off
    return {name: fact for name, fact in facts.items() if fact}


def spelled_day(day: date, language: str) -> str:
    """Return a day as it stands in a sentence behind "on", "am", "le" or "el".

    ``Tuesday 17 November``, ``Dienstag, dem 17. November``, ``mardi 17 novembre``, ``martes
    17 de noviembre``; as ISO 8601 in languages of which no names of days are known.
    """
    # Late: few commands write messages, and arrow takes longer to load than they to run.
    from arrow import Arrow

    courtesies = _COURTESIES.get(language, _COURTESIES["en"])
    pattern = (courtesies.first_day if day.day == 1 else "") or courtesies.day
    try:
        return Arrow.fromdate(day).format(pattern, locale=language)
    except ValueError:
        return day.isoformat()


def _days(application: Application, now: datetime) -> dict[str, date]:
    """Return the days that are facts at ``now``: what is only booked or planned is none."""
    past = [event for event in application.events if _is_over(event, now)]
    timeline = Timeline.at(past, now)
    days: dict[str, date] = {}
    applied, interview, promise = timeline.applied, timeline.interview, timeline.promise
    if applied:
        days["applied_day"] = applied.day
    if interview:
        days["interview_day"] = interview.day
    # A promise from before the last interview is not the one that counts.
    if promise and promise.over <= now and not (interview and promise.by < interview.day):
        days["promised_day"] = promise.by
    return days


def _is_over(event: AnyEvent, now: datetime) -> bool:
    return (event.ends if isinstance(event, Interview) else event.known_from) <= now


def _greeting(courtesies: _Courtesies, contact: str) -> str:
    name = _first_name(contact) if courtesies.by_first_name else ""
    if not name and _is_name(contact):
        name = contact
    if not name:
        return courtesies.greeting_nobody
    return Text(courtesies.greeting).substitute(name=name)


def _first_name(contact: str) -> str:
    """Return the first word of a name, unless it is no first name: "Dr.", "J.", "Frau"."""
    first = contact.split(" ")[0]
    is_short = first.endswith(".") or len(first) < 2
    if not _is_name(contact) or is_short or first.casefold() in _HONORIFICS:
        return ""
    return first


def _is_name(contact: str) -> bool:
    has_letters = any(map(str.isalpha, contact))
    return has_letters and len(contact) <= _LONGEST_NAME and not _NO_NAME.search(contact)
