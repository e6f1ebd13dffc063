"""The outbox of a store: what is being sent, and what became of it (design, section 9)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from followup.announcing import Announcer
from followup.domain.application import Application
from followup.domain.board import Card
from followup.domain.channel import Receipt
from followup.domain.clock import Clock
from followup.domain.errors import RefusedError, UnknownApplicationError
from followup.domain.events import FollowUp
from followup.domain.outbox import KEPT, Intent, State
from followup.store.changes import Changes
from followup.store.drafts import DraftFolder
from followup.store.errors import StoreError
from followup.store.repository import Repository


class Parts(Struct, frozen=True, kw_only=True):
    """The parts of a tracker that a message passes through.

    ``changing`` collects a change under the words that the history has for it.
    """

    repository: Repository
    clock: Clock
    drafts: DraftFolder
    announcer: Announcer
    changing: Callable[[str], AbstractContextManager[Changes]]
    card_of: Callable[[Application], Card]

    def application(self, application_id: int) -> Application:
        """Return an application; raise ``UnknownApplicationError`` where there is none."""
        application = self.repository.get(application_id)
        if application is None:
            raise UnknownApplicationError(application_id)
        return application


class Outbox:
    """Messages that were begun: whether they went is told once, and stored with the fact."""

    def __init__(self, parts: Parts) -> None:
        """Take the parts of a tracker."""
        self._parts = parts

    def unconfirmed(self) -> Mapping[int, Intent]:
        """Return the messages of which nobody knows whether they went, by application.

        Those that are being sent right now, by whatever process, are not among them.
        """
        doubtful = (intent for intent in self._parts.repository.outbox().values() if intent.is_open)
        return {
            intent.application_id: intent for intent in doubtful if not self._is_under_way(intent)
        }

    def doubts(self) -> Mapping[int, datetime]:
        """Return when each of the ``unconfirmed`` was begun (UTC), by application."""
        return {id_: intent.at for id_, intent in self.unconfirmed().items()}

    def failed(self, application_id: int) -> Intent | None:
        """Return the last message of an application where that could not be sent.

        It is news for a day, or until another one went.
        """
        outbox = self._parts.repository.outbox().values()
        theirs = (intent for intent in outbox if intent.application_id == application_id)
        newest = max(theirs, key=lambda intent: intent.id, default=None)
        if newest is None or newest.state is not State.FAILED:
            return None
        application = self._parts.repository.get(application_id)
        events = application.events if application else ()
        last = max((event.at for event in events if isinstance(event, FollowUp)), default=newest.at)
        is_old = last > newest.at or self._parts.clock.now() - newest.at > KEPT
        return None if is_old else newest

    def settle(self, application_id: int, *, went: bool) -> Intent:
        """Settle a message that is unconfirmed as the user says, and return its intent.

        One that went is put on the timeline when it was begun; of one that did not, the text
        is a draft again. Raises ``RefusedError`` where nothing is unconfirmed.
        """
        intent = self.unconfirmed().get(application_id)
        if intent is None:
            self.refuse_under_way(application_id)
            raise RefusedError("no message is unconfirmed there: `followup due` lists those")
        if not went and self._parts.drafts.get(application_id) is None:
            self._parts.drafts.put(application_id, intent.draft)
        if went:
            self.close(intent, State.SENT, "you said that it went")
        else:
            self.close(intent, State.FAILED, "you said that it did not go")
        return intent

    def confirm(self, message_id: str) -> Intent | None:
        """Settle the unconfirmed message of this Message-ID as one that went.

        For whoever finds it where only what was sent can be: in the Sent folder, in an answer
        to it, in a bounce of it. ``message_id`` is in angle brackets. Returns none, and does
        nothing, where no such message is unconfirmed; call it as often as you like.
        """
        for intent in self.unconfirmed().values():
            if message_id and intent.message.thread.message_id == message_id:
                self.close(intent, State.SENT, "found among the messages that were sent")
                return intent
        return None

    def refuse_under_way(self, application_id: int) -> None:
        """Raise ``RefusedError`` where a message of an application is being sent right now."""
        for intent in self._parts.repository.outbox().values():
            if intent.application_id == application_id and self._is_under_way(intent):
                raise RefusedError("a message is on its way there: wait for what becomes of it")

    def _is_under_way(self, intent: Intent) -> bool:
        """Tell whether a process is about to learn what becomes of a message."""
        if intent.state is not State.BEGUN or self._parts.clock.now() >= intent.until:
            return False
        return is_running(intent.process)

    def close(
        self, intent: Intent, state: State, told: str = "", receipt: Receipt | None = None
    ) -> None:
        """Store what became of a message, in one step with the fact that it was sent.

        What was settled before stays, but for a message that went although somebody said
        that it did not. Raises ``StoreError`` where nothing can be stored.
        """
        application = None
        try:
            with self._parts.changing(self.words(intent.application_id)) as changes:
                known = changes.outbox().get(intent.id, intent)
                went = state is State.SENT
                if known.state is State.SENT or not (went or known.is_open):
                    return
                content = intent.content if state in {State.UNCONFIRMED, State.FAILED} else ""
                closed = replace(intent, state=state, told=told, content=content)
                changes.settle(intent.id, closed)
                if went:
                    application = self.log(changes, intent.application_id, intent.follow_up)
        except StoreError as fault:
            if state is State.SENT:
                raise StoreError(f"the message went out, but that is not stored: {fault}") from None
            raise
        if application:
            sent = receipt or Receipt(detail=told, sent=True)
            self._parts.announcer.note_sent(application, intent.message, sent)

    def log(self, changes: Changes, id: int, sent: FollowUp) -> Application | None:  # noqa: A002
        """Put a message on a timeline, and return its application where that is still there."""
        current = changes.get(id)
        if current is None:
            return None
        step = sent.step or self._parts.card_of(current).standing.sent_as(sent)
        changes.replace(current.with_event(replace(sent, step=step)))
        return changes.get(id)

    def words(self, application_id: int) -> str:
        """Return how a message to an application is called in the history."""
        application = self._parts.repository.get(application_id)
        company = application.company if application else "somebody who was removed"
        return f"log follow-up for {company}"


def is_running(process: int) -> bool:
    """Tell whether a process of this number runs; where nobody can tell, it may."""
    if os.name != "posix":  # elsewhere the question would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
