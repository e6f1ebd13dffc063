"""Things of plugins that run elsewhere, as the program uses them: each asks across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime
from functools import partial
from types import NoneType
from typing import Any, BinaryIO, Literal

import msgspec

from followup.domain.application import Application, Contact
from followup.domain.board import Board, Card
from followup.domain.channel import Channel, Receipt
from followup.domain.errors import FollowupError
from followup.domain.exchange import ImportOptions, ImportReading
from followup.domain.message import Message, Verdict
from followup.domain.secret import Secret
from followup.domain.settings import Settings
from followup.domain.step import Step
from followup.domain.timeline import Timeline
from followup.extensions.faults import Fault, PluginFailedError
from followup.extensions.happenings import Place, Ran
from followup.extensions.host import Outside
from followup.extensions.isolation.requests import (
    ChannelTerms,
    Compose,
    Foresee,
    Manifest,
    Read,
    Review,
    Run,
    Send,
    Settle,
    ShowBadge,
    Sniff,
    Terms,
    WriteOut,
)
from followup.extensions.isolation.sender import delivered
from followup.extensions.things import (
    ChannelFacts,
    Facts,
    KindName,
    PolicyFacts,
    RuleFacts,
    TitledFacts,
)

MOST_BYTES = 256 * 1024 * 1024
"""The longest file that is handed to an importer."""


def things_of(manifest: Manifest, kind: KindName, outside: Outside) -> dict[str, Any]:
    """Return what the plugins outside give of a kind, by name."""
    given = getattr(manifest, kind)
    if kind == "channels":
        return {facts.name: OutsideChannel(facts, outside, plugin) for plugin, facts in given}
    proxy = _PROXIES[kind]
    return {facts.name: proxy(facts, outside) for _, facts in given}


class OutsideChannel:
    """A channel that sends in a process of its own."""

    def __init__(self, facts: ChannelFacts, outside: Outside, plugin: str) -> None:
        """Take what is known of the channel, and the plugin that gave it."""
        self.name = facts.name
        self.title = facts.title
        self.needs = facts.needs
        self.delivers_within = facts.delivers_within
        self.can_reply = facts.can_reply
        self.limit = facts.limit
        self.requires = facts.requires
        self.settings_type = _settings_type("channels", facts, outside)
        self._outside = outside
        self._plugin = plugin

    def sends(self, settings: Settings) -> bool:
        """Tell whether it sends by itself."""
        return self._terms(settings).sends

    def asks(self, settings: Settings) -> str:
        """Return what the user has to type before it sends."""
        return self._terms(settings).asks

    def domain(self, settings: Settings) -> str:
        """Return the domain that names its messages."""
        return self._terms(settings).domain

    def _terms(self, settings: Settings) -> ChannelTerms:
        request = Terms(channel=self.name, table=msgspec.to_builtins(settings))
        return self._outside.ask(request, ChannelTerms)

    def compose(self, message: Message, contact: Contact, settings: Settings) -> bytes:
        """Return exactly what it would send, nothing where it cannot show it."""
        table = msgspec.to_builtins(settings)
        request = Compose(channel=self.name, message=message, contact=contact, table=table)
        return self._outside.ask(request, bytes)

    def send(
        self,
        message: Message,
        contact: Contact,
        settings: Settings,
        secret: Secret | None = None,
    ) -> Receipt:
        """Have the message sent; raises as ``delivered`` does."""
        request = Send(
            channel=self.name,
            message=message,
            contact=contact,
            table=msgspec.to_builtins(settings),
            plugin=self._plugin,
            secret=secret.reveal() if secret else "",
        )
        return delivered(self.title, lambda: self._outside.ask(request, Receipt))


class OutsidePolicy:
    """A timing policy that is asked across, best for many timelines at once."""

    def __init__(self, facts: PolicyFacts, outside: Outside) -> None:
        """Take what is known of the policy."""
        self.name = facts.name
        self.title = facts.title
        self.settings_type = _settings_type("policies", facts, outside)
        self._outside = outside

    def steps(self, timeline: Timeline, settings: Settings, zone: str) -> Sequence[Step]:
        """Return the steps that remain; raises ``PluginFailedError`` where it failed."""
        (steps,) = self.steps_of_many((timeline,), settings, zone)
        if steps is None:
            reason = "it failed; the default policy stands in"
            raise PluginFailedError(
                Fault(plugin=self.name, version="", phase=f"policy {self.name}", reason=reason)
            )
        return steps

    def steps_of_many(
        self, timelines: tuple[Timeline, ...], settings: Settings, zone: str
    ) -> list[tuple[Step, ...] | None]:
        """Return the steps of each timeline, none for one on which the policy failed."""
        table = msgspec.to_builtins(settings)
        request = Foresee(policy=self.name, timelines=timelines, table=table, zone=zone)
        return self._outside.ask(request, list[tuple[Step, ...] | None])


class OutsideRule:
    """A rule of etiquette that is asked across, and says nothing where it fails."""

    def __init__(self, facts: RuleFacts, outside: Outside) -> None:
        """Take what is known of the rule."""
        self.code = facts.name
        self.needs_application = facts.needs_application
        self.needs_others = facts.needs_others
        self._outside = outside

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
        others: tuple[Application, ...] = (),
    ) -> Sequence[Verdict]:
        """Return what the rule has to say."""
        request = Review(
            rule=self.code,
            message=message,
            application=application,
            step=step,
            channel=channel.name if channel else None,
            now=now,
            others=others,
        )
        try:
            return self._outside.ask(request, tuple[Verdict, ...])
        except PluginFailedError:
            return ()


class OutsideBadge:
    """A badge that is asked across, and shows nothing where it fails."""

    def __init__(self, facts: Facts, outside: Outside) -> None:
        """Take what is known of the badge."""
        self.name = facts.name
        self._outside = outside

    def text(self, card: Card, now: datetime) -> str:
        """Return what to show on a card."""
        try:
            return self._outside.ask(ShowBadge(badge=self.name, card=card, now=now), str)
        except PluginFailedError:
            return ""


class OutsideImporter:
    """An importer that reads in a process of its own."""

    def __init__(self, facts: TitledFacts, outside: Outside) -> None:
        """Take what is known of the importer."""
        self.name = facts.name
        self.title = facts.title
        self._outside = outside

    def sniff(self, head: bytes) -> float:
        """Return how sure it is; one that fails knows no format."""
        try:
            return self._outside.ask(Sniff(importer=self.name, head=head), float)
        except PluginFailedError:
            return 0.0

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        """Have a file read, as far as ``MOST_BYTES``; raises where that failed."""
        content = stream.read(MOST_BYTES)
        request = Read(importer=self.name, content=content, options=options)
        return self._outside.ask(request, ImportReading)


class OutsideExporter:
    """An exporter that writes in a process of its own."""

    def __init__(self, facts: TitledFacts, outside: Outside) -> None:
        """Take what is known of the exporter."""
        self.name = facts.name
        self.title = facts.title
        self._outside = outside

    def write(self, board: Board, stream: BinaryIO, zone: str) -> None:
        """Have the board written; raises where that failed, and then writes nothing."""
        request = WriteOut(exporter=self.name, board=board, zone=zone)
        stream.write(self._outside.ask(request, bytes))


class OutsideCommand:
    """A command that runs in a process of its own."""

    def __init__(self, facts: TitledFacts, outside: Outside) -> None:
        """Take what is known of the command."""
        self.name = facts.name
        self.title = facts.title
        self._outside = outside

    def run_at(self, place: Place) -> Ran:
        """Run it over the tracker of a place; raises where it failed."""
        return self._outside.ask(Run(command=self.name, place=place), Ran)


def _settings_type(
    kind: Literal["policies", "channels"], facts: PolicyFacts, outside: Outside
) -> type[Settings]:
    """Return the type of a thing's settings: its defaults, checked where the plugin is."""

    def check(settings: Settings) -> None:
        table = msgspec.to_builtins(settings)
        try:
            outside.ask(Settle(kind=kind, name=facts.name, table=table), NoneType)
        except PluginFailedError:
            # Nothing is known of the settings then, so nothing is wrong with them.
            raise
        except FollowupError as error:
            raise ValueError(str(error)) from None

    made: type[Any] = msgspec.defstruct(
        "OutsideSettings",
        [
            (name, Any, msgspec.field(default_factory=partial(deepcopy, default)))
            for name, default in facts.defaults.items()
        ],
        bases=(Settings,),
        namespace={"__post_init__": check},
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )
    return made


_PROXIES: dict[KindName, Callable[[Any, Outside], object]] = {
    "policies": OutsidePolicy,
    "rules": OutsideRule,
    "templates": lambda facts, _: facts.template,
    "importers": OutsideImporter,
    "exporters": OutsideExporter,
    "commands": OutsideCommand,
    "badges": OutsideBadge,
}
