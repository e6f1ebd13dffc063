"""One event as a row of what is imported: an interview, and whose it seems to be."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from followup.api import (
    END_OF_INTERVIEW_DAY,
    Application,
    Clues,
    ImportOptions,
    ImportRow,
    Interview,
    at_time,
    clean,
    clean_page,
)
from followup.builtin.calendar.companies import company_of, domains_of
from followup.builtin.calendar.people import people_in
from followup.builtin.calendar.times import USUAL_LENGTH, Span, UnusableTimeError, instant_of
from followup.builtin.calendar.titles import Kind, read_title
from followup.builtin.calendar.tree import Component
from followup.builtin.calendar.vocabulary import words
from followup.builtin.spreadsheet.applications import NO_ROLE

COMPANY, ROLE = "X-FOLLOWUP-COMPANY", "X-FOLLOWUP-ROLE"
"""Properties of our own calendar that name an application outright."""

WHERE = "where: "
"""Begins the line of an interview's text that says where it is."""

_MOST_SEQUENCE = 2**31 - 1
_MEETING = re.compile(
    r"https?://[^\s<>\"]*(?:zoom\.us/|teams\.(?:microsoft|live)\.com/|meet\.google\.com/|webex\.com/"
    r"|gotomeet|whereby\.com/|chime\.aws/|bluejeans\.com/|meet\.jit\.si/|skype\.com/)[^\s<>\"]*"
)
_LINKS = ("X-GOOGLE-CONFERENCE", "CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "URL")
_TOLD = 1_000  # characters in which known companies are looked for
_LOOKED_AT = 5_000  # characters of a description


class Occurrence(Struct, frozen=True, kw_only=True):
    """One event of a calendar at its time, under the UID that tells it from all others."""

    event: Component
    uid: str
    span: Span
    is_cancelled: bool
    is_invitation: bool


def row_of(occurrence: Occurrence, options: ImportOptions) -> ImportRow:
    """Return an event as a row; raise ``UnusableTimeError`` for an impossible time."""
    event = occurrence.event
    people = people_in(event, options.own)
    body = "\n".join(event.text(name) for name in ("DESCRIPTION", "LOCATION", "URL"))[:_LOOKED_AT]
    title = read_title(event.text("SUMMARY"), people.names)
    domains = domains_of(people, body)
    guess = company_of(title, body, people, domains)
    company, role = event.text(COMPANY), event.text(ROLE)
    is_said = bool(company or options.company or options.application_id)
    says_interview = title.kind is Kind.INTERVIEW or _speaks_of_interview(body)
    likely = says_interview or (
        occurrence.is_invitation and bool(guess.named or guess.likely or title.kind is Kind.MEETING)
    )
    contact = people.contact
    return ImportRow(
        line=event.line,
        application=Application(
            company=clean(options.company or company or guess.named),
            role=clean(role or title.role) or NO_ROLE,
            contacts=(contact,) if contact else (),
            events=(_interview(occurrence, options, title.text, cancelled=title.cancelled),),
        ),
        clues=Clues(
            title=title.text,
            text=clean_page(body, _TOLD),
            addresses=people.addresses,
            domains=domains,
            company=clean(guess.likely),
            is_interview=is_said or (likely and title.kind is not Kind.UNRELATED),
            application_id=options.application_id,
        ),
    )


def uid_of(event: Component) -> str:
    """Return the UID of an event; one that has none gets it from what it says."""
    said = event.value("UID")
    if said:
        return said
    parts = (event.value(name) for name in ("SUMMARY", "DTSTART", "ORGANIZER"))
    return f"none-{hashlib.sha256(repr(tuple(parts)).encode()).hexdigest()[:16]}"


def version_of(event: Component) -> tuple[int, datetime]:
    """Return the sequence of an event and when it was written (UTC): later ones count."""
    return sequence_of(event), _stamp(event) or datetime.min.replace(tzinfo=UTC)


def is_cancelled(event: Component) -> bool:
    """Tell whether an event says that it does not take place."""
    return event.value("STATUS").upper() in ("CANCELLED", "CANCELED")


def _interview(
    occurrence: Occurrence, options: ImportOptions, title: str, *, cancelled: bool
) -> Interview:
    event, start = occurrence.event, occurrence.span.start
    try:
        if start.is_day:
            last = (start.local + occurrence.span.length - timedelta(days=1)).date()
            ends = at_time(last, END_OF_INTERVIEW_DAY, options.zone)
            at = at_time(start.local.date(), END_OF_INTERVIEW_DAY, options.zone) - USUAL_LENGTH
        else:
            at = start.instant
            ends = at + occurrence.span.length
        stamp = _stamp(event)
    except (ValueError, OverflowError) as fault:
        raise UnusableTimeError("its time is out of reach") from fault
    return Interview(
        at=at,
        ends=ends,
        zone=options.zone,
        date_only=start.is_day,
        cancelled=cancelled or occurrence.is_cancelled,
        text=_told(event, title),
        uid=clean(occurrence.uid),
        sequence=sequence_of(event),
        stamp=stamp,
    )


def _told(event: Component, title: str) -> str:
    """Return what to know before an interview: its title, where it is, and the link to it."""
    if event.first(COMPANY):
        return event.text("DESCRIPTION")
    place = clean(event.text("LOCATION"))
    body = "\n".join(event.text(name) for name in ("LOCATION", "DESCRIPTION"))[:_LOOKED_AT]
    said = (event.value(name) for name in _LINKS)
    found = _MEETING.search(body)
    link = found[0].rstrip(".,;)>") if found else next(filter(_is_web, said), "")
    lines = [title]
    if event.value("STATUS").upper() == "TENTATIVE":
        lines.append("not confirmed yet")
    if place:
        lines.append(WHERE + place)
    if link and link not in place:
        lines.append(f"link: {link}")
    return clean_page("\n".join(lines))


def _is_web(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _speaks_of_interview(body: str) -> bool:
    return bool(words("title", "interview").search(body))


def sequence_of(event: Component) -> int:
    """Return the sequence of an event, 0 where it has none that can be."""
    said = event.value("SEQUENCE") or event.value("X-MICROSOFT-CDO-APPT-SEQUENCE")
    return min(int(said), _MOST_SEQUENCE) if re.fullmatch(r"\d{1,12}", said) else 0


def _stamp(event: Component) -> datetime | None:
    """Return when an event was written, in UTC; none where it does not say."""
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        try:
            return instant_of(event.value(name))
        except UnusableTimeError:
            continue
    return None
