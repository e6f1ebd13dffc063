"""Markdown: a report that a person can read and print, and hand in where searching is proven.

It begins with a table of what employment offices ask for: when, with whom, as what, found
where, who to ask, what came of it. Then comes each application with its stages and its facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import BinaryIO
from zoneinfo import ZoneInfo

from followup.api import (
    PAGE_LIMIT,
    AnyEvent,
    Application,
    Applied,
    Board,
    Card,
    FollowUp,
    Interview,
    Mark,
    Outcome,
    Promise,
    Snooze,
    clean,
    clean_page,
    day_of,
)

# Whatever Markdown or HTML would take for more than itself.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
# What many programs make links of by themselves, wherever it stands.
_LINKED = re.compile(r"((?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.)|(?=@))", re.IGNORECASE)
# What makes more than a paragraph of a line that it begins.
_BEGINNING = re.compile(r"^(\d{0,9})([-+=.)])")
_UNLINKED = r"\1\\"
_AS_IT_IS = r"\1\\\2"
_OVERVIEW = ("Applied", "Company", "Role", "Found", "Contact", "Result")
_WIDEST = 40  # characters to which the columns of the table are made even


def write(board: Board, stream: BinaryIO, zone: str) -> None:
    """Write the applications by the day of applying, the newest last; days are of ``zone``."""
    stream.write("".join(f"{line}\n" for line in _lines(board, zone)).encode())


def _lines(board: Board, zone: str) -> Iterator[str]:
    cards = sorted(board.cards(), key=lambda card: (_begun(card.application, board.now), card.id))
    yield "# Job applications"
    yield ""
    yield f"{len(cards)} in all, as of {day_of(board.now, zone).isoformat()}. Times: {zone}."
    if cards:
        yield ""
        yield from _table([_OVERVIEW, *(_overview(card, zone) for card in cards)])
    for card in cards:
        yield from _application(card, board.histories.get(card.id, ()), zone)


def _begun(application: Application, now: datetime) -> datetime:
    """Return when an application was sent, or else when its first fact was."""
    sent = [event.at for event in application.events if isinstance(event, Applied)]
    return min(sent or [event.at for event in application.events], default=now)


def _overview(card: Card, zone: str) -> tuple[str, ...]:
    application = card.application
    sent = min(
        (event for event in application.events if isinstance(event, Applied)),
        key=attrgetter("at"),
        default=None,
    )
    contact = application.contact
    return (
        _day(sent, zone) if sent else "",
        _escaped(application.company),
        _escaped(application.role),
        _escaped(application.source),
        _escaped(contact.name or contact.email or contact.phone) if contact else "",
        _result(card, zone),
    )


def _result(card: Card, zone: str) -> str:
    outcome = card.standing.timeline.outcome
    return f"{outcome.result}, {_day(outcome, zone)}" if outcome else card.stage.label


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose columns are even also where it is read as text."""
    widths = [min(_WIDEST, max(map(len, column))) for column in zip(*rows, strict=True)]
    head, *body = rows
    for row in (head, tuple("-" * width for width in widths), *body):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"


def _application(card: Card, history: Sequence[Mark], zone: str) -> Iterator[str]:
    application = card.application
    yield ""
    yield f"## {_escaped(application.company)}: {_escaped(application.role)}"
    yield ""
    yield f"- Stage: {card.stage.label}"
    for name, value in _facts(card, zone):
        if value:
            yield f"- {name}: {value}"
    yield from _listed("Stages", (f"{_time(one.at, zone)} {one.stage.label}" for one in history))
    facts = sorted(application.events, key=attrgetter("moment"))
    told = (f"{_when(fact, zone)} {_escaped(_told(fact, zone))}" for fact in facts)
    yield from _listed("Facts", told)
    if application.notes:
        yield ""
        for line in clean_page(application.notes).splitlines():
            yield f"> {_BEGINNING.sub(_AS_IT_IS, _escaped(line))}".rstrip()


def _listed(title: str, items: Iterator[str]) -> Iterator[str]:
    """Yield a list under its title, nothing where it is empty."""
    for number, item in enumerate(items):
        if number == 0:
            yield ""
            yield f"{title}:"
            yield ""
        yield f"- {item}"


def _facts(card: Card, zone: str) -> Iterator[tuple[str, str]]:
    """Yield what there is to know beside the timeline, as Markdown; addresses may be links."""
    application, step = card.application, card.standing.next
    yield "Location", _escaped(application.location)
    yield "Salary", _escaped(application.salary)
    yield "Found", _escaped(application.source)
    yield "Address", _plain(application.url)
    for contact in application.contacts:
        said = map(_escaped, (contact.name, contact.phone))
        checked = map(_plain, (contact.email, contact.linkedin))
        yield "Contact", ", ".join(filter(None, (*said, *checked)))
    yield "Tags", _escaped(", ".join(application.tags))
    if step:
        yield "Next", _escaped(f"{step.kind.label} from {_time(step.opens, zone)}, {step.why}")


def _told(event: AnyEvent, zone: str) -> str:
    """Return what an event says, in words; the body of a message is left out."""
    what = event.name.replace("_", "-")
    match event:
        case Interview(cancelled=True):
            what += ", cancelled"
        case Promise():
            what += f" to decide by {event.by}"
        case FollowUp():
            what += f" by {event.channel}" if event.channel else ""
            what += ", failed" if event.failed else ""
            return f"{what}: {event.subject}" if event.subject else what
        case Snooze():
            what += f" until {_time(event.until, zone)}"
        case Outcome():
            what += f" {event.result}"
    return f"{what}: {event.text}" if event.text else what


def _when(event: AnyEvent, zone: str) -> str:
    return event.day.isoformat() if event.date_only else _time(event.at, zone)


def _day(event: AnyEvent, zone: str) -> str:
    return (event.day if event.date_only else day_of(event.at, zone)).isoformat()


def _time(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _escaped(text: str) -> str:
    """Return text of one line that Markdown shows as it is, and makes no link of."""
    return _LINKED.sub(_UNLINKED, _plain(text))


def _plain(text: str) -> str:
    """Return text of one line that Markdown shows as it is, but for links to addresses."""
    return _SPECIAL.sub(r"\\\1", clean(text, PAGE_LIMIT))
