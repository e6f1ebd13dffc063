"""What the program asks the plugins' process, and what that says in return.

Both ends send msgspec structures as MessagePack. What comes back is decoded strictly by its
type, so nothing but what was asked for passes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

import msgspec
from msgspec import Struct

from followup.domain.application import Application, Contact
from followup.domain.board import Board, Card
from followup.domain.exchange import ImportOptions
from followup.domain.message import Message
from followup.domain.step import Step
from followup.domain.timeline import Timeline
from followup.extensions.discovery import Found
from followup.extensions.faults import Fault
from followup.extensions.happenings import Happening, Place
from followup.extensions.things import (
    ChannelFacts,
    Facts,
    PolicyFacts,
    RuleFacts,
    TemplateFacts,
    TitledFacts,
)


class Request(Struct, frozen=True, kw_only=True, tag=True):
    """The base of all requests.

    ``needs_own_process`` marks jobs that may take long: each has a process of its own, which
    can be ended without hurting anything else.
    """

    needs_own_process: ClassVar[bool] = False


class Load(Request, frozen=True, kw_only=True):
    """Load plugins and say what they give: a ``Manifest``. Always the first request."""

    plugins: tuple[Found, ...]


class Settle(Request, frozen=True, kw_only=True):
    """Check a table of settings; nothing is returned."""

    kind: Literal["policies", "channels"]
    name: str
    table: dict[str, Any]


class Foresee(Request, frozen=True, kw_only=True):
    """Ask a policy for the steps of several timelines; none for those on which it failed."""

    policy: str
    timelines: tuple[Timeline, ...]
    table: dict[str, Any]
    zone: str


class Review(Request, frozen=True, kw_only=True):
    """Ask a rule for its verdicts; the channel is named."""

    rule: str
    message: Message
    application: Application | None
    step: Step | None
    channel: str | None
    now: datetime
    others: tuple[Application, ...] = ()


class ShowBadge(Request, frozen=True, kw_only=True):
    """Ask a badge for its text."""

    badge: str
    card: Card
    now: datetime


class Sniff(Request, frozen=True, kw_only=True):
    """Ask an importer how sure it is of a file that begins so."""

    importer: str
    head: bytes


class Read(Request, frozen=True, kw_only=True):
    """Have an importer read a file of this content."""

    needs_own_process: ClassVar[bool] = True

    importer: str
    content: bytes
    options: ImportOptions


class WriteOut(Request, frozen=True, kw_only=True):
    """Have an exporter write a board; returns the bytes of the file."""

    needs_own_process: ClassVar[bool] = True

    exporter: str
    board: Board
    zone: str


class Run(Request, frozen=True, kw_only=True):
    """Run a command; returns ``Ran``."""

    needs_own_process: ClassVar[bool] = True

    command: str
    place: Place


class Terms(Request, frozen=True, kw_only=True):
    """Ask a channel what holds with these settings; returns ``ChannelTerms``."""

    channel: str
    table: dict[str, Any]


class ChannelTerms(Struct, frozen=True, kw_only=True):
    """What a channel says of itself: see ``SendingChannel`` and its like."""

    sends: bool
    asks: str
    domain: str


class Compose(Request, frozen=True, kw_only=True):
    """Have a channel show what it would send; returns bytes."""

    channel: str
    message: Message
    contact: Contact
    table: dict[str, Any]


class Send(Request, frozen=True, kw_only=True):
    """Have a channel send a message; returns the receipt.

    ``plugin`` is the one that has to be loaded for it, none where that ships in the box.
    ``secret`` is what the user typed for it.
    """

    needs_own_process: ClassVar[bool] = True

    channel: str
    message: Message
    contact: Contact
    table: dict[str, Any]
    plugin: str = ""
    secret: str = ""

    def __repr__(self) -> str:
        """Return what it is about, without the secret."""
        return f"Send(channel={self.channel!r})"


class Tell(Request, frozen=True, kw_only=True):
    """Tell all plugins what has happened; returns what they made happen by that."""

    happening: Happening
    place: Place


AnyRequest = (
    Load
    | Settle
    | Foresee
    | Review
    | ShowBadge
    | Sniff
    | Read
    | WriteOut
    | Run
    | Terms
    | Compose
    | Send
    | Tell
)


class Loaded(Struct, frozen=True, kw_only=True):
    """A plugin that was loaded, and the hooks that it implements."""

    name: str
    hooks: tuple[str, ...]


class Manifest(Struct, frozen=True, kw_only=True):
    """What the plugins give, by kind, each with the plugin that gave it."""

    plugins: tuple[Loaded, ...] = ()
    channels: tuple[tuple[str, ChannelFacts], ...] = ()
    policies: tuple[tuple[str, PolicyFacts], ...] = ()
    rules: tuple[tuple[str, RuleFacts], ...] = ()
    templates: tuple[tuple[str, TemplateFacts], ...] = ()
    importers: tuple[tuple[str, TitledFacts], ...] = ()
    exporters: tuple[tuple[str, TitledFacts], ...] = ()
    commands: tuple[tuple[str, TitledFacts], ...] = ()
    badges: tuple[tuple[str, Facts], ...] = ()


class Began(Struct, frozen=True, kw_only=True, tag=True):
    """A plugin is called now, and has so many seconds."""

    plugin: str
    version: str
    phase: str
    seconds: float


class Misbehaved(Struct, frozen=True, kw_only=True, tag=True):
    """A plugin did something wrong; the request goes on."""

    fault: Fault


class Answered(Struct, frozen=True, kw_only=True, tag=True):
    """The answer to a request, encoded."""

    value: msgspec.Raw


class Refused(Struct, frozen=True, kw_only=True, tag=True):
    """A plugin refused, as it may: the name of the error, and a line for the user."""

    error: str
    text: str


class Failed(Struct, frozen=True, kw_only=True, tag=True):
    """A plugin failed with what it was asked for."""

    fault: Fault


Reply = Began | Misbehaved | Answered | Refused | Failed
