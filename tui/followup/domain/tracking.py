"""The tracker as plugins and scripts see it (design, sections 1 and 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.board import Board, Card
from followup.domain.events import AnyEvent
from followup.domain.message import Message, Verdict
from followup.domain.stage import Stage
from followup.domain.step import StepKind


class Draft(Struct, frozen=True, kw_only=True):
    """A message to begin with: filled from a template, for one step over one channel."""

    message: Message
    step: StepKind
    channel: str
    template: str = ""


class Tracker(Protocol):
    """What a script can ask and do.

    What it changes is stored before the call returns, and is undone like any other change.
    Methods raise ``InputError`` or ``RefusedError`` for what cannot be done.
    """

    @property
    def zone(self) -> str:
        """The user's IANA zone name."""
        ...

    def now(self) -> datetime:
        """Return the present instant of the tracker's clock, in UTC."""
        ...

    def board(self, at: datetime | None = None) -> Board:
        """Return the board as it is now, or as the clock will make it at another instant."""
        ...

    def list(
        self, *, stages: Sequence[Stage] = (), tag: str = "", search: str = ""
    ) -> tuple[Card, ...]:
        """Return the cards of these stages (none: of all), with a tag, that match a text."""
        ...

    def card(self, application_id: int, at: datetime | None = None) -> Card:
        """Return an application and where it stands now, or at another instant."""
        ...

    def add(self, application: Application) -> Application:
        """Store a new application and return it with its id."""
        ...

    def edit(self, edited: Application) -> Application:
        """Store what was edited of an application, and return it as it is then."""
        ...

    def log(self, application_id: int, event: AnyEvent) -> Application:
        """Put a fact on a timeline and return the application."""
        ...

    def draft(
        self,
        application_id: int,
        *,
        channel: str | None = None,
        step: StepKind | None = None,
        variant: int = 0,
        language: str = "",
    ) -> Draft:
        """Return a message to begin with, for the next step unless another is named.

        ``variant`` counts through the templates that fit, round and round; ``language`` is
        an ISO 639-1 code, by default the user's.
        """
        ...

    def check(
        self,
        application_id: int,
        message: Message,
        *,
        channel: str,
        step: StepKind | None = None,
    ) -> tuple[Verdict, ...]:
        """Return what the rules say of a message for this application, blocks first."""
        ...
