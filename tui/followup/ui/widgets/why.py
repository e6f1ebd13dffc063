"""The strip below the board: who, what next, and why this date, for the selected card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

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
from followup.domain.stage import Stage
from followup.domain.step import Step, StepKind
from followup.ui.fitting import ELLIPSIS, cut, legible
from followup.ui.stage_style import colour, event_glyph, glyph

LINES = 4  # who, what next, why, and the timeline unless the why needs its line
_STAGE_SAYS_IT = {(Stage.DUE, StepKind.FOLLOW_UP), (Stage.LAST_CALL, StepKind.LAST_CALL)}
_BETWEEN = "   "


class Case(Struct, frozen=True):
    """A card and what the tracker knows about it beside: its channel and its policy."""

    card: Card
    channel: str
    policy: str


class Why(Widget):
    """Says of one card whom to write to, by what step and when, and how that came about."""

    ALLOW_SELECT = False

    case: reactive[Case | None] = reactive(None)
    moment: reactive[datetime | None] = reactive(None, repaint=False)

    def __init__(self, zone: str) -> None:
        """Make an empty strip; days and times are those of ``zone``."""
        super().__init__()
        self._zone = zone

    def render(self) -> Content:
        """Return the lines of the strip; as many for every card, so that nothing jumps."""
        if self.case is None or self.moment is None:
            return Content("")
        width, card = self.size.width, self.case.card
        reason = self._why(card, self.case.policy).wrap(width)[: LINES - 2]
        lines = [self._who(card, self.case.channel), self._next(card, width), *reason]
        if len(lines) < LINES:
            lines.append(self._timeline(card, width))
        return Content("\n").join([line.truncate(width, ellipsis=True) for line in lines])

    def _next(self, card: Card, width: int) -> Content:
        assert self.moment is not None
        label = Content.styled(card.stage.label, f"bold {colour(card.stage)}")
        wordings = what_next(card, self.moment, self._zone)
        room = width - label.cell_length - 2
        fitting = next((text for text in wordings if cell_len(text) <= room), wordings[-1])
        return Content.assemble(label, "  ", (fitting, "$quiet"))

    def _who(self, card: Card, channel: str) -> Content:
        application, contact = card.application, card.application.contact
        parts = [application.role]
        if contact:
            address = f"<{contact.email}>" if contact.email else contact.phone
            parts.append(f"{contact.name} {address}")
        parts.append(channel if contact else "no contact yet")
        details = " · ".join(text for text in map(legible, parts) if text)
        return Content.assemble(
            (legible(application.company), "bold $foreground"), "  ", (details, "$quiet")
        )

    def _why(self, card: Card, policy: str) -> Content:
        label, reason = why(card, policy)
        return Content.assemble((f"{label}  ", "$quiet"), (legible(reason), "$foreground"))

    def _timeline(self, card: Card, width: int) -> Content:
        told = list(_told(card, self._zone))
        left_out = False
        while len(told) > 1 and cell_len(_BETWEEN.join(told)) > width - 2:
            told, left_out = told[1:], True
        text = _BETWEEN.join(told)
        return Content.styled(f"{ELLIPSIS} {text}" if left_out else text, "$quiet")


def what_next(card: Card, now: datetime, zone: str) -> tuple[str, ...]:
    """Return what stands next for a card and when, or why nothing does; the fullest first."""
    standing = card.standing
    timeline = standing.timeline
    match card.stage:
        case Stage.CLOSED if timeline.outcome:
            return (f"{timeline.outcome.result} on {instants.spoken_day(timeline.outcome.day)}",)
        case Stage.REPLIED if timeline.reply:
            when = instants.spoken(timeline.reply.at, zone)
            return (f"they answered {when}: the ball is with you",)
        case Stage.INTERVIEW if timeline.interview:
            return _interview(timeline.interview, standing.next, zone)
        case _ if standing.next is None:
            return ("no steps remain",)
        case _:
            wordings = _step(card.stage, standing.next, now, zone)
            if not standing.snoozed_until:
                return wordings
            snoozed = f"snoozed until {instants.spoken(standing.snoozed_until, zone)}"
            return (*(f"{snoozed}, {wording}" for wording in wordings), snoozed)


def why(card: Card, policy: str) -> tuple[str, str]:
    """Return what explains where a card stands, after one or two words for what that is."""
    standing = card.standing
    timeline = standing.timeline
    if standing.next:
        return "why", f"{standing.next.why} ({policy})"
    if timeline.outcome:
        return "why", timeline.outcome.text or "you said so; o reopens it"
    if timeline.answered and timeline.reply:
        return "they said", timeline.reply.text or "nothing that you wrote down"
    return "why", f"{policy} foresees nothing more here; o says how it ended"


def _interview(interview: Interview, step: Step | None, zone: str) -> tuple[str, ...]:
    if interview.date_only:
        when = instants.spoken_day(interview.day)
    else:
        when = f"{instants.spoken(interview.at, zone)} to {_clock(interview.ends, zone)}"
    if step is None:
        return (when,)
    return f"{when}, then the {_named(step)} opens {instants.spoken(step.opens, zone)}", when


def _step(stage: Stage, step: Step, now: datetime, zone: str) -> tuple[str, ...]:
    name = "" if (stage, step.kind) in _STAGE_SAYS_IT else f"{_named(step)} "
    verb = "opened" if step.opens <= now else "opens"
    opens, due = instants.spoken(step.opens, zone), instants.spoken(step.due, zone)
    return f"{name}{verb} {opens}, due {due}", f"{name}{verb} {opens}"


def _named(step: Step) -> str:
    name = step.kind.label.lower()
    return name if step.of == 1 else f"{name} {step.number} of {step.of}"


def _told(card: Card, zone: str) -> Iterator[str]:
    """Yield the facts of the timeline and the step that comes next, each after its glyph."""
    for event in card.standing.timeline.events:
        day = instants.day_of(event.at, zone)
        yield cut(f"{event_glyph(event)} {legible(_event(event))} {_short(day)}", 40)
    step = card.standing.next
    if step and card.stage is not Stage.INTERVIEW:
        state = "open" if card.stage in {Stage.DUE, Stage.LAST_CALL} else "opens"
        when = "" if state == "open" else f" {_short(instants.day_of(step.opens, zone))}"
        yield f"{glyph(card.stage)} {step.kind.label.lower()} {state}{when}"


def _event(event: AnyEvent) -> str:
    match event:
        case Applied():
            return "applied"
        case Interview(cancelled=True):
            return "cancelled interview"
        case Interview():
            return event.text or "interview"
        case Promise():
            return f"they decide by {_short(event.by)}, said"
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


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _clock(instant: datetime, zone: str) -> str:
    return instants.spoken(instant, zone)[-5:]
