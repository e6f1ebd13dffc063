"""One application in full, as text: its facts, its steps, its timeline."""

from __future__ import annotations

from collections.abc import Iterator

import click

from followup.cli.cards import colour_of, heading
from followup.cli.lines import Cell, bold, dim, fits, table
from followup.domain import instants, wording
from followup.domain.application import Application, Contact
from followup.domain.board import Card
from followup.domain.events import AnyEvent
from followup.domain.outbox import told_doubt
from followup.domain.step import Step
from followup.domain.telling import told, told_day, told_moment
from followup.domain.text import clean, clean_page
from followup.tracker import Tracker


def print_details(card: Card, tracker: Tracker) -> None:
    """Print an application with its timeline, its steps, and why they fall when they do."""
    application, zone = card.application, tracker.zone
    fact = clean(wording.fact(card, tracker.now(), zone))
    title = f"{application.id}  {clean(f'{application.company}, {application.role}')}"
    head = [Cell(title, bold), Cell(f"{heading(card.stage)}, {fact}", colour_of(card.stage))]
    table([head] if fits(head) else [[cell] for cell in head], wrap=True)
    policy = tracker.foresight.told(application)
    facts = [
        *_messages(card, tracker),
        *_facts(application),
        *_steps(card.standing.steps, policy, zone),
    ]
    table(([Cell(name, dim), Cell(value)] for name, value in facts), wrap=True)
    events = sorted(application.events, key=lambda event: event.moment)
    if events:
        click.echo()
        timeline = ((told_day(event, zone), _told(event, zone)) for event in events)
        table(([Cell(day, dim), Cell(what)] for day, what in timeline), wrap=True)
    if application.notes:
        click.echo()
        table(([Cell(line)] for line in clean_page(application.notes).split("\n")), wrap=True)


def _messages(card: Card, tracker: Tracker) -> Iterator[tuple[str, str]]:
    """Yield what is to be known of a message that may not have gone."""
    if doubtful := tracker.outbox.unconfirmed().get(card.id):
        yield "unconfirmed", told_doubt(doubtful, tracker.zone)
        yield "", f"look there, then `followup send {card.id} --went` or `--did-not-go`"
    if failed := tracker.outbox.failed(card.id):
        yield "not sent", f"{told_moment(failed.at, tracker.zone)}: {failed.told}"


def _facts(application: Application) -> Iterator[tuple[str, str]]:
    facts = [("contact", _reached(contact)) for contact in application.contacts]
    facts += [
        ("where", application.location),
        ("salary", application.salary),
        ("source", application.source),
        ("tags", ", ".join(application.tags)),
        ("url", application.url),
    ]
    return ((name, value) for name, value in facts if value)


def _reached(contact: Contact) -> str:
    ways = (contact.name, contact.email, contact.phone, contact.linkedin)
    return ", ".join(way for way in ways if way)


def _steps(steps: tuple[Step, ...], policy: str, zone: str) -> Iterator[tuple[str, str]]:
    for number, step in enumerate(steps):
        count = f" {step.number} of {step.of}" if step.of > 1 else ""
        opens, due = instants.spoken(step.opens, zone), instants.spoken(step.due, zone)
        yield (
            "then" if number else "next",
            f"{step.kind.label}{count} opens {opens}, due {due}",
        )
        yield "", f"{step.why} ({policy})"


def _told(event: AnyEvent, zone: str) -> str:
    what = told(event, zone)
    return f"{what}: {clean(event.text)}" if event.text else what
