"""Plugins that run in this process: registered with pluggy, called one implementation at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol, TypeVar

import pluggy
from msgspec import Struct
from msgspec.structs import asdict

from followup.api import Tracker
from followup.extensions import hookspecs
from followup.extensions.discovery import Found
from followup.extensions.faults import Fault, MisbehaviourError, PluginFailedError, fault_of
from followup.extensions.happenings import Happening
from followup.extensions.things import KINDS, Facts, KindName, given

Returned = TypeVar("Returned")


class Caller(Protocol):
    """How the code of plugins is called, and who hears of faults."""

    def call(self, found: Found, phase: str, job: Callable[[], Returned]) -> Returned:
        """Call a job of a plugin; raise ``PluginFailedError`` where it failed."""
        ...

    def report(self, fault: Fault) -> None:
        """Take note of a fault."""
        ...


class Directly:
    """Calls plugins that are trusted, such as ours: what they raise goes through."""

    def __init__(self) -> None:
        """Begin without faults."""
        self.faults: list[Fault] = []

    def call(self, found: Found, phase: str, job: Callable[[], Returned]) -> Returned:
        """Call a job of a plugin."""
        try:
            return job()
        except MisbehaviourError as error:
            fault = fault_of(found.name, found.version, phase, error)
            self.report(fault)
            raise PluginFailedError(fault) from error

    def report(self, fault: Fault) -> None:
        """Keep a fault."""
        self.faults.append(fault)


class Offer(Struct, frozen=True):
    """A thing that a plugin gave, and the facts of it."""

    owner: Found
    thing: Any
    facts: Facts


class LocalPlugins:
    """The plugins of this process, and what they give, each kind by name.

    Where two give the same name, the one that was registered first keeps it, and the clash
    is a fault of the other.
    """

    def __init__(self, caller: Caller) -> None:
        """Begin with no plugin."""
        self.plugins: list[Found] = []
        self._caller = caller
        self._by_name: dict[str, Found] = {}
        self._offers: dict[KindName, dict[str, Offer]] = {}
        self._manager = pluggy.PluginManager("followup")
        self._manager.add_hookspecs(hookspecs)

    def register(self, found: Found) -> None:
        """Register a plugin that is loaded; one that does not fit the hooks becomes a fault."""
        self.plugins.append(found)
        if found.fault:
            self._report(found, "discovery", found.fault)
            return
        if found.name in self._by_name:
            self._report(found, "discovery", "there is another plugin of this name")
            return
        try:
            self._caller.call(found, "register", lambda: self._fit(found))
        except PluginFailedError:
            if self._manager.has_plugin(found.name):
                self._manager.unregister(name=found.name)
        else:
            self._by_name[found.name] = found

    def _fit(self, found: Found) -> None:
        try:
            self._manager.register(found.module, name=found.name)
        except pluggy.PluginValidationError as error:
            raise MisbehaviourError(str(error)) from error
        for hook in self._manager.get_hookcallers(found.module) or ():
            if not hook.has_spec():
                self._report(found, "register", f"there is no hook {hook.name}", failed=False)
            elif any(one.wrapper or one.hookwrapper for one in hook.get_hookimpls()):
                raise MisbehaviourError(f"{hook.name}: a hook cannot be wrapped here")

    def fits(self, name: str) -> bool:
        """Tell whether there is a plugin of this name that fits the hooks."""
        return name in self._by_name

    def hooks_of(self, name: str) -> tuple[str, ...]:
        """Return the hooks that a plugin implements, by name."""
        found = self._by_name.get(name)
        callers = self._manager.get_hookcallers(found.module) if found else None
        return tuple(hook.name for hook in callers or () if hook.has_spec())

    def offers(self, kind: KindName) -> Mapping[str, Offer]:
        """Return what the plugins give of a kind, in the order in which they were registered."""
        if kind not in self._offers:
            offers = self._offers[kind] = {}
            for offer in self._gathered(kind):
                if offer.facts.name in offers:
                    fault = f"another plugin gave {offer.facts.name!r} first and keeps the name"
                    self._report(offer.owner, KINDS[kind].hook, fault, failed=False)
                else:
                    offers[offer.facts.name] = offer
        return self._offers[kind]

    def _gathered(self, kind: KindName) -> Iterator[Offer]:
        hook, facts_type = KINDS[kind].hook, KINDS[kind].facts
        for found, implementation in self._implementations(hook):
            try:
                things = self._caller.call(found, hook, partial(_things, implementation))
            except PluginFailedError:
                continue
            for thing in things:
                try:
                    facts = self._caller.call(found, hook, partial(facts_type.of, thing))
                except PluginFailedError:
                    continue
                yield Offer(found, thing, facts)

    def tell(self, happening: Happening, tracker: Tracker) -> None:
        """Call all that implement the hook of a happening, one after the other."""
        hook = type(happening).__struct_config__.tag
        assert isinstance(hook, str)
        told = {"tracker": tracker, **asdict(happening)}
        for found, implementation in self._implementations(hook):
            try:
                self._caller.call(found, hook, partial(_result, implementation, told))
            except PluginFailedError:
                continue

    def _implementations(self, hook: str) -> Iterator[tuple[Found, pluggy.HookImpl]]:
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            yield self._by_name[implementation.plugin_name], implementation

    def _report(self, found: Found, phase: str, reason: str, *, failed: bool = True) -> None:
        self._caller.report(
            Fault(
                plugin=found.name,
                version=found.version,
                phase=phase,
                reason=reason,
                failed=failed,
            )
        )


def _result(implementation: pluggy.HookImpl, arguments: Mapping[str, object]) -> object:
    """Call one implementation, with those of the hook's arguments that it takes."""
    return implementation.function(*(arguments[name] for name in implementation.argnames))


def _things(implementation: pluggy.HookImpl) -> list[object]:
    return given(_result(implementation, {}))
