"""One plugins' process, seen from the program: started, asked within time, ended."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

import msgspec

from followup.extensions.faults import Fault, PluginFailedError
from followup.extensions.isolation.errors import error_of
from followup.extensions.isolation.requests import (
    Answered,
    AnyRequest,
    Began,
    Failed,
    Misbehaved,
    Refused,
    Reply,
)

START_SECONDS = 20.0
"""How long the process may take by itself: to start, and between calls of plugins."""

_TIMEOUT = struct.pack("ll", int(START_SECONDS), 0)  # as C has it: seconds, microseconds

Answer = TypeVar("Answer")


class LostError(Exception):
    """The process hangs or is gone; ``fault`` says by which plugin, where that is known."""

    def __init__(self, fault: Fault | None) -> None:
        super().__init__(str(fault or "the plugins' process ended"))
        self.fault = fault


class Child:
    """A process that answers requests; it is in a session of its own, away from the terminal."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start the process; the number of its end of the line is its last argument."""
        ours, theirs = socket.socketpair()
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            # Half a message must not hold anybody up either.
            ours.setsockopt(socket.SOL_SOCKET, option, _TIMEOUT)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [*command, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._line = Connection(ours.detach())
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Reply)

    def ask(
        self, request: AnyRequest, kind: type[Answer], report: Callable[[Fault], None]
    ) -> Answer:
        """Return the answer to a request; ``report`` hears of every fault meanwhile.

        Raises ``LostError`` where the process hangs, dies or talks nonsense, after which it
        is ended; ``PluginFailedError`` where the plugin that was asked failed; and what
        plugins raise for the user.
        """
        began: Began | None = None
        try:
            self._line.send_bytes(self._encoder.encode(request))
            while True:
                seconds = began.seconds if began else START_SECONDS
                if not self._line.poll(seconds):
                    raise LostError(_blamed(began, f"took more than {seconds:g} s"))
                match self._decoder.decode(self._line.recv_bytes()):
                    case Began() as began:
                        pass
                    case Misbehaved(fault=fault):
                        report(fault)
                    case Answered(value=value):
                        return msgspec.msgpack.decode(value, type=kind)
                    case Refused() as refusal:
                        raise error_of(refusal)
                    case Failed(fault=fault):
                        raise PluginFailedError(fault)
        except LostError:
            self.end()
            raise
        except (EOFError, OSError, msgspec.DecodeError):
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)
            self.end()
            raise LostError(_blamed(began, f"ended the process ({self._how()})")) from None

    @property
    def is_running(self) -> bool:
        """Whether it has neither ended nor been ended."""
        return not self._line.closed

    def kill(self) -> None:
        """Kill the process and whatever plugins have started in it; any thread may."""
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the process, and let go of it."""
        self._line.close()
        self.kill()
        self._process.wait()

    def _how(self) -> str:
        code = self._process.returncode
        if code < 0:
            with suppress(ValueError):
                return signal.Signals(-code).name
        return f"status {code}"


def _blamed(began: Began | None, reason: str) -> Fault | None:
    """Return the fault of the plugin that was called, if any was."""
    if began is None:
        return None
    return Fault(plugin=began.plugin, version=began.version, phase=began.phase, reason=reason)
