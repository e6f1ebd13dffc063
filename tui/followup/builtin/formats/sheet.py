"""Our own CSV: one row for each application, for spreadsheets and for ourselves (RFC 4180).

Formulas are neutralised so that our own import takes them back. A day stands for a fact of
unknown time; times are those of the clocks of the zone. Of each interview there is the start,
of all answers the newest one; messages, promises and notes of the timeline are not there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import TextIOWrapper
from operator import attrgetter
from typing import BinaryIO
from zoneinfo import ZoneInfo

from followup.api import (
    UNDATED,
    AnyEvent,
    Applied,
    Board,
    Card,
    Contact,
    FollowUp,
    ImportField,
    Interview,
    Reply,
    clean_page,
)
from followup.builtin.formulas import neutralised

# The columns and the fields as which they are read back, none for what is derived.
FIELDS: Mapping[str, ImportField | None] = {
    "Company": "company",
    "Role": "role",
    "Stage": None,
    "Applied": "applied",
    "Interview": "interview",
    "Replied": "replied",
    "Outcome": "status",
    "Outcome date": "decided",
    "Last follow-up": None,
    "Next step": None,
    "Opens": None,
    "Due": None,
    "Contact": "contact",
    "Email": "email",
    "Phone": "phone",
    "LinkedIn": "linkedin",
    "Tags": "tags",
    "URL": "url",
    "Location": "location",
    "Salary": "salary",
    "Source": "source",
    "Notes": "notes",
}
_INTERVIEW = "Interview"


def write(board: Board, stream: BinaryIO, zone: str) -> None:
    """Write all applications, with the mark by which spreadsheets know UTF-8."""
    cards = sorted(board.cards(), key=attrgetter("id"))
    most = max((len(_interviews(card)) for card in cards), default=1)
    further = [f"{_INTERVIEW} {number}" for number in range(2, most + 1)]
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.DictWriter(text, [*FIELDS, *further], restval="")
    writer.writeheader()
    for card in cards:
        row = _row(card, zone)
        writer.writerow({column: _cell(value) for column, value in row.items()})
    text.flush()
    text.detach()


def _row(card: Card, zone: str) -> dict[str, str]:
    application, standing = card.application, card.standing
    contact = application.contact or Contact()
    outcome = standing.timeline.outcome
    is_dated = outcome and outcome.text != UNDATED
    step = standing.next
    row = {
        "Company": application.company,
        "Role": application.role,
        "Stage": card.stage.label,
        "Applied": _newest(application.events, Applied, zone),
        "Replied": _newest(application.events, Reply, zone),
        "Outcome": outcome.result if outcome else "",
        "Outcome date": _date(outcome, zone) if outcome and is_dated else "",
        "Last follow-up": _newest(standing.timeline.sent, FollowUp, zone),
        "Next step": step.kind.label if step else "",
        "Opens": _local(step.opens, zone) if step else "",
        "Due": _local(step.due, zone) if step else "",
        "Contact": contact.name,
        "Email": contact.email,
        "Phone": contact.phone,
        "LinkedIn": contact.linkedin,
        "Tags": ", ".join(application.tags),
        "URL": application.url,
        "Location": application.location,
        "Salary": application.salary,
        "Source": application.source,
        "Notes": application.notes,
    }
    for number, interview in enumerate(_interviews(card), start=1):
        row[_INTERVIEW if number == 1 else f"{_INTERVIEW} {number}"] = _date(interview, zone)
    return row


def _interviews(card: Card) -> list[Interview]:
    """Return the interviews that were not cancelled, the oldest first."""
    return sorted(
        (
            event
            for event in card.application.events
            if isinstance(event, Interview) and not event.cancelled
        ),
        key=attrgetter("at"),
    )


def _newest(events: Iterable[AnyEvent], kind: type[AnyEvent], zone: str) -> str:
    such = [event for event in events if isinstance(event, kind)]
    return _date(max(such, key=attrgetter("at")), zone) if such else ""


def _date(event: AnyEvent, zone: str) -> str:
    return event.day.isoformat() if event.date_only else _local(event.at, zone)


def _local(instant: datetime, zone: str) -> str:
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _cell(value: str) -> str:
    return neutralised(clean_page(value))
