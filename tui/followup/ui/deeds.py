"""What the keys of the board ask for, and what comes of the answer: one deed per key.

Dialogs ask and return values of the domain; deeds hand these to the tracker.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from msgspec import Struct
from textual.screen import Screen

from followup.domain.application import Application
from followup.domain.board import Card
from followup.domain.events import AnyEvent, Snooze
from followup.tracker import Tracker

Drafts = dict[int, Any]  # messages that are not sent yet, by application


class Deed(Struct, frozen=True):
    """A dialog about a card, as ``module:class``, and what to do with its answer.

    ``given`` is what the dialog is made with. ``do`` changes the store and so runs off the
    thread of the screen.
    """

    dialog: str
    do: Callable[[Tracker, Card, Any], object]
    given: Callable[[Card, Tracker, Drafts], tuple[Any, ...]] = lambda card, tracker, _: (
        card,
        tracker,
    )


def dialog(name: str) -> Callable[..., Screen[Any]]:
    """Return the class of a dialog: ``reply:ReplyScreen``.

    It is imported when it is first opened; the board starts sooner without its dialogs.
    """
    module, _, attribute = name.partition(":")
    found: Callable[..., Screen[Any]] = getattr(
        import_module(f"followup.ui.screens.{module}"), attribute
    )
    return found


def _follow_up(tracker: Tracker, card: Card, sent: Any) -> None:
    if isinstance(sent, Snooze):
        tracker.log(card.id, sent)
        return
    tracker.sending.log(
        card.id,
        sent.message,
        channel=sent.channel,
        step=sent.step,
        override=sent.override,
        receipt=sent.receipt,
    )


def _store_edit(tracker: Tracker, card: Card, edited: Application) -> None:
    # What others changed while the dialog stood open stays, field by field.
    tracker.edit(edited, card.application)


def _log(tracker: Tracker, card: Card, event: AnyEvent) -> None:
    tracker.log(card.id, event)


def _removal(card: Card, _tracker: Tracker, _drafts: Drafts) -> tuple[str, str]:
    application = card.application
    question = f"Remove {application.company}, {application.role}?"
    return question, "With its timeline; undo brings it back."


def _remove(tracker: Tracker, card: Card, _confirmed: bool) -> None:
    tracker.remove(card.id)


DEEDS = {
    "compose": Deed("compose:ComposeScreen", _follow_up, lambda *given: given),
    "edit": Deed("application_form:EditScreen", _store_edit),
    "interview": Deed("interview:InterviewScreen", _log),
    "promise": Deed("promise:PromiseScreen", _log),
    "reply": Deed("reply:ReplyScreen", _log),
    "outcome": Deed("outcome:OutcomeScreen", _log),
    "snooze": Deed("snooze:SnoozeScreen", _log),
    "note": Deed("note:NoteScreen", _log),
    "remove": Deed("confirm:ConfirmScreen", _remove, _removal),
}
