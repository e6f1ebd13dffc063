"""Drafts of messages, kept beside the store until they are sent (design, section 8)."""

from __future__ import annotations

from pathlib import Path

import msgspec

from followup.domain.tracking import Draft
from followup.store import files
from followup.store.errors import reason_of, unwritable


class DraftFolder:
    """The drafts of one store, a private file for each application.

    They are no part of the store: what is not sent is no fact, and typing must not wait.
    """

    def __init__(self, store: Path) -> None:
        """Take the path of the store; nothing is read or made yet."""
        target = files.resolved(store)
        self._folder = target.with_name(f"{target.name}.drafts")

    def get(self, application_id: int) -> Draft | None:
        """Return the draft of an application, if there is one that can be read."""
        try:
            return msgspec.json.decode(self._path(application_id).read_bytes(), type=Draft)
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, application_id: int, draft: Draft) -> None:
        """Keep a draft in the place of the one before, which stays where this fails.

        Raises ``StoreError`` where it cannot be written.
        """
        try:
            files.make_directory(self._folder)
            files.replace(self._path(application_id), msgspec.json.encode(draft))
        except OSError as error:
            raise unwritable(self._folder, reason_of(error)) from error

    def drop(self, application_id: int) -> None:
        """Forget the draft of an application; raises ``StoreError`` where that fails."""
        try:
            self._path(application_id).unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self._folder, reason_of(error)) from error

    def _path(self, application_id: int) -> Path:
        return self._folder / f"{application_id}.json"
