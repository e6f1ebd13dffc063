"""The rules of etiquette that need no understanding of language (design, section 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

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


class TooEarly:
    """A message before its step opens looks desperate."""

    code = "too-early"
    needs_application = True

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Block while the step is not open; time heals it."""
        if step is None or step.opens <= now:
            return ()
        text = (
            f"Too early looks desperate: this opens in {span_of_time(step.opens - now)},"
            f" {step.why}. Snooze it until then."
        )
        return [Verdict(code=self.code, severity=Severity.BLOCK, message=text, until=step.opens)]


class TooLong:
    """Two sentences are enough, five for a last call."""

    code = "too-long"
    needs_application = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Warn of more sentences than a busy reader reads."""
        enough = enough_sentences(step.kind if step else None)
        said = count_sentences(message.body, message.language)
        if said <= enough:
            return ()
        text = f"{enough} sentences are enough, this has {said}: a busy reader answers short ones."
        return [Verdict(code=self.code, severity=Severity.WARN, message=text)]


class Placeholder:
    """Something that was meant to be filled in still stands there."""

    code = "placeholder"
    needs_application = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Block while a placeholder is left in subject or body."""
        in_body = [(found[0], found.span()) for found in _PLACEHOLDER.finditer(message.body)]
        in_subject = [(found[0], None) for found in _PLACEHOLDER.finditer(message.subject)]
        return [
            Verdict(
                code=self.code,
                severity=Severity.BLOCK,
                message=f"{words} still waits to be filled in: write what belongs there.",
                span=span,
            )
            for words, span in (*in_body, *in_subject)
        ]


class NoContact:
    """Nobody to send it to over this channel."""

    code = "no-contact"
    needs_application = True

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Block where the contact has not got what the channel needs."""
        if application is None or channel is None or reaches(channel, application.contact):
            return ()
        text = f"Nobody at {application.company} has {_needed(channel)}: add a contact or switch."
        return [Verdict(code=self.code, severity=Severity.BLOCK, message=text)]


class NoReplyPath:
    """A channel that cannot be answered invites no answer."""

    code = "no-reply-path"
    needs_application = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Block channels over which nobody can reply."""
        if channel is None or channel.can_reply:
            return ()
        text = f"Nobody can reply to a {channel.title.lower()}: send an e-mail instead."
        return [Verdict(code=self.code, severity=Severity.BLOCK, message=text)]


class SlowChannel:
    """A message that arrives next week is no follow-up."""

    code = "slow-channel"
    needs_application = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Block channels that take longer than two days."""
        if channel is None or channel.delivers_within <= SLOWEST:
            return ()
        takes = span_of_time(channel.delivers_within)
        text = f"A {channel.title.lower()} can take {takes} to arrive: send an e-mail instead."
        return [Verdict(code=self.code, severity=Severity.BLOCK, message=text)]


class AlreadyReplied:
    """They answered: the ball is with the user."""

    code = "already-replied"
    needs_application = True

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Warn where they answered after the last message."""
        if application is None or not Timeline.at(application.events, now).answered:
            return ()
        text = "They have answered: reply to what they said instead of following up."
        return [Verdict(code=self.code, severity=Severity.WARN, message=text)]


class TooMany:
    """The policy has no steps left."""

    code = "too-many"
    needs_application = True

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Warn where nothing more is foreseen, unless they answered."""
        if application is None or step is not None:
            return ()
        if Timeline.at(application.events, now).answered:
            return ()
        text = "All follow-ups have been sent: one more seldom helps, so let it rest."
        return [Verdict(code=self.code, severity=Severity.WARN, message=text)]


def _needed(channel: Channel) -> str:
    words = {"email": "an e-mail address", "phone": "a phone number", "linkedin": "a LinkedIn page"}
    return words[channel.needs] if channel.needs else "what it needs"


@hookimpl
def register_rules() -> list[Rule]:
    """Add the rules of this file."""
    return [
        TooEarly(),
        NoContact(),
        NoReplyPath(),
        SlowChannel(),
        Placeholder(),
        AlreadyReplied(),
        TooMany(),
        TooLong(),
    ]
