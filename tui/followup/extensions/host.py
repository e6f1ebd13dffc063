"""The host of all plugins: those of this process and those of another, by what they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import msgspec

from followup.api import (
    Badge,
    Channel,
    Command,
    Contact,
    Exporter,
    Importer,
    Message,
    Policy,
    Receipt,
    Rule,
    Secret,
    Settings,
    Template,
    Tracker,
)
from followup.domain.errors import FollowupError, RefusedError
from followup.domain.text import clean
from followup.extensions.discovery import Found
from followup.extensions.faults import Fault
from followup.extensions.happenings import Happening, Place, Ran
from followup.extensions.local import Directly, LocalPlugins
from followup.extensions.things import KINDS, KindName

if TYPE_CHECKING:
    from followup.extensions.isolation.proxies import OutsideCommand
    from followup.extensions.isolation.requests import AnyRequest, Manifest
    from followup.extensions.isolation.sender import Sender

Given = TypeVar("Given")
Answer = TypeVar("Answer")


class Outside(Protocol):
    """Plugins that do not run in this process."""

    @property
    def manifest(self) -> Manifest | None:
        """What they give, as far as they are loaded."""
        ...

    def ask(self, request: AnyRequest, kind: type[Answer]) -> Answer:
        """Return the answer to a request; raise ``PluginFailedError`` where there is none."""
        ...


class PluginHost:
    """Gathers what plugins give, each kind by name, and tells them what has happened.

    Plugins that are registered here run in this process and are trusted; those ``outside``
    cannot hurt it. Where two give the same name, the first keeps it, ours before others.
    """

    def __init__(
        self,
        plugins: Iterable[Found] = (),
        outside: Outside | None = None,
        *,
        tells: bool = True,
        sends_by: Sequence[str] = (),
    ) -> None:
        """Register the plugins in order; nothing of those outside is asked yet.

        Without ``tells``, nobody is told of what happens now: it is to be told later.
        ``sends_by`` is the command that starts a process for a channel to send in; without
        it, those of this process send here.
        """
        self.outside = outside
        self._sends_by = sends_by
        self.tells = tells
        self._caller = Directly()
        self._local = LocalPlugins(self._caller)
        for found in plugins:
            self._local.register(found)
        self._known: Manifest | None = None
        self._things: dict[KindName, Mapping[str, Any]] = {}

    @property
    def plugins(self) -> list[Found]:
        """The plugins of this process."""
        return self._local.plugins

    @property
    def faults(self) -> list[Fault]:
        """What the plugins of this process did wrong, two of one name among them."""
        return self._caller.faults

    def hooks_of(self, plugin: str) -> tuple[str, ...]:
        """Return the hooks that a plugin of this process implements."""
        return self._local.hooks_of(plugin)

    def given_by(self, plugin: str) -> dict[str, tuple[str, ...]]:
        """Return the names of what a plugin of this process gives, by kind."""
        names = {
            kind: tuple(
                name
                for name, offer in self._local.offers(kind).items()
                if offer.owner.name == plugin
            )
            for kind in KINDS
        }
        return {kind: given for kind, given in names.items() if given}

    @property
    def channels(self) -> Mapping[str, Channel]:
        """All channels by name."""
        return self._all("channels")

    @property
    def policies(self) -> Mapping[str, Policy]:
        """All timing policies by name."""
        return self._all("policies")

    @property
    def rules(self) -> Mapping[str, Rule]:
        """All rules of etiquette by code."""
        return self._all("rules")

    @property
    def templates(self) -> Mapping[str, Template]:
        """All message templates by name."""
        return self._all("templates")

    @property
    def importers(self) -> Mapping[str, Importer]:
        """All importers by name."""
        return self._all("importers")

    @property
    def exporters(self) -> Mapping[str, Exporter]:
        """All exporters by name."""
        return self._all("exporters")

    @property
    def commands(self) -> Mapping[str, Command | OutsideCommand]:
        """All commands by name."""
        return self._all("commands")

    @property
    def badges(self) -> Mapping[str, Badge]:
        """All badges by name."""
        return self._all("badges")

    def policy(self, name: str) -> Policy | None:
        """Return a policy, if there is one of that name.

        Those outside are asked only where none here has the name.
        """
        offer = self._local.offers("policies").get(name)
        return cast("Policy", offer.thing) if offer else self.policies.get(name)

    def run(self, name: str, tracker: Tracker, place: Place) -> Ran:
        """Run a command; raises ``RefusedError`` where there is none of that name."""
        command = named(self.commands, name, "command", "followup plugins list")
        if isinstance(command, Command):
            return Ran(text=command.run(tracker) or "")
        return command.run_at(place)

    def send(
        self,
        channel: Channel,
        message: Message,
        contact: Contact,
        settings: Settings,
        secret: Secret | None = None,
    ) -> Receipt:
        """Have a channel send a message, in a process of its own, and return its receipt.

        Raises ``UnconfirmedError`` where nobody knows whether it went out; any other
        ``FollowupError`` says that it did not. Call it off the thread of the screen.
        """
        typed = (secret,) if secret else ()
        if not self._sends_by or channel.name not in self._local.offers("channels"):
            return channel.send(message, contact, settings, *typed)
        # Late: most runs send nothing.
        from followup.extensions.isolation.requests import Send
        from followup.extensions.isolation.sender import delivered

        request = Send(
            channel=channel.name,
            message=message,
            contact=contact,
            table=msgspec.to_builtins(settings),
            secret=secret.reveal() if secret else "",
        )
        return delivered(channel.title, partial(self._sender.send, request))

    @cached_property
    def _sender(self) -> Sender:
        # Late: most runs send nothing.
        from followup.extensions.isolation.sender import Sender

        return Sender(self._sends_by)

    def stop_sending(self) -> None:
        """End whatever is being sent at once: nobody knows whether it went out."""
        if "_sender" in self.__dict__:
            self._sender.close()

    def tell(self, happening: Happening, tracker: Tracker, place: Place) -> tuple[Happening, ...]:
        """Tell all plugins what has happened, and return what those outside did by that."""
        self._local.tell(happening, tracker)
        manifest = self.outside.manifest if self.outside else None
        hook = type(happening).__struct_config__.tag
        if not manifest or not any(hook in plugin.hooks for plugin in manifest.plugins):
            return ()
        # Late: without plugins outside the program starts sooner.
        from followup.extensions.isolation.requests import Tell

        assert self.outside
        try:
            return self.outside.ask(Tell(happening=happening, place=place), tuple[Happening, ...])
        except FollowupError:
            return ()

    def _all(self, kind: KindName) -> Mapping[str, Any]:
        manifest = self.outside.manifest if self.outside else None
        if manifest is not self._known:
            self._known = manifest
            self._things.clear()
        if kind not in self._things:
            things = {name: offer.thing for name, offer in self._local.offers(kind).items()}
            if manifest and self.outside:
                # Late: without plugins outside the program starts sooner.
                from followup.extensions.isolation.proxies import things_of

                things = {**things, **things_of(manifest, kind, self.outside)}
            self._things[kind] = things
        return self._things[kind]


def named(things: Mapping[str, Given], name: str, kind: str, command: str) -> Given:
    """Return what a plugin gave under a name.

    Raises ``RefusedError`` where there is none: it names those that there are, and the
    ``command`` that tells more.
    """
    try:
        return things[name]
    except KeyError:
        known = ", ".join(things) or "none"
        fault = f"no {kind} {clean(name)!r}: there are {known}; see `{command}`"
        raise RefusedError(fault) from None
