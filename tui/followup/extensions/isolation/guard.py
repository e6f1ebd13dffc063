"""How the plugins' process calls a plugin: announced, timed, and with nothing let through."""

from __future__ import annotations

import math
import os
import signal
import threading
from collections.abc import Callable
from typing import TypeVar

from followup.domain.text import clean
from followup.extensions.discovery import Found
from followup.extensions.faults import Fault, MisbehaviourError, PluginFailedError, fault_of
from followup.extensions.isolation.errors import MEANT
from followup.extensions.isolation.output import Output
from followup.extensions.isolation.requests import Began, Misbehaved

SECONDS = {
    "import": 5.0,
    "register": 2.0,
    "settings": 2.0,
    "policy": 2.0,
    "rule": 1.0,
    "badge": 1.0,
    "importer": 60.0,
    "exporter": 60.0,
    "channel": 60.0,
    "command": 600.0,
}
"""How long a call may take, by the first word of its phase."""

USUAL_SECONDS = 5.0

FOR_USERS = frozenset({"settings", "importer", "exporter", "compose", "channel", "command"})
"""The phases in which a plugin may refuse, in words that the user reads at once."""

GRACE = 5  # seconds that the program has for ending a call itself

Returned = TypeVar("Returned")


class Guard:
    """Calls plugins so that whatever they do becomes a fault of theirs.

    The program is told before each call: should this process die or hang in it, it knows by
    whom. An alarm of the system ends this process where the program is no longer there to.
    """

    def __init__(self, send: Callable[[Began | Misbehaved], None], output: Output) -> None:
        """Take where to send word of calls and faults, and what catches what is printed."""
        self._send = send
        self._output = output
        self._under_way: list[Began] = []
        self._process = os.getpid()
        self.may_print = False

    def call(self, found: Found, phase: str, job: Callable[[], Returned]) -> Returned:
        """Call a job of a plugin.

        Raises ``PluginFailedError`` where it failed, and what is meant for the user as it is.
        Only the main thread may call: what one says to the program must not mix with another.
        """
        if threading.current_thread() is not threading.main_thread():
            raise MisbehaviourError(f"asked for {phase} in a thread of its own")
        began = Began(
            plugin=found.name, version=found.version, phase=phase, seconds=seconds_for(phase)
        )
        if not self._under_way:
            self._output.forget()
        self._under_way.append(began)
        self._begin(began)
        try:
            return job()
        except BaseException as error:
            if isinstance(error, MEANT) and phase.partition(" ")[0] in FOR_USERS:
                raise
            fault = fault_of(found.name, found.version, phase, error)
            self.report(fault)
            raise PluginFailedError(fault) from None
        finally:
            if os.getpid() != self._process:
                # The plugin forked: a copy of this process has nothing to say to the program.
                os._exit(0)
            self._under_way.pop()
            _alarm_in(0)
            if not self.may_print:
                self._look_at_output(found, phase)
            if self._under_way:
                # It was called by another plugin, whose call goes on.
                self._begin(self._under_way[-1])

    def report(self, fault: Fault) -> None:
        """Tell the program of a fault."""
        self._send(Misbehaved(fault=fault))

    def _begin(self, began: Began) -> None:
        self._send(began)
        _alarm_in(math.ceil(began.seconds) + GRACE)

    def _look_at_output(self, found: Found, phase: str) -> None:
        printed, replaced = self._output.taken()
        reasons = []
        if printed:
            reasons.append(f"printed {clean(printed, limit=60)!r}: nobody can see that")
        if replaced:
            reasons.append("replaced sys.stdout or sys.stderr")
        for reason in reasons:
            self.report(
                Fault(
                    plugin=found.name,
                    version=found.version,
                    phase=phase,
                    reason=reason,
                    failed=False,
                )
            )


def seconds_for(phase: str) -> float:
    """Return how long a call of a phase may take."""
    return SECONDS.get(phase.partition(" ")[0], USUAL_SECONDS)


def _alarm_in(seconds: int) -> None:
    """Have the system end this process then, whatever it does; 0: not any more."""
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
