"""Errors that plugins raise for the user to read, on their way between the processes."""

from __future__ import annotations

from followup.domain.errors import (
    DeliveryError,
    FollowupError,
    InputError,
    RefusedError,
    UnconfirmedError,
)
from followup.domain.exchange import UnreadableFileError
from followup.domain.text import clean
from followup.extensions.isolation.requests import Refused

MEANT: tuple[type[Exception], ...] = (
    InputError,
    UnreadableFileError,
    UnconfirmedError,
    DeliveryError,
    RefusedError,
    FollowupError,
)
"""The errors that a plugin may raise; one of a class below counts as the first that fits."""


def refusal_of(error: Exception) -> Refused:
    """Return what is sent of an error that is ``MEANT``."""
    kind = next(kind for kind in MEANT if isinstance(error, kind))
    return Refused(error=kind.__name__, text=clean(str(error)))


def error_of(refusal: Refused) -> Exception:
    """Return the error that was sent."""
    kinds = {kind.__name__: kind for kind in MEANT}
    return kinds.get(refusal.error, RefusedError)(refusal.text)
