"""``agenda``: what opens when, by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

import click
from msgspec import Struct

from followup.cli.as_json import print_json
from followup.cli.cards import colour_of
from followup.cli.examples import examples
from followup.cli.faults import REFUSED
from followup.cli.lines import Cell, bold, dim, note, table, warn_of_facts_ahead
from followup.cli.options import json_option
from followup.cli.session import Session, pass_session
from followup.domain import instants
from followup.domain.board import Board, Card, opens_at
from followup.domain.stage import Stage


class Entry(Struct, frozen=True, kw_only=True):
    """Something on the agenda: an interview that starts, or a step that opens, at ``at`` (UTC)."""

    at: datetime
    what: str
    card: Card


def entries(board: Board, until: datetime) -> Iterator[Entry]:
    """Yield the interviews that are booked and the steps that open until an instant."""
    for card in board.column(Stage.INTERVIEW).cards:
        interview = card.standing.timeline.interview
        if interview and board.now < interview.at <= until:
            yield Entry(at=interview.at, what="interview", card=card)
    for card in board.opening():
        step = card.standing.next
        if step and opens_at(card) <= until:
            yield Entry(at=opens_at(card), what=str(step.kind), card=card)


@click.command(epilog=examples("followup agenda --days 7"))
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=14,
    show_default=True,
    metavar="N",
    help="How many days to look ahead.",
)
@json_option
@pass_session
def agenda(session: Session, days: int, as_json: bool) -> int | None:
    """Show what opens when in the days ahead."""
    tracker = session.tracker
    last = instants.day_of(tracker.now(), tracker.zone) + timedelta(days=days)
    until = instants.start_of_next_day(last, tracker.zone)
    found = sorted(entries(tracker.board(), until), key=lambda entry: (entry.at, entry.card.id))
    if as_json:
        print_json([_document(entry) for entry in found])
        return None if found else REFUSED
    warn_of_facts_ahead(tracker)
    if not found:
        note(f"nothing opens within {days} days; `followup due` shows what is open now")
        return REFUSED
    for day, of_day in groupby(found, lambda entry: instants.day_of(entry.at, tracker.zone)):
        click.echo(bold(f"{instants.spoken_day(day)} {day.year}"))
        table((_row(entry, tracker.zone) for entry in of_day), indent=2)
    return None


def _document(entry: Entry) -> dict[str, object]:
    application = entry.card.application
    return {
        "at": entry.at.isoformat(),
        "what": entry.what,
        "id": application.id,
        "company": application.company,
        "role": application.role,
    }


def _row(entry: Entry, zone: str) -> list[Cell]:
    card = entry.card
    return [
        Cell(instants.spoken(entry.at, zone)[-5:], dim),
        Cell(entry.what.replace("_", "-"), colour_of(card.stage)),
        Cell(card.application.company, bold),
        Cell(card.application.role),
        Cell(str(card.id), dim),
    ]
