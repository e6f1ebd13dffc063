"""Faults: what a plugin did wrong, and when in its life (design, section 5)."""

from __future__ import annotations

import traceback
from datetime import datetime

from msgspec import Struct

from followup.domain.errors import FollowupError
from followup.domain.text import clean, clean_page

LONGEST_REASON = 300
LONGEST_TRACEBACK = 4_000


class Fault(Struct, frozen=True, kw_only=True):
    """Something that a plugin did wrong.

    ``phase`` is what it was asked for: ``import``, a hook, or one of the things it gave
    (``policy patient``). One that ``failed`` gave no result; the others merely misbehaved.
    ``at`` is when it was told, in UTC. ``plugin`` is empty where nobody can tell which one it
    was.
    """

    plugin: str
    version: str
    phase: str
    reason: str
    traceback: str = ""
    failed: bool = True
    at: datetime | None = None

    def __str__(self) -> str:
        """Return the fault in one line."""
        plugin = " ".join(part for part in ("plugin", self.plugin, self.version) if part)
        return f"{plugin}: {self.phase}: {self.reason}"


class MisbehaviourError(Exception):
    """What a plugin gave cannot be used; the message says what is wrong with it."""


class PluginFailedError(FollowupError):
    """A plugin that was needed failed; its fault is on record."""

    def __init__(self, fault: Fault) -> None:
        more = f"info {fault.plugin}" if fault.plugin else "list"
        super().__init__(f"{fault}; `followup plugins {more}` tells more")
        self.fault = fault


class PluginLostError(PluginFailedError):
    """The process of a plugin was lost in a call: nobody knows how far it had come."""


def fault_of(plugin: str, version: str, phase: str, error: BaseException) -> Fault:
    """Return what an exception says of a plugin, whatever else is wrong with the exception."""
    try:
        said = str(error)
    except BaseException:
        said = "(its message cannot be shown)"
    kind = "" if isinstance(error, MisbehaviourError) else type(error).__name__
    trace = "" if isinstance(error, MisbehaviourError) else _trace_of(error)
    return Fault(
        plugin=plugin,
        version=version,
        phase=phase,
        reason=clean(": ".join(part for part in (kind, said) if part), limit=LONGEST_REASON),
        traceback=clean_page(trace)[-LONGEST_TRACEBACK:],
    )


def _trace_of(error: BaseException) -> str:
    try:
        return "".join(traceback.format_exception(error, limit=-20))
    except BaseException:
        return ""
