"""Sequences of follow-ups: what policies count their steps from (design, section 3)."""

from __future__ import annotations

from msgspec import Struct

from followup.domain.events import FollowUp, Interview, Promise, Reply
from followup.domain.step import StepKind
from followup.domain.timeline import Timeline


class Pursuit(Struct, frozen=True, kw_only=True):
    """A sequence under way: its messages, and the fact from which the next one counts.

    It begins with the first message after an interview. A reply ends it; a later promise or
    message takes it up again. The message that begins a sequence is no check-in, but after a
    promise that took it up every message is one: ``check_ins`` says how many were sent.
    """

    sent: tuple[FollowUp, ...]
    anchor: FollowUp | Promise
    check_ins: int

    @classmethod
    def of(cls, timeline: Timeline) -> Pursuit | None:
        """Return the sequence that is under way on a timeline, if there is one."""
        if not (timeline.sent or timeline.promise):
            return None
        start: Interview | Reply | None = None
        promise: Promise | None = None
        sent: list[FollowUp] = []
        for event in timeline.events:
            match event:
                case Interview(cancelled=False) | Reply():
                    start, promise = event, None
                    sent.clear()
                case Promise() if isinstance(start, Reply) and not sent:
                    promise = event
                case FollowUp(failed=False):
                    sent.append(event)
                case _:
                    pass
        if start is None or not (sent or promise):
            return None
        anchors = [fact for fact in (promise, *sent) if fact]
        return cls(sent=tuple(sent), anchor=anchors[-1], check_ins=len(anchors) - 1)

    @property
    def has_called_last(self) -> bool:
        """Whether the last call was among the messages."""
        return any(message.step is StepKind.LAST_CALL for message in self.sent)
