"""A change as it is collected: what the store would hold once it is written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.outbox import Intent
from followup.store.documents import checked, checked_intent, merged
from followup.store.errors import StoreError


class Changes:
    """The applications as one change leaves them; nothing is written before its block ends."""

    def __init__(
        self,
        applications: Mapping[int, Application],
        next_id: int,
        outbox: Mapping[int, Intent] = MappingProxyType({}),
    ) -> None:
        """Start from the applications and the outbox that stand in the store, by id."""
        self.next_id = next_id
        self._before = applications
        self._after: dict[int, Application | None] = {}
        self._outbox = outbox
        self._posted: dict[int, Intent | None] = {}

    def get(self, id: int) -> Application | None:  # noqa: A002 - the design's word
        """Return the application of an id, as this change leaves it so far."""
        return self._after[id] if id in self._after else self._before.get(id)

    def applications(self) -> tuple[Application, ...]:
        """Return all applications by id, as this change leaves them so far."""
        return tuple(merged(self._before, self._after).values())

    def add(self, application: Application) -> Application:
        """Add an application and return it with its id, which no other ever had or will have.

        Raises ``StoreError`` where it cannot be stored, as ``replace`` does.
        """
        added = checked(replace(application, id=self.next_id))
        self._after[added.id] = added
        self.next_id += 1
        return added

    def replace(self, application: Application) -> None:
        """Put an application in the place of the one with its id.

        Raises ``StoreError`` where there is none.
        """
        self._require(application.id)
        self._after[application.id] = checked(application)

    def remove(self, id: int) -> None:  # noqa: A002 - the design's word
        """Remove the application of an id; raises ``StoreError`` where there is none."""
        self._require(id)
        self._after[id] = None

    def outbox(self) -> Mapping[int, Intent]:
        """Return the outbox by id, as this change leaves it so far."""
        return merged(self._outbox, self._posted)

    def post(self, intent: Intent) -> Intent:
        """Put a message into the outbox and return it with its id, which is a new one.

        Raises ``StoreError`` where it cannot be stored. What is put into the outbox or taken
        out of it is not undone with the rest of the change.
        """
        posted = checked_intent(replace(intent, id=max(self.outbox(), default=0) + 1))
        self._posted[posted.id] = posted
        return posted

    def settle(self, id: int, intent: Intent | None) -> None:  # noqa: A002
        """Put what is known of a message now in the place of its intent; none: forget it."""
        self._posted[id] = intent and checked_intent(intent)

    def posted(self) -> dict[int, Intent | None]:
        """Return what of the outbox this change leaves otherwise than it found it."""
        return {
            id_: intent for id_, intent in self._posted.items() if intent != self._outbox.get(id_)
        }

    def touched(self) -> dict[int, Application | None]:
        """Return the applications that this change leaves otherwise than it found them."""
        return {
            id_: application
            for id_, application in self._after.items()
            if application != self._before.get(id_)
        }

    def pairs(self) -> list[tuple[Application | None, Application | None]]:
        """Return what this change touches, each as it was and as it is left."""
        return [(self._before.get(id_), after) for id_, after in self.touched().items()]

    def _require(self, id_: int) -> None:
        if self.get(id_) is None:
            raise StoreError(f"there is no application {id_}: see the list for those there are")
