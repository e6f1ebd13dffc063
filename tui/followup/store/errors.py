"""What the store says when something is in the way."""

from __future__ import annotations

from pathlib import Path

from followup.domain.text import clean


class StoreError(Exception):
    """One line for the user: what went wrong, where, and what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(clean(message))


def unreadable(
    path: Path,
    reason: str,
    then: str = "it was left as it is; put a sound copy in its place or name another store",
) -> StoreError:
    """Return the error for a store that cannot be read, for a reason in a few words."""
    return StoreError(f"cannot read the store {path}: {reason}; {then}")


def unwritable(path: Path, reason: str, then: str = "put that right and try again") -> StoreError:
    """Return the error for a store that cannot be written, for a reason in a few words."""
    return StoreError(f"cannot write the store {path}: {reason}; {then}")


def reason_of(error: OSError) -> str:
    """Return what the operating system says, without the number and the path."""
    return error.strerror or str(error)
