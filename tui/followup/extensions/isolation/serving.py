"""The end of the line in the plugins' process: requests come in, replies go out."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

import msgspec

from followup.extensions.faults import PluginFailedError
from followup.extensions.isolation.errors import MEANT, refusal_of
from followup.extensions.isolation.requests import Answered, AnyRequest, Failed, Reply
from followup.extensions.isolation.worker import OpenTracker, Worker


def serve(descriptor: int, open_tracker: OpenTracker) -> None:
    """Answer requests from a socket until its other end is closed, and end the process then."""
    # What plugins start must not keep the line open.
    os.set_inheritable(descriptor, False)
    line = Connection(descriptor)
    encoder = msgspec.msgpack.Encoder()
    decoder = msgspec.msgpack.Decoder(AnyRequest)

    def send(reply: Reply) -> None:
        line.send_bytes(encoder.encode(reply))

    worker = Worker(send, open_tracker)
    while True:
        try:
            request: AnyRequest = decoder.decode(line.recv_bytes())
            send(_replied(worker, request, encoder))
        except (EOFError, OSError):
            # At once: what plugins leave to be done at the exit could go on for ever.
            os._exit(0)


def _replied(worker: Worker, request: AnyRequest, encoder: msgspec.msgpack.Encoder) -> Reply:
    try:
        answer = worker.answer(request)
        return Answered(value=msgspec.Raw(encoder.encode(answer)))
    except PluginFailedError as error:
        return Failed(fault=error.fault)
    except MEANT as error:
        return refusal_of(error)
