"""What the details screen says of an application: rows of a label and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from followup.domain import instants
from followup.domain.application import Application, Contact
from followup.domain.board import Card
from followup.domain.events import AnyEvent, FollowUp
from followup.domain.stage import Stage, Standing
from followup.domain.step import Step
from followup.domain.telling import told, told_day
from followup.domain.wording import fact, span
from followup.ui.screens import plain
from followup.ui.stage_style import colour, event_glyph, glyph

Row = tuple[Content, Content]


def headline(card: Card, now: datetime, zone: str) -> Content:
    """Return company and role, and below them the stage and the fact that matters now."""
    application, stage = card.application, card.stage
    stage_colour = colour(stage)
    return plain.lines(
        plain.row(
            plain.line(application.company, "bold"), plain.line(application.role, plain.QUIET)
        ),
        plain.row(
            plain.line(f"{glyph(stage)} {stage.label}", f"bold {stage_colour}"),
            plain.line(fact(card, now, zone), stage_colour),
        ),
    )


def about(application: Application) -> list[Row]:
    """Return whom to write to, and what else is known beside the timeline."""
    contacts = [("Contact", _reached(contact)) for contact in application.contacts]
    known = [
        *(contacts or [("Contact", plain.line("nobody yet: edit to add one", plain.QUIET))]),
        ("Job page", plain.line(application.url)),
        ("Location", plain.line(application.location)),
        ("Salary", plain.line(application.salary)),
        ("Found on", plain.line(application.source)),
        ("Tags", plain.line(", ".join(application.tags))),
        ("Notes", plain.page(application.notes)),
    ]
    return [(plain.line(name, plain.QUIET), what) for name, what in known if what.plain]


def steps(card: Card, policy: str, now: datetime, zone: str) -> list[Row]:
    """Return the steps that remain, with their dates and how these came about."""
    standing = card.standing
    rows = [(_name(step), _dates(step, now, zone)) for step in standing.steps]
    if not rows:
        rows = [(plain.line("Nothing"), plain.line(_why_none(card.stage, standing)))]
    if standing.snoozed_until:
        until = instants.spoken(standing.snoozed_until, zone)
        rows.append((plain.line("Snoozed"), plain.line(f"until {until}: nothing asks before")))
    rows.append((plain.line("Policy", plain.QUIET), plain.line(policy, plain.QUIET)))
    return rows


def timeline(application: Application, zone: str) -> list[Row]:
    """Return every event, the oldest first: its day, what it was, and its text."""
    return [
        (plain.line(told_day(event, zone), plain.QUIET), _event(event, zone))
        for event in sorted(application.events, key=lambda event: event.at)
    ]


def _event(event: AnyEvent, zone: str) -> Content:
    subject = event.subject if isinstance(event, FollowUp) else ""
    return plain.lines(
        plain.row(plain.line(event_glyph(event), plain.QUIET), plain.line(told(event, zone))),
        plain.line(subject, plain.QUIET),
        plain.page(event.text, plain.QUIET),
    )


def _reached(contact: Contact) -> Content:
    ways = (contact.email, contact.phone, contact.linkedin)
    return plain.row(
        plain.line(contact.name), *(plain.line(way, plain.QUIET) for way in ways), between=" · "
    )


def _name(step: Step) -> Content:
    which = f" {step.number} of {step.of}" if step.of > 1 else ""
    return plain.line(f"{step.kind.label}{which}", "bold")


def _dates(step: Step, now: datetime, zone: str) -> Content:
    """Return when a step opens and why, when it is due, and when it gives way to the next."""
    opens, due = instants.spoken(step.opens, zone), instants.spoken(step.due, zone)
    is_open, is_late = step.opens <= now, step.due < now
    when = f"opened {opens}" if is_open else f"opens {opens}, in {span(step.opens - now)}"
    lapses = f"gives way {instants.spoken(step.lapses, zone)}" if step.lapses else ""
    late = f"{span(now - step.due)} overdue" if is_late else ""
    return plain.lines(
        plain.line(when),
        plain.line(step.why),
        plain.row(
            plain.line(f"due {due}", plain.QUIET),
            plain.line(lapses, plain.QUIET),
            plain.line(late, "bold $error"),
        ),
    )


def _why_none(stage: Stage, standing: Standing) -> str:
    if stage is Stage.CLOSED:
        return "it is closed"
    if stage is Stage.REPLIED:
        return "they answered: the ball is with you"
    if standing.timeline.sent:
        return "all follow-ups have been sent: let it rest"
    return "log when you applied or were interviewed, then the dates follow"


def sections(card: Card, policy: str, now: datetime, zone: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the sections of the page: a heading, empty for the first one, and its rows."""
    yield "", about(card.application)
    yield "What comes next, and why", steps(card, policy, now, zone)
    yield "Timeline", timeline(card.application, zone)
