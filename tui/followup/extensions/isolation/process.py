"""The plugins' process for the length of a run: begun anew without those that ended it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import RLock
from typing import TypeVar

from followup.extensions.discovery import Found
from followup.extensions.faults import Fault, PluginFailedError, PluginLostError
from followup.extensions.isolation.child import Child, LostError
from followup.extensions.isolation.requests import AnyRequest, Load, Manifest, Send
from followup.extensions.ledger import Ledger

Answer = TypeVar("Answer")


class PluginProcess:
    """Asks plugins, which all run in one process that is started when it is first needed.

    A plugin that hangs there, or takes the process with it, is set aside; the next request
    has a new process, without it. Jobs that may take long have one each. Any thread may ask,
    but that of the screen must not: it would wait.
    """

    def __init__(
        self, wanted: Callable[[], tuple[Found, ...]], ledger: Ledger, command: Sequence[str]
    ) -> None:
        """Begin without a process; ``command`` starts one for the plugins that are wanted."""
        self.faults: list[Fault] = []
        self.manifest: Manifest | None = None
        self._wanted = wanted
        self._ledger = ledger
        self._command = command
        self._lock = RLock()
        self._child: Child | None = None
        self._loaded: tuple[str, ...] = ()
        self._alone: set[Child] = set()
        self._is_closed = False

    def load(self) -> Manifest:
        """Load the plugins, if they are not loaded yet, and return what they give."""
        with self._lock:
            if self.manifest is None:
                self._child = self._started()
            return self.manifest or Manifest()

    def ask(self, request: AnyRequest, kind: type[Answer]) -> Answer:
        """Return the answer to a request.

        Raises ``PluginFailedError`` where the plugin that was asked failed or is set aside.
        """
        if request.needs_own_process:
            return self._ask_alone(request, kind)
        with self._lock:
            if self._child and not self._are_all_wanted():
                # One of them was set aside: it is called no more.
                self._child.end()
            if self._child and self._child.is_running:
                try:
                    return self._child.ask(request, kind, self._record)
                except LostError as lost:
                    if lost.fault:
                        raise PluginLostError(self._blame(lost)) from None
                    # It had ended before it was asked: nobody called is to blame.
            self._child = self._started()
            return self._ask(self._child, request, kind)

    def _ask_alone(self, request: AnyRequest, kind: type[Answer]) -> Answer:
        """Ask in a process that ends with the answer; one that sends has one plugin alone."""
        child = self._started(only=request.plugin if isinstance(request, Send) else "")
        if child:
            self._alone.add(child)
        try:
            return self._ask(child, request, kind)
        finally:
            if child:
                self._alone.discard(child)
                child.end()

    def _ask(self, child: Child | None, request: AnyRequest, kind: type[Answer]) -> Answer:
        if child is None:
            raise PluginFailedError(_NO_PROCESS)
        try:
            return child.ask(request, kind, self._record)
        except LostError as lost:
            raise PluginLostError(self._blame(lost)) from None

    def _started(self, only: str = "") -> Child | None:
        """Start a process and load the plugins, leaving out those that it does not survive.

        Only one of them where it is named.
        """
        manifest = Manifest()
        child = None
        while child is None and not self._is_closed and (wanted := self._wanted_of(only)):
            starting = Child(self._command)
            try:
                manifest = starting.ask(Load(plugins=wanted), Manifest, self._record)
                child = starting
            except LostError as lost:
                self._blame(lost)
                if lost.fault is None:
                    break
        if not only:
            self.manifest = self.manifest or manifest
            self._loaded = tuple(plugin.name for plugin in manifest.plugins)
        return child

    def _wanted_of(self, only: str) -> tuple[Found, ...]:
        return tuple(found for found in self._wanted() if only in {"", found.name})

    def _are_all_wanted(self) -> bool:
        wanted = {found.name for found in self._wanted()}
        return wanted.issuperset(self._loaded)

    def _record(self, fault: Fault) -> None:
        self.faults.append(self._ledger.record(fault))

    def _blame(self, lost: LostError) -> Fault:
        """Set the plugin aside that hangs or ended the process, and return its fault."""
        if self._is_closed or lost.fault is None:
            return _NO_PROCESS
        fault = self._ledger.record(lost.fault, is_final=True)
        self.faults.append(fault)
        return fault

    def restart(self) -> None:
        """Load anew the plugins that are wanted now."""
        with self._lock:
            if self._child:
                self._child.end()
            self.manifest = None
            self.load()

    def close(self) -> None:
        """End all processes at once; whoever waits for an answer gets none."""
        self._is_closed = True
        for child in (self._child, *self._alone):
            if child:
                child.kill()
        # Whoever is asking lets go of the process that was killed; else nobody does.
        if self._lock.acquire(blocking=False):
            if self._child:
                self._child.end()
            self._lock.release()


_NO_PROCESS = Fault(plugin="", version="", phase="start", reason="no plugin is loaded any more")
