"""What is known of the mail that was looked at, kept beside the store (design, section 9)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from followup.domain.mailbox import MailMemory
from followup.store import files
from followup.store.errors import reason_of, unwritable
from followup.store.lock import StoreLock

MOST_HEARD = 20_000
"""Mails that are remembered; a timeline itself knows the answers on it."""


class MemoryFile:
    """The memory of one store, in a private file that several processes may change.

    It is no part of the store, for undoing a change makes no mail unheard.
    """

    def __init__(self, store: Path) -> None:
        """Take the path of the store; nothing is read or made yet."""
        target = files.resolved(store)
        self._path = target.with_name(f"{target.name}.mail")

    def read(self) -> MailMemory:
        """Return what is known, nothing where it cannot be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=MailMemory)
        except (OSError, msgspec.DecodeError):
            return MailMemory()

    def change(self, change: Callable[[MailMemory], MailMemory]) -> MailMemory:
        """Put what a function makes of the memory in its place, and return it.

        No other process changes it meanwhile. Raises ``StoreError`` where it cannot be written.
        """
        with StoreLock(self._path).held():
            before = self.read()
            after = change(before)
            after = replace(after, heard=after.heard[-MOST_HEARD:])
            if after != before:
                try:
                    files.replace(self._path, msgspec.json.encode(after))
                except OSError as error:
                    raise unwritable(self._path, reason_of(error)) from error
            return after
