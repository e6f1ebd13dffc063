"""Applications and boards as JSON, for scripts (design, section 7)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import click
import msgspec
from msgspec import Struct

from followup.domain.application import Contact
from followup.domain.board import Card
from followup.domain.step import Step
from followup.tracker import Tracker

# What a terminal would obey although JSON need not escape it: DEL, C1, bidi controls.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def print_json(document: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print a document as JSON in UTF-8, which a terminal may show as it is."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
    click.echo(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode())


def listed(card: Card, tracker: Tracker) -> dict[str, Any]:
    """Return an application as ``list --json`` has it."""
    application, standing = card.application, card.standing
    events = standing.timeline.events
    return {
        "id": application.id,
        "company": application.company,
        "role": application.role,
        "stage": str(card.stage),
        "overdue": standing.overdue,
        "quiet": standing.quiet,
        "next": _step(standing.next) if standing.next else None,
        "policy": tracker.policy_of(application).name,
        "contacts": [_contact(contact) for contact in application.contacts],
        "tags": list(application.tags),
        "last_event": events[-1].name if events else None,
        "unconfirmed": card.unconfirmed and card.unconfirmed.isoformat(),
    }


def shown(card: Card, tracker: Tracker) -> dict[str, Any]:
    """Return an application as ``show --json`` has it: with all that is known."""
    application = card.application
    return {
        **listed(card, tracker),
        "url": application.url,
        "location": application.location,
        "salary": application.salary,
        "source": application.source,
        "notes": application.notes,
        "steps": [_step(step) for step in card.standing.steps],
        "events": [plain(event) for event in application.events],
    }


def plain(struct: Struct) -> dict[str, Any]:
    """Return a struct's fields as JSON has them, instants with their offset (``+00:00``)."""
    fields: dict[str, Any] = msgspec.to_builtins(struct, builtin_types=(datetime, date))
    return {
        name: field.isoformat() if isinstance(field, date) else field
        for name, field in fields.items()
    }


def _step(step: Step) -> dict[str, str]:
    return {
        "step": str(step.kind),
        "opens": step.opens.isoformat(),
        "due": step.due.isoformat(),
        "why": step.why,
    }


def _contact(contact: Contact) -> dict[str, str]:
    known = msgspec.structs.asdict(contact)
    return {key: known[key] for key in known if key in {"name", "email"} or known[key]}
