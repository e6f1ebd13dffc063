"""The end of the line in the plugins' process: requests come in, replies go out."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import NoReturn

import msgspec

from followup.extensions.faults import PluginFailedError, fault_of
from followup.extensions.isolation.errors import MEANT, refusal_of
from followup.extensions.isolation.requests import (
    Answered,
    AnyRequest,
    Failed,
    Reply,
    Send,
)
from followup.extensions.isolation.worker import OpenTracker, Worker


def serve(descriptor: int, open_tracker: OpenTracker) -> None:
    """Answer requests from a socket until its other end is closed, and end the process then."""
    # What plugins start must not keep the line open.
    os.set_inheritable(descriptor, False)
    # A thread that fails says so in the middle of a call of another plugin, as if of that one.
    threading.excepthook = lambda _: None
    line = Connection(descriptor)
    encoder = msgspec.msgpack.Encoder()
    decoder = msgspec.msgpack.Decoder(AnyRequest)

    def send(reply: Reply) -> None:
        line.send_bytes(encoder.encode(reply))

    worker = Worker(send, open_tracker)
    while True:
        try:
            request: AnyRequest = decoder.decode(line.recv_bytes())
            if isinstance(request, Send):
                _end_with_the_program(line)
            send(_replied(worker, request, encoder))
        except (EOFError, OSError):
            _end()


def _replied(worker: Worker, request: AnyRequest, encoder: msgspec.msgpack.Encoder) -> Reply:
    try:
        answer = worker.answer(request)
        return Answered(value=msgspec.Raw(encoder.encode(answer)))
    except PluginFailedError as error:
        return Failed(fault=error.fault)
    except MEANT as error:
        return refusal_of(error)
    except OSError:
        # A plugin has closed what is not its own: nothing can be said any more.
        raise
    except Exception as error:
        # It was no plugin's call: none of them is to blame, and the next request may go well.
        return Failed(fault=fault_of("", "", type(request).__name__.lower(), error))


def _end_with_the_program(line: Connection) -> None:
    """Have the process end as soon as the program has: it must not send what is unconfirmed.

    Nothing comes over the line until the request is answered, but its end.
    """

    def wait() -> None:
        line.poll(None)
        _end()

    threading.Thread(target=wait, name="end", daemon=True).start()


def _end() -> NoReturn:
    """End the process and what plugins have started in it.

    At once: what they leave to be done at the exit could go on for ever.
    """
    if os.getpgrp() == os.getpid():
        with suppress(OSError):
            os.killpg(0, signal.SIGKILL)
    os._exit(0)
