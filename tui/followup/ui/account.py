"""What is to be said of one card: whom to write to, what stands next, why, and its timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from followup.domain import instants
from followup.domain.board import Card
from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Outcome,
    Promise,
    Reply,
    Snooze,
)
from followup.domain.stage import ACTIONABLE, Stage
from followup.domain.step import Step, StepKind
from followup.tracker import Tracker
from followup.ui.fitting import cut, legible
from followup.ui.stage_style import event_glyph, glyph

_STAGE_SAYS_IT = {(Stage.DUE, StepKind.FOLLOW_UP), (Stage.LAST_CALL, StepKind.LAST_CALL)}
_LONGEST_FACT = 40  # cells of one fact of a timeline


def account_of(card: Card, tracker: Tracker, moment: datetime) -> Account:
    """Return the account of a card at a moment (UTC), with what its tracker knows of it."""
    channels = tracker.correspondence.channels_for(card.application)
    policy = tracker.foresight.told(card.application)
    return Account(
        card,
        moment,
        tracker.zone,
        channels[0].title if channels else "",
        policy,
    )


class Account(Struct, frozen=True):
    """A card at one moment (UTC), told in the days of a zone.

    ``channel`` and ``policy`` are the names that the tracker has for the card's.
    """

    card: Card
    moment: datetime
    zone: str
    channel: str
    policy: str

    @property
    def details(self) -> str:
        """The role, the contact and the channel."""
        application, contact = self.card.application, self.card.application.contact
        if contact is None:
            parts = [application.role, "no contact yet"]
        else:
            address = f"<{contact.email}>" if contact.email else contact.phone
            parts = [application.role, f"{contact.name} {address}", self.channel]
        return " · ".join(text for text in map(legible, parts) if text)

    @property
    def what_next(self) -> tuple[str, ...]:
        """What stands next and when, or why nothing does; the fullest wording first."""
        standing = self.card.standing
        timeline = standing.timeline
        if self.card.unconfirmed:
            when = self._instant(self.card.unconfirmed)
            return (
                f"nobody knows whether your message of {when} went out: f asks you",
                f"your message of {when} is unconfirmed: f asks",
                "unconfirmed: f asks",
            )
        match self.card.stage:
            case Stage.CLOSED if timeline.outcome:
                return (f"{timeline.outcome.result} on {self._day(timeline.outcome.day)}",)
            case Stage.REPLIED if timeline.reply:
                return (f"they answered {self._instant(timeline.reply.at)}: the ball is with you",)
            case Stage.INTERVIEW if timeline.interview:
                return self._interview(timeline.interview, standing.next)
            case _ if standing.next is None:
                return ("no steps remain",)
            case _:
                wordings = self._step(standing.next)
                if not standing.snoozed_until:
                    return wordings
                snoozed = f"snoozed until {self._instant(standing.snoozed_until)}"
                return (*(f"{snoozed}, {wording}" for wording in wordings), snoozed)

    @property
    def why(self) -> tuple[str, str]:
        """What explains where the card stands, after one or two words for what that is."""
        timeline = self.card.standing.timeline
        if step := self.card.standing.next:
            return "why", f"{legible(step.why)} ({legible(self.policy)})"
        if timeline.outcome:
            return "why", legible(timeline.outcome.text) or "you said so; o reopens it"
        if timeline.answered and timeline.reply:
            return "they said", legible(timeline.reply.text) or "nothing that you wrote down"
        return "why", f"{legible(self.policy)} foresees nothing more; o says how it ended"

    def timeline(self) -> Iterator[str]:
        """Yield the facts in order and the step that comes next, each after its glyph."""
        for event in self.card.standing.timeline.events:
            day = self._short(instants.day_of(event.at, self.zone))
            told = f"{event_glyph(event)} {legible(self._event(event))} {day}"
            yield cut(told, _LONGEST_FACT)
        step = self.card.standing.next
        if step and self.card.stage in ACTIONABLE:
            yield f"{glyph(self.card.stage)} {step.kind.label.lower()} open"
        elif step and self.card.stage is not Stage.INTERVIEW:
            opens = self._short(instants.day_of(step.opens, self.zone))
            yield f"{glyph(self.card.stage)} {step.kind.label.lower()} opens {opens}"

    def _interview(self, interview: Interview, step: Step | None) -> tuple[str, ...]:
        if interview.date_only:
            when = self._day(interview.day)
        else:
            ends = instants.spoken(interview.ends, self.zone)[-5:]
            when = f"{self._instant(interview.at)} to {ends}"
        if step is None:
            return (when,)
        return f"{when}, then the {_named(step)} opens {self._instant(step.opens)}", when

    def _step(self, step: Step) -> tuple[str, ...]:
        says_it = (self.card.stage, step.kind) in _STAGE_SAYS_IT
        name = "" if says_it else f"{_named(step)} "
        verb = "opened" if step.opens <= self.moment else "opens"
        opens = f"{name}{verb} {self._instant(step.opens)}"
        return f"{opens}, due {self._instant(step.due)}", opens

    def _event(self, event: AnyEvent) -> str:
        match event:
            case Applied():
                return "applied"
            case Interview(cancelled=True):
                return "cancelled interview"
            case Interview():
                return event.text or "interview"
            case Promise():
                return f"they decide by {self._short(event.by)}, said"
            case FollowUp():
                name = event.step.label.lower() if event.step else "message"
                return f"failed {name}" if event.failed else name
            case Reply():
                return "answered"
            case Snooze():
                return "snoozed"
            case Outcome():
                return str(event.result)
            case _:
                return event.name

    # Days name their year where it is not the present one.

    def _year(self, day: date) -> str:
        today = instants.day_of(self.moment, self.zone)
        return "" if day.year == today.year else f" {day.year}"

    def _short(self, day: date) -> str:
        return f"{day.day} {day:%b}{self._year(day)}"

    def _day(self, day: date) -> str:
        return f"{instants.spoken_day(day)}{self._year(day)}"

    def _instant(self, instant: datetime) -> str:
        day = instants.day_of(instant, self.zone)
        return f"{self._day(day)} {instants.spoken(instant, self.zone)[-5:]}"


def _named(step: Step) -> str:
    name = step.kind.label.lower()
    return name if step.of == 1 else f"{name} {step.number} of {step.of}"
