"""What the details screen says of an application: sections of labels and what is known."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from textual.content import Content

from followup.domain import instants
from followup.domain.application import Contact
from followup.domain.board import Card
from followup.domain.events import AnyEvent, FollowUp
from followup.domain.stage import Stage, Standing
from followup.domain.step import Step
from followup.domain.telling import told, told_day
from followup.domain.wording import fact, span
from followup.ui.screens import plain
from followup.ui.stage_style import colour, event_glyph, glyph

_EVENT_STAGES = {
    "applied": Stage.APPLIED,
    "interview": Stage.INTERVIEW,
    "promise": Stage.WAITING,
    "follow_up": Stage.DUE,
    "reply": Stage.REPLIED,
    "snooze": Stage.WAITING,
    "outcome": Stage.CLOSED,
    "reopen": Stage.APPLIED,
    "note": Stage.CLOSED,
}


class Link(Struct, frozen=True):
    """A page on the web."""

    url: str


class Line(Struct, frozen=True):
    """A label, what is known, and what it is about, where something can be done with that."""

    label: Content
    known: Content
    about: Contact | AnyEvent | Link | None = None


class Section(Struct, frozen=True):
    """Lines under a heading."""

    heading: str
    lines: tuple[Line, ...]


class Told(Struct, frozen=True):
    """A card at one moment (UTC), told in the days of a zone; ``policy`` names the card's."""

    card: Card
    policy: str
    now: datetime
    zone: str

    def headline(self, away: str) -> Content:
        """Return company and role, and below them the stage and the fact that matters now.

        ``away`` says how far from the present the moment is, where it is another one.
        """
        application, stage = self.card.application, self.card.stage
        preview = (
            plain.line(f" preview: {away} ", "bold $accent on $preview") if away else plain.line("")
        )
        return plain.lines(
            plain.row(
                plain.line(application.company, "bold"),
                plain.line(application.role, plain.QUIET),
                preview,
            ),
            plain.row(
                plain.line(f"{glyph(stage)} {stage.label}", f"bold {colour(stage)}"),
                plain.line(fact(self.card, self.now, self.zone), colour(stage)),
            ),
        )

    def columns(self, *, is_wide: bool) -> tuple[tuple[Section, ...], ...]:
        """Return the sections in the columns that there is room for."""
        if is_wide:
            return (self.steps(), self.timeline()), (self.people(), self.about())
        return ((self.people(), self.steps(), self.timeline(), self.about()),)

    def steps(self) -> Section:
        """Return the steps that remain, with their dates and how these came about."""
        standing = self.card.standing
        lines = [Line(_name(step), self._dates(step)) for step in standing.steps]
        if not lines:
            lines = [Line(plain.line("Nothing"), plain.line(_why_none(self.card.stage, standing)))]
        if standing.snoozed_until:
            until = instants.spoken(standing.snoozed_until, self.zone)
            lines.append(_line("Snoozed", plain.line(f"until {until}: nothing asks before")))
        lines.append(_line("Policy", plain.line(self.policy, plain.QUIET)))
        return Section("What comes next, and why", tuple(lines))

    def people(self) -> Section:
        """Return whom to write to, and who else there is."""
        contacts = self.card.application.contacts
        if not contacts:
            nobody = plain.line("nobody yet: edit to add somebody", plain.QUIET)
            return Section("People", (_line("Write to", nobody),))
        lines = (
            _line("Also" if number else "Write to", _reached(contact), contact)
            for number, contact in enumerate(contacts)
        )
        return Section("People", tuple(lines))

    def timeline(self) -> Section:
        """Return every event, the oldest first: its day, what it was, and its text."""
        events = sorted(self.card.application.events, key=lambda event: event.at)
        lines = (Line(self._day(event), self._event(event), event) for event in events)
        nothing = _line("Nothing yet", plain.line("log what happened, then the dates follow"))
        return Section("Timeline", tuple(lines) or (nothing,))

    def about(self) -> Section:
        """Return what else is known beside the timeline."""
        application = self.card.application
        url = application.url
        lines = (
            _line("Job page", plain.line(_short(url)), Link(url)),
            _line("Location", plain.line(application.location)),
            _line("Salary", plain.line(application.salary)),
            _line("Found on", plain.line(application.source)),
            _line("Tags", plain.line(", ".join(application.tags))),
        )
        return Section("About", tuple(line for line in lines if line.known.plain))

    def _dates(self, step: Step) -> Content:
        """Return when a step opens and why, when it is due, and when it gives way to the next."""
        now, zone = self.now, self.zone
        opens, due = instants.spoken(step.opens, zone), instants.spoken(step.due, zone)
        is_open, is_late = step.opens <= now, step.due < now
        when = f"opened {opens}" if is_open else f"opens {opens}, in {span(step.opens - now)}"
        lapses = f"gives way {instants.spoken(step.lapses, zone)}" if step.lapses else ""
        late = f"{span(now - step.due)} overdue" if is_late else ""
        return plain.lines(
            plain.row(plain.line(when, f"bold {colour(Stage.DUE)}" if is_open else "bold")),
            plain.row(plain.line("why", plain.QUIET), plain.line(step.why)),
            plain.row(
                plain.line(f"due {due}", plain.QUIET),
                plain.line(lapses, plain.QUIET),
                plain.line(late, "bold $error"),
            ),
        )

    def _day(self, event: AnyEvent) -> Content:
        hue = colour(_EVENT_STAGES[event.name])
        day = plain.line(told_day(event, self.zone), plain.QUIET)
        return plain.row(plain.line(event_glyph(event), hue), day, between=" ")

    def _event(self, event: AnyEvent) -> Content:
        subject = event.subject if isinstance(event, FollowUp) else ""
        return plain.lines(
            plain.row(
                plain.line(told(event, self.zone)), plain.line(self._away(event), plain.QUIET)
            ),
            plain.line(subject, f"italic {plain.QUIET}"),
            plain.page(event.text, plain.QUIET),
        )

    def _away(self, event: AnyEvent) -> str:
        """Return how long ago an event was, or how far ahead it is."""
        if event.date_only:
            days = (event.day - instants.day_of(self.now, self.zone)).days
            if days == 0:
                return "today"
            return f"in {days} d" if days > 0 else f"{-days} d ago"
        length = span(event.at - self.now)
        return f"in {length}" if event.at > self.now else f"{length} ago"


def _line(label: str, known: Content, about: Contact | Link | None = None) -> Line:
    return Line(plain.line(label, plain.QUIET), known, about)


def _reached(contact: Contact) -> Content:
    ways = (contact.email, contact.phone, _short(contact.linkedin))
    shown = (plain.line(way, plain.QUIET) for way in ways)
    return plain.lines(plain.line(contact.name, "bold"), *shown)


def _short(url: str) -> str:
    """Return a web address without what goes without saying."""
    return url.removeprefix("https://").removeprefix("www.")


def _name(step: Step) -> Content:
    which = f" {step.number} of {step.of}" if step.of > 1 else ""
    return plain.line(f"{step.kind.label}{which}", "bold")


def _why_none(stage: Stage, standing: Standing) -> str:
    if stage is Stage.CLOSED:
        return "it is closed"
    if stage is Stage.REPLIED:
        return "they answered: the ball is with you"
    if standing.timeline.sent:
        return "all follow-ups have been sent: let it rest"
    return "log when you applied or were interviewed, then the dates follow"
