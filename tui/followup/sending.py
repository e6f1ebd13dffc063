"""Sending messages, each of them once at most (design, section 9)."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from followup.correspondence import Correspondence, Errand
from followup.domain import threads
from followup.domain.application import Application, Contact
from followup.domain.channel import Receipt, composed, domain_of
from followup.domain.errors import (
    FollowupError,
    RefusedError,
    UnconfirmedError,
    UnknownApplicationError,
)
from followup.domain.etiquette import is_blocked
from followup.domain.events import FollowUp, newest_ahead
from followup.domain.message import Message, Thread
from followup.domain.outbox import LEAST_APART, Intent, State, last_written_to, outdated
from followup.domain.secret import Secret
from followup.domain.step import StepKind
from followup.domain.telling import told_moment
from followup.outbox import Outbox, Parts
from followup.store.changes import Changes
from followup.store.errors import StoreError

LONGEST = timedelta(minutes=2)
"""How long a message can be on its way: its process is ended long before that."""

ATTEMPTS = 5
"""How often a message is judged anew because its application changed meanwhile."""


class Delivery(Struct, frozen=True, kw_only=True):
    """A message as its channel got it, and what that said.

    Where the receipt is not ``sent``, it says what is left to do and to ask the user.
    """

    message: Message
    receipt: Receipt


class Sending:
    """Gives messages to channels: stored before they are sent, settled after, never twice."""

    def __init__(self, parts: Parts, correspondence: Correspondence, outbox: Outbox) -> None:
        """Take the parts of a tracker, the channels, and where what is sent is written down."""
        self._parts = parts
        self._correspondence = correspondence
        self._outbox = outbox
        self._secrets: dict[str, Secret] = {}

    def sends(self, channel: str) -> bool:
        """Tell whether a channel sends by itself as it is set up; else it hands off."""
        return self._correspondence.sends(channel)

    def asks(self, channel: str) -> str:
        """Return what a channel wants typed before it sends, such as a password, or nothing.

        What was typed once is known for as long as the program runs.
        """
        return "" if channel in self._secrets else self._correspondence.asks(channel)

    def send(
        self,
        application_id: int,
        message: Message,
        *,
        channel: str,
        step: StepKind | None = None,
        override: str = "",
        secret: Secret | None = None,
        shown: Contact | None = None,
    ) -> Delivery:
        """Have a channel send a message, or prepare its hand-off.

        What was sent is on the timeline then. ``override`` is the reason for which verdicts
        that block it were overridden, ``secret`` what the channel ``asks`` for, ``shown``
        whom the user agreed to: it goes to nobody else. Call it off the thread of the screen.
        Raises ``RefusedError`` and ``InputError`` where it must not or cannot go out,
        ``DeliveryError`` where its channel could not send it, and ``UnconfirmedError`` where
        nobody knows.
        """
        for _ in range(ATTEMPTS):
            self._parts.repository.refresh()
            application = self._parts.application(application_id)
            errand = self._correspondence.errand(application, message, channel)
            if shown not in {None, errand.contact}:
                raise RefusedError(
                    f"the contact at {application.company} was changed meanwhile: look again"
                )
            self._judge(application, message, errand, step, override)
            intent = self._intent(application, message, errand)
            intent = replace(intent, step=step or intent.step, override=override)
            begun = self._begin(application, intent, errand)
            if begun:
                return self._with_secret(begun, errand, secret)
        raise RefusedError(f"{application.company} keeps being changed by others: try again")

    def log(
        self,
        application_id: int,
        message: Message,
        *,
        channel: str,
        step: StepKind | None = None,
        override: str = "",
        receipt: Receipt | None = None,
    ) -> Application:
        """Put a message on the timeline of which the user says that it went, now.

        ``override`` is the reason for which a blocking verdict was overridden, ``receipt``
        is what the channel returned.
        """
        sent = FollowUp(
            at=self._parts.clock.now(),
            zone=self._parts.clock.zone,
            text=message.body,
            subject=message.subject,
            channel=channel,
            step=step,
            override=override,
            message_id=message.thread.message_id,
        )
        with self._parts.changing(self._outbox.words(application_id)) as changes:
            application = self._outbox.log(changes, application_id, sent)
        if application is None:
            raise UnknownApplicationError(application_id)
        receipt = receipt or Receipt(detail="sent", sent=True)
        self._parts.announcer.note_sent(application, message, receipt)
        return application

    def stop(self) -> None:
        """End whatever is being sent at once; it is unconfirmed then."""
        self._correspondence.stop_sending()

    # Before

    def _judge(
        self,
        application: Application,
        message: Message,
        errand: Errand,
        step: StepKind | None,
        override: str,
    ) -> None:
        """Refuse what a rule blocks, unless there is a reason to go against it."""
        if override.strip():
            return
        card = self._parts.card_of(application)
        verdicts = self._correspondence.check(card, message, errand.channel.name, step)
        if is_blocked(verdicts):
            said = f"{verdicts[0].code}: {verdicts[0].message}".rstrip(".")
            raise RefusedError(f"{said}; give a reason to send it all the same")

    def _begin(self, judged: Application, intent: Intent, errand: Errand) -> Intent | None:
        """Store that a message is to be sent, where nothing speaks against it.

        One that is handed off is only looked at. Returns none where the application is not
        as it was judged any more.
        """
        with self._parts.changing(self._outbox.words(judged.id)) as changes:
            if changes.get(judged.id) != judged:
                return None
            self._refuse_unsafe(judged, changes)
            if errand.hands_off:
                return intent
            intents = changes.outbox()
            posted = changes.post(intent)
            failed = (
                one.id
                for one in intents.values()
                if one.application_id == judged.id and one.state is State.FAILED
            )
            for id_ in (*outdated(intents.values(), intent.at), *failed):
                changes.settle(id_, None)
        return posted

    def _intent(self, application: Application, message: Message, errand: Errand) -> Intent:
        """Return the intent to send a message now, in its thread, with every byte of it."""
        now = self._parts.clock.now()
        standing = self._parts.card_of(application).standing
        letters = threads.conversation(standing.timeline, now)
        domain = domain_of(errand.channel, errand.settings)
        thread = Thread(
            message_id=threads.message_id(os.urandom(16).hex(), domain),
            references=letters.references,
            at=now,
        )
        message = replace(message, thread=thread)
        content = b""
        if not errand.hands_off:
            content = composed(errand.channel, message, errand.contact, errand.settings)
        intent = Intent(
            application_id=application.id,
            message=message,
            channel=errand.channel.name,
            contact=errand.contact,
            content=content.decode("latin-1"),
            at=now,
            until=now + LONGEST,
            process=os.getpid(),
            zone=self._parts.clock.zone,
        )
        return replace(intent, step=standing.sent_as(intent.follow_up))

    def _refuse_unsafe(self, application: Application, changes: Changes) -> None:
        """Refuse a message that could be one too many, or would be dated wrongly."""
        now, zone = self._parts.clock.now(), self._parts.clock.zone
        applications, intents = changes.applications(), changes.outbox().values()
        self._outbox.refuse_under_way(application.id)
        if any(one.is_open and one.application_id == application.id for one in intents):
            raise RefusedError(
                f"nobody knows whether the last message to {application.company} went out:"
                f" look, then `followup send {application.id} --went` or `--did-not-go`"
            )
        moments = chain(
            [newest_ahead(chain.from_iterable(one.events for one in applications), now)],
            (one.at for one in intents),
        )
        ahead = max((moment for moment in moments if moment and moment > now), default=None)
        if ahead:
            raise RefusedError(
                f"the clock stands before the newest recorded fact, {told_moment(ahead, zone)}:"
                " put it right, for nothing is sent until then"
            )
        last = last_written_to(application, applications, intents, now)
        if last:
            wait = max(1, round((LEAST_APART - abs(now - last)).total_seconds()))
            whom = (application.contact and application.contact.name) or application.company
            raise RefusedError(
                f"something went to {whom} less than a minute ago: wait {wait} s, then send it"
            )

    # After

    def _with_secret(self, intent: Intent, errand: Errand, typed: Secret | None) -> Delivery:
        """Have the message sent with what was typed, which is forgotten where that fails."""
        secret = typed or self._secrets.pop(intent.channel, None)
        delivery = self._carry_out(intent, errand, secret)
        if secret:
            self._secrets[intent.channel] = secret
        return delivery

    def _carry_out(self, intent: Intent, errand: Errand, secret: Secret | None) -> Delivery:
        """Have the message sent, and store what became of it."""
        if errand.hands_off:
            receipt = self._correspondence.send(errand, intent.message, secret)
            return Delivery(message=intent.message, receipt=receipt)
        try:
            receipt = self._correspondence.send(errand, intent.message, secret)
        except UnconfirmedError as fault:
            self._outbox.close(intent, State.UNCONFIRMED, str(fault))
            raise
        except FollowupError as fault:
            self._outbox.close(intent, State.FAILED, str(fault))
            raise
        except BaseException:
            # Whatever it was, it may have come too late to keep the message from going out.
            self._outbox.close(intent, State.UNCONFIRMED)
            raise
        if receipt.sent:
            self._outbox.close(intent, State.SENT, receipt.detail, receipt)
            self._forget_draft(intent)
        else:
            # It hands off after all, although it did not say so.
            self._outbox.close(intent, State.HANDED_OFF)
        return Delivery(message=intent.message, receipt=receipt)

    def _forget_draft(self, intent: Intent) -> None:
        draft = self._parts.drafts.get(intent.application_id)
        if draft and draft.message.body == intent.message.body:
            with suppress(StoreError):  # it went out: an old draft is no reason to say otherwise
                self._parts.drafts.drop(intent.application_id)
