"""The rules of etiquette that need no understanding of language (design, section 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from followup.api import (
    Application,
    Channel,
    Message,
    Rule,
    Severity,
    Step,
    Timeline,
    Verdict,
    count_sentences,
    enough_sentences,
    hookimpl,
    needed_by,
    reaches,
    span_of_time,
)

SLOWEST = timedelta(days=2)
_PLACEHOLDER = re.compile(
    # Words in brackets, but neither a link nor what editors put there.
    r"\[(?!sic\b)[^\W\d_][^\[\]\n]{0,40}\](?!\()"
    r"|\{[A-Za-z_ ]{1,40}\}|\$\{[a-z_]+\}|\$[a-z_]+\b"
    r"|(?i:<(?:insert|enter|add|your|name|company|role|position)\b[^<>@\n]{0,60}>)"
    r"|(?i:\bXYZ (?:Corporation|Corp|Company|Inc)\b)|\bTODO\b",
)


class Case(Struct, frozen=True):
    """What a rule judges: a message, and all that there is around it at ``now`` (UTC)."""

    message: Message
    application: Application | None
    step: Step | None
    channel: Channel | None
    now: datetime


class Objection(Struct, frozen=True, kw_only=True):
    """What a rule has against a message; see ``Verdict`` for ``until`` and ``span``."""

    text: str
    until: datetime | None = None
    span: tuple[int, int] | None = None


class Etiquette(Struct, frozen=True, kw_only=True):
    """A rule whose verdicts all have one code and one severity."""

    code: str
    severity: Severity
    object_to: Callable[[Case], Iterator[Objection]]
    needs_application: bool = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Return a verdict for each objection to the message."""
        case = Case(message, application, step, channel, now)
        return [
            Verdict(
                code=self.code,
                severity=self.severity,
                message=objection.text,
                until=objection.until,
                span=objection.span,
            )
            for objection in self.object_to(case)
        ]


def too_early(case: Case) -> Iterator[Objection]:
    """Object while the step is not open: it looks desperate, and time heals it."""
    step = case.step
    if step and step.opens > case.now:
        wait = span_of_time(step.opens - case.now)
        text = f"Too early looks desperate: this opens in {wait}, {step.why}. Snooze it until then."
        yield Objection(text=text, until=step.opens)


def too_long(case: Case) -> Iterator[Objection]:
    """Object to more sentences than a busy reader reads."""
    enough = enough_sentences(case.step.kind if case.step else None)
    said = count_sentences(case.message.body, case.message.language)
    if said > enough:
        yield Objection(
            text=f"{enough} sentences are enough, this has {said}:"
            " a busy reader answers short ones."
        )


def placeholder(case: Case) -> Iterator[Objection]:
    """Object to what was meant to be filled in and still stands in subject or body."""
    in_body = [(found[0], found.span()) for found in _PLACEHOLDER.finditer(case.message.body)]
    in_subject = [(found[0], None) for found in _PLACEHOLDER.finditer(case.message.subject)]
    for words, span in (*in_body, *in_subject):
        text = f"{words} still waits to be filled in: write what belongs there."
        yield Objection(text=text, span=span)


def no_contact(case: Case) -> Iterator[Objection]:
    """Object to a channel that reaches nobody at the company."""
    about, channel = case.application, case.channel
    if about and channel and not reaches(channel, about.contact):
        needed = needed_by(channel)
        yield Objection(text=f"Nobody at {about.company} has {needed}: add a contact or switch.")


def no_reply_path(case: Case) -> Iterator[Objection]:
    """Object to a channel over which nobody can reply."""
    if case.channel and not case.channel.can_reply:
        what = case.channel.title.lower()
        yield Objection(text=f"Nobody can reply to a {what}: send an e-mail instead.")


def slow_channel(case: Case) -> Iterator[Objection]:
    """Object to a channel that takes longer than two days."""
    if case.channel and case.channel.delivers_within > SLOWEST:
        what, takes = case.channel.title.lower(), span_of_time(case.channel.delivers_within)
        yield Objection(text=f"A {what} can take {takes} to arrive: send an e-mail instead.")


def already_replied(case: Case) -> Iterator[Objection]:
    """Object where they answered and the ball is with the user."""
    if _is_answered(case):
        yield Objection(text="They have answered: reply to what they said instead of following up.")


def too_many(case: Case) -> Iterator[Objection]:
    """Object where nothing more is foreseen, unless they answered."""
    if case.step is None and not _is_answered(case):
        yield Objection(
            text="All follow-ups have been sent: one more seldom helps, so let it rest."
        )


def _is_answered(case: Case) -> bool:
    about = case.application
    return about is not None and Timeline.at(about.events, case.now).answered


@hookimpl
def register_rules() -> list[Rule]:
    """Add the rules of this file."""
    block, warn = Severity.BLOCK, Severity.WARN
    return [
        Etiquette(code="too-early", severity=block, object_to=too_early, needs_application=True),
        Etiquette(code="no-contact", severity=block, object_to=no_contact, needs_application=True),
        Etiquette(code="no-reply-path", severity=block, object_to=no_reply_path),
        Etiquette(code="slow-channel", severity=block, object_to=slow_channel),
        Etiquette(code="placeholder", severity=block, object_to=placeholder),
        Etiquette(
            code="already-replied",
            severity=warn,
            object_to=already_replied,
            needs_application=True,
        ),
        Etiquette(code="too-many", severity=warn, object_to=too_many, needs_application=True),
        Etiquette(code="too-long", severity=warn, object_to=too_long),
    ]
