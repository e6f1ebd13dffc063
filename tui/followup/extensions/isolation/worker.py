"""The plugins' process: it loads plugins and answers one request after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, singledispatchmethod
from io import BytesIO
from typing import Any, Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from followup import __version__
from followup.domain.channel import Channel, Receipt, asked_by, composed, domain_of, sends
from followup.domain.errors import InputError
from followup.domain.etiquette import is_comparing
from followup.domain.exchange import ImportReading
from followup.domain.message import Verdict
from followup.domain.secret import Secret
from followup.domain.step import Step
from followup.domain.text import clean
from followup.domain.tracking import Tracker
from followup.extensions import answers
from followup.extensions.discovery import Found, builtin_plugins
from followup.extensions.faults import Fault, PluginFailedError
from followup.extensions.happenings import Happening, Place, Ran
from followup.extensions.host import Outside
from followup.extensions.isolation.guard import Guard
from followup.extensions.isolation.output import Output
from followup.extensions.isolation.requests import (
    AnyRequest,
    ChannelTerms,
    Compose,
    Foresee,
    Load,
    Loaded,
    Manifest,
    Read,
    Reply,
    Request,
    Review,
    Run,
    Send,
    Settle,
    ShowBadge,
    Sniff,
    Tell,
    Terms,
    WriteOut,
)
from followup.extensions.ledger import FAILURES_ALLOWED
from followup.extensions.loading import load
from followup.extensions.local import LocalPlugins, Offer
from followup.extensions.things import KINDS, KindName, sendable

Answer = TypeVar("Answer")


class CollectingTracker(Tracker, Protocol):
    """A tracker that keeps what it made happen, for somebody else to tell the plugins."""

    def take_happened(self) -> tuple[Happening, ...]:
        """Return what has happened since the last call, and forget it."""
        ...


OpenTracker = Callable[[Outside, Place], CollectingTracker]


class Worker:
    """Answers requests with the plugins of this process; raises what the answer is not.

    ``open_tracker`` gives the tracker that plugins are handed. Whatever that one asks of
    plugins is answered here as well: to that tracker, this is the plugins' process.
    """

    def __init__(self, send: Callable[[Reply], None], open_tracker: OpenTracker) -> None:
        """Begin without plugins; ``send`` takes word of calls and faults to the program."""
        self._output = Output()
        self._guard = Guard(send, self._output)
        self._plugins = LocalPlugins(self._guard)
        for found in builtin_plugins(__version__):
            self._plugins.register(found)
        self._open_tracker = open_tracker
        self.manifest = Manifest()

    def ask(self, request: AnyRequest, kind: type[Answer]) -> Answer:
        """Answer a request of this process itself."""
        answer: Answer = self.answer(request)
        return answer

    @singledispatchmethod
    def answer(self, request: Request) -> Any:
        """Answer a request.

        Raises ``PluginFailedError`` where the plugin that was asked failed, and whatever else
        a plugin may raise for the user to read.
        """
        raise TypeError(f"{type(request).__name__} is no request")

    @answer.register
    def _(self, request: Load) -> Manifest:
        for found in request.plugins:
            self._load(found)
        given = {
            kind: tuple(
                (offer.owner.name, offer.facts)
                for offer in self._plugins.offers(kind).values()
                if offer.owner.source != "box"
            )
            for kind in KINDS
        }
        loaded = (
            Loaded(name=found.name, hooks=self._plugins.hooks_of(found.name))
            for found in self._plugins.plugins
            if found.source != "box" and self._plugins.fits(found.name)
        )
        self.manifest = Manifest(plugins=tuple(loaded), **given)  # type: ignore[arg-type]
        return self.manifest

    def _load(self, found: Found) -> None:
        try:
            module = self._guard.call(found, "import", partial(load, found))
        except PluginFailedError:
            return
        self._plugins.register(replace(found, module=module))

    @answer.register
    def _(self, request: Settle) -> None:
        self._settled(self._offer(request.kind, request.name), request.table)

    @answer.register
    def _(self, request: Foresee) -> list[tuple[Step, ...] | None]:
        offer = self._offer("policies", request.policy)
        settings = self._settled(offer, request.table)
        foreseen: list[tuple[Step, ...] | None] = []
        failures = 0
        for timeline in request.timelines:
            if failures > FAILURES_ALLOWED:
                # That sets it aside, so it is not called for the rest either.
                foreseen.append(None)
                continue
            foresee = partial(offer.thing.steps, timeline, settings, request.zone)
            try:
                foreseen.append(self._call("policies", offer, partial(_steps, foresee)))
            except PluginFailedError:
                failures += 1
                foreseen.append(None)
        return foreseen

    @answer.register
    def _(self, request: Review) -> tuple[Verdict, ...]:
        offer = self._offer("rules", request.rule)
        channel = self._channel(request.channel) if request.channel else None
        around = (request.message, request.application, request.step, channel, request.now)
        more = (request.others,) if is_comparing(offer.thing) else ()
        return self._call(
            "rules",
            offer,
            lambda: answers.verdicts(offer.thing.review(*around, *more), request.rule),
        )

    @answer.register
    def _(self, request: ShowBadge) -> str:
        offer = self._offer("badges", request.badge)
        return self._call(
            "badges", offer, lambda: answers.badge(offer.thing.text(request.card, request.now))
        )

    @answer.register
    def _(self, request: Sniff) -> float:
        offer = self._offer("importers", request.importer)
        return self._guard.call(
            offer.owner,
            f"sniff {request.importer}",
            lambda: answers.sureness(offer.thing.sniff(request.head)),
        )

    @answer.register
    def _(self, request: Read) -> ImportReading:
        offer = self._offer("importers", request.importer)
        stream = BytesIO(request.content)
        return self._call(
            "importers", offer, lambda: answers.reading(offer.thing.read(stream, request.options))
        )

    @answer.register
    def _(self, request: WriteOut) -> bytes:
        offer = self._offer("exporters", request.exporter)
        stream = BytesIO()
        self._call(
            "exporters", offer, lambda: offer.thing.write(request.board, stream, request.zone)
        )
        return stream.getvalue()

    @answer.register
    def _(self, request: Terms) -> ChannelTerms:
        offer = self._offer("channels", request.channel)
        settings = self._settled(offer, request.table)

        def terms() -> ChannelTerms:
            channel = offer.thing
            return sendable(
                ChannelTerms(
                    sends=sends(channel, settings),
                    asks=clean(asked_by(channel, settings)),
                    domain=domain_of(channel, settings),
                ),
                ChannelTerms,
            )

        return self._guard.call(offer.owner, f"terms {request.channel}", terms)

    @answer.register
    def _(self, request: Compose) -> bytes:
        offer = self._offer("channels", request.channel)
        settings = self._settled(offer, request.table)
        about = (offer.thing, request.message, request.contact, settings)
        return self._guard.call(
            offer.owner, f"compose {request.channel}", lambda: sendable(composed(*about), bytes)
        )

    @answer.register
    def _(self, request: Send) -> Receipt:
        offer = self._offer("channels", request.channel)
        settings = self._settled(offer, request.table)
        typed = (Secret(request.secret),) if request.secret else ()
        send = partial(offer.thing.send, request.message, request.contact, settings, *typed)
        return self._call("channels", offer, lambda: answers.receipt(send()))

    @answer.register
    def _(self, request: Run) -> Ran:
        offer = self._offer("commands", request.command)
        tracker = self._open_tracker(self, request.place)
        self._guard.may_print = True
        said = self._call("commands", offer, lambda: answers.text(offer.thing.run(tracker)))
        printed, _ = self._output.taken()
        return Ran(text=said, printed=printed, happened=tracker.take_happened())

    @answer.register
    def _(self, request: Tell) -> tuple[Happening, ...]:
        tracker = self._open_tracker(self, request.place)
        self._plugins.tell(request.happening, tracker)
        return tracker.take_happened()

    def _offer(self, kind: KindName, name: str) -> Offer:
        offer = self._plugins.offers(kind).get(name)
        if offer is None:
            # Its plugin was set aside since the program heard of it.
            phase = f"{KINDS[kind].one} {name}"
            raise PluginFailedError(
                Fault(plugin="", version="", phase=phase, reason="it is not loaded any more")
            )
        return offer

    def _call(self, kind: KindName, offer: Offer, job: Callable[[], Answer]) -> Answer:
        return self._guard.call(offer.owner, f"{KINDS[kind].one} {offer.facts.name}", job)

    def _channel(self, name: str) -> Channel | None:
        offer = self._plugins.offers("channels").get(name)
        return offer.thing if offer else None

    def _settled(self, offer: Offer, table: dict[str, Any]) -> Any:
        """Return the settings of a thing; raises ``InputError`` where their table is wrong."""

        def settled() -> Any:
            try:
                return msgspec.convert(table, offer.thing.settings_type)
            except msgspec.ValidationError as error:
                raise InputError(str(error)) from None

        return self._guard.call(offer.owner, f"settings {offer.facts.name}", settled)


def _steps(foresee: Callable[[], object]) -> tuple[Step, ...]:
    return answers.steps(foresee())
