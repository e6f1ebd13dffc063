"""What hearing a mail brings: facts for the timeline, something to ask, or nothing."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.events import AnyEvent, FollowUp, Note, Outcome, OutcomeKind, Reply
from followup.domain.mailbox import Suggestion
from followup.domain.text import clean, clean_page
from followup.mail import bounces
from followup.mail.classifying import Judgement, Kind
from followup.mail.letters import Mail
from followup.mail.matching import Match

EXCERPT = 2_000
"""Characters of an answer that stand on the timeline."""

_NOTED = 300  # characters of an automatic answer


class Heard(Struct, frozen=True, kw_only=True):
    """A mail that was listened to: what it is, and which application it may be about."""

    mail: Mail
    judgement: Judgement
    match: Match

    @property
    def kind(self) -> Kind:
        """What the mail is."""
        return self.judgement.kind

    @property
    def sender(self) -> str:
        """Who wrote it, in one line."""
        sender = self.mail.sender
        return clean(f"{sender.name} <{sender.email}>" if sender.name else sender.email)


class Effect(Struct, frozen=True, kw_only=True):
    """What a mail does: ``events`` go on a timeline, ``came_back`` counts as failed there.

    ``said`` tells it in words; ``suggestion`` is what the user is to be asked.
    """

    said: str
    events: tuple[AnyEvent, ...] = ()
    came_back: FollowUp | None = None
    suggestion: Suggestion | None = None


def effect_of(heard: Heard, now: datetime, zone: str) -> Effect:
    """Return what a mail with a match does; what is not sure is only suggested."""
    match = heard.match
    facts = _facts(heard, now, zone)
    if match.sure:
        return facts
    if not (heard.kind.is_answer or heard.kind is Kind.BOUNCE):
        return Effect(said="nothing changes")
    closing = facts.suggestion
    return Effect(
        said="to be confirmed",
        suggestion=_suggestion(
            heard,
            now,
            question="a mail that came back" if facts.came_back else _question(heard.kind),
            events=(*facts.events, *(closing.events if closing else ())),
            came_back=facts.came_back,
        ),
    )


def _facts(heard: Heard, now: datetime, zone: str) -> Effect:
    """Return what a mail does that is known to be about an application."""
    mail, at = heard.mail, _moment(heard, now)
    if heard.kind.is_answer:
        text = clean_page(mail.text, limit=EXCERPT) or mail.subject
        reply = Reply(at=at, zone=zone, text=text, message_id=mail.message_id)
        return Effect(
            said="the ball is with you", events=(reply,), suggestion=_offer(heard, now, at, zone)
        )
    match heard.kind:
        case Kind.BOUNCE:
            return _came_back(heard, at, zone)
        case Kind.AUTO_REPLY:
            told = clean(mail.text or mail.subject, limit=_NOTED)
            note = Note(at=at, zone=zone, text=f"Automatic reply from {heard.sender}: {told}")
            return Effect(said="noted, nothing stops", events=(note,))
        case Kind.ACKNOWLEDGMENT:
            note = Note(at=at, zone=zone, text=f"They confirmed your application: {mail.subject}")
            return Effect(said="noted", events=(note,))
        case Kind.DELAYED:
            return Effect(said=f"your message is late, they keep trying: {heard.judgement.why}")
        case _:
            return Effect(said="nothing changes")


def _moment(heard: Heard, now: datetime) -> datetime:
    """Return when a mail counts: never before the message that it answers."""
    at = min(heard.mail.at or now, now)
    message = heard.match.message
    return max(at, min(message.at, now)) if message else at


def _came_back(heard: Heard, at: datetime, zone: str) -> Effect:
    message = heard.match.message
    if message is None:
        return Effect(said="it came back, but none of your messages is known to be it")
    if message.failed:
        return Effect(said="known to have failed already")
    delivery = bounces.bounce_in(heard.mail)
    reason = clean((delivery and (delivery.reason or delivery.status)) or "no reason given")
    return Effect(
        said=f"your message did not arrive: {reason}",
        came_back=message,
        events=(Note(at=at, zone=zone, text=f"Your message came back: {reason}"),),
    )


def _offer(heard: Heard, now: datetime, at: datetime, zone: str) -> Suggestion | None:
    """Return what an answer makes likely beyond being one."""
    if heard.kind is Kind.REJECTION:
        over = Outcome(at=at, zone=zone, result=OutcomeKind.REJECTED)
        return _suggestion(heard, now, question=_question(heard.kind), events=(over,))
    if heard.kind is Kind.INVITATION:
        return _suggestion(heard, now, question=_question(heard.kind))
    return None


def _question(kind: Kind) -> str:
    return {
        Kind.REJECTION: "a rejection",
        Kind.INVITATION: "an interview",
    }.get(kind, "a reply")


def _suggestion(
    heard: Heard,
    now: datetime,
    *,
    question: str,
    events: tuple[AnyEvent, ...] = (),
    came_back: FollowUp | None = None,
) -> Suggestion:
    mail = heard.mail
    return Suggestion(
        identity=mail.identity,
        kind=str(heard.kind),
        question=question,
        sender=heard.sender,
        subject=mail.subject,
        excerpt=clean_page(mail.text, limit=EXCERPT),
        at=_moment(heard, now),
        applications=heard.match.applications,
        events=events,
        came_back=came_back,
        is_invitation=heard.kind is Kind.INVITATION,
        closes=any(isinstance(event, Outcome) for event in events),
        calendar=mail.calendar,
    )


def applied(
    application: Application, events: tuple[AnyEvent, ...], came_back: FollowUp | None
) -> Application:
    """Return an application with facts that were heard, each of them once."""
    known = {event.message_id for event in application.events if isinstance(event, Reply)} - {""}
    new = [
        event
        for event in events
        if event not in application.events
        and not (isinstance(event, Reply) and event.message_id in known)
    ]
    standing = tuple(
        replace(event, failed=True) if came_back and _is_same(event, came_back) else event
        for event in application.events
    )
    return replace(application, events=(*standing, *new))


def _is_same(event: AnyEvent, message: FollowUp) -> bool:
    if message.message_id and isinstance(event, FollowUp):
        return event.message_id == message.message_id
    return event == message
