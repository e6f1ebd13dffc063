"""Channels that send do so in a process of their own, those in the box too (design, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from followup.domain.channel import Receipt
from followup.domain.errors import UnconfirmedError
from followup.extensions.faults import Fault, PluginFailedError, PluginLostError
from followup.extensions.isolation.child import Child, LostError
from followup.extensions.isolation.requests import Load, Manifest, Send

_NOT_BEGUN = Fault(plugin="", version="", phase="start", reason="the process did not begin to send")
_LOST = Fault(plugin="", version="", phase="send", reason="ended the process")


class Sender:
    """Has channels in the box send, each message in a process that ends with it.

    Nothing but what ships in the box is loaded there. Any thread may ask.
    """

    def __init__(self, command: Sequence[str]) -> None:
        """Take the command that starts such a process."""
        self._command = command
        self._under_way: set[Child] = set()
        self._is_closed = False

    def send(self, request: Send) -> Receipt:
        """Return what the channel did; raises as ``delivered`` does."""
        child = Child(self._command)
        self._under_way.add(child)
        try:
            self._begin(child)
            return child.ask(request, Receipt, _forget)
        except LostError as lost:
            raise PluginLostError(lost.fault or _LOST) from None
        finally:
            self._under_way.discard(child)
            child.end()

    def _begin(self, child: Child) -> None:
        try:
            if not self._is_closed:
                child.ask(Load(plugins=()), Manifest, _forget)
        except LostError as lost:
            raise PluginFailedError(lost.fault or _NOT_BEGUN) from None
        if self._is_closed:
            raise PluginFailedError(_NOT_BEGUN)

    def close(self) -> None:
        """End all processes at once: what they were sending is unconfirmed."""
        self._is_closed = True
        for child in tuple(self._under_way):
            child.kill()


def delivered(title: str, ask: Callable[[], Receipt]) -> Receipt:
    """Have a channel with this title send, and return its receipt.

    Raises ``UnconfirmedError`` where nobody knows whether the message went out: the process
    was lost, or the channel failed in a way that it did not mean to. What it raises for the
    user, and ``PluginFailedError`` where it was never called, says that it did not.
    """
    try:
        return ask()
    except PluginFailedError as failed:
        fault = failed.fault
        if isinstance(failed, PluginLostError) or fault.phase.startswith("channel "):
            raise UnconfirmedError(
                f"nobody knows whether the message went out, for {title} {fault.reason}:"
                " look there before you send it again"
            ) from None
        raise


def _forget(fault: Fault) -> None:
    """Keep no fault of what ships in the box: the user reads it at once."""
