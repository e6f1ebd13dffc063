"""What the keys of the board ask for about several cards: once, and written as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.board import Card
from followup.domain.events import AnyEvent
from followup.domain.stage import Stage
from followup.tracker import Tracker

Cards = Sequence[Card]


class Retagging(Struct, frozen=True):
    """Tags to put on applications, and tags to take off them."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def of(self, application: Application) -> Application:
        """Return an application with its tags changed."""
        kept = (tag for tag in application.tags if tag not in self.removed)
        return replace(application, tags=tuple(dict.fromkeys((*kept, *self.added))))


class PolicyChoice(Struct, frozen=True):
    """The name of a policy, empty for the usual one."""

    name: str


class DeedForAll(Struct, frozen=True):
    """A dialog about several cards, as ``module:class``, and what to do with its answer.

    ``given`` is what the dialog is made with. ``do`` changes the store and so runs off the
    thread of the screen.
    """

    dialog: str
    do: Callable[[Tracker, Sequence[int], Any], object]
    given: Callable[[Cards, Tracker], tuple[Any, ...]] = lambda cards, tracker: (
        as_one(cards),
        tracker,
    )


def as_one(cards: Cards) -> Card:
    """Return a card that stands for several where a dialog says what it is about.

    It is closed where all of them are.
    """
    first = cards[0]
    if len(cards) == 1:
        return first
    names = ", ".join(dict.fromkeys(card.application.company for card in cards))
    are_closed = all(card.stage is Stage.CLOSED for card in cards)
    stage = Stage.CLOSED if are_closed else Stage.APPLIED
    return Card(
        Application(company=f"{len(cards)} applications", role=names),
        replace(first.standing, stage=stage),
    )


def _log(tracker: Tracker, ids: Sequence[int], event: AnyEvent) -> None:
    tracker.log_all(ids, event)


def _retag(tracker: Tracker, ids: Sequence[int], tags: Retagging) -> None:
    tracker.revise_all(ids, tags.of)


def _tags(cards: Cards, _tracker: Tracker) -> tuple[Card, list[str]]:
    return as_one(cards), sorted(set(chain.from_iterable(card.application.tags for card in cards)))


def _pursue(tracker: Tracker, ids: Sequence[int], choice: PolicyChoice) -> None:
    tracker.revise_all(ids, lambda application: replace(application, policy=choice.name))


def _removal(cards: Cards, _tracker: Tracker) -> tuple[str, str]:
    companies = ", ".join(dict.fromkeys(card.application.company for card in cards))
    return f"Remove {len(cards)} applications?", f"{companies}. One undo brings them back."


def _remove(tracker: Tracker, ids: Sequence[int], _confirmed: bool) -> None:
    tracker.remove_all(ids)


DEEDS_FOR_ALL = {
    "interview": DeedForAll("interview:InterviewScreen", _log),
    "promise": DeedForAll("promise:PromiseScreen", _log),
    "reply": DeedForAll("reply:ReplyScreen", _log),
    "outcome": DeedForAll("outcome:OutcomeScreen", _log),
    "snooze": DeedForAll("snooze:SnoozeScreen", _log),
    "note": DeedForAll("note:NoteScreen", _log),
    "tag": DeedForAll("tags:TagsScreen", _retag, _tags),
    "policy": DeedForAll("policy:PolicyScreen", _pursue),
    "remove": DeedForAll("confirm:ConfirmScreen", _remove, _removal),
}
