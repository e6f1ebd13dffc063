"""Applications and the people to reach about them (design, section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from followup.domain.errors import RefusedError
from followup.domain.events import AnyEvent

Item = TypeVar("Item")


class Contact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody at the company, and the ways to reach them."""

    name: str = ""
    email: str = ""
    phone: str = ""
    linkedin: str = ""


class Application(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One company and role that somebody pursues, with its contacts and its timeline.

    ``id`` is 0 until the store has given it one. ``events`` stand in the order in which
    they were recorded. ``policy`` is empty where the user's usual one counts.
    """

    id: int = 0
    company: str
    role: str
    contacts: tuple[Contact, ...] = ()
    tags: tuple[str, ...] = ()
    url: str = ""
    location: str = ""
    salary: str = ""
    source: str = ""
    notes: str = ""
    policy: str = ""
    events: tuple[AnyEvent, ...] = ()

    @property
    def contact(self) -> Contact | None:
        """The person to write to: the first contact, if there is one."""
        return self.contacts[0] if self.contacts else None

    def with_event(self, event: AnyEvent) -> Application:
        """Return the application with one more fact on its timeline."""
        return replace(self, events=(*self.events, event))

    def with_event_instead(self, known: AnyEvent, event: AnyEvent | None) -> Application:
        """Return the application with another fact in the place of a known one, or with none.

        Raises ``RefusedError`` where the known one is not on the timeline any more.
        """
        if known not in self.events:
            raise RefusedError("somebody else changed this meanwhile: look at it again")
        place = self.events.index(known)
        instead = () if event is None else (event,)
        return replace(self, events=(*self.events[:place], *instead, *self.events[place + 1 :]))

    def with_edits(self, edited: Application, base: Application) -> Application:
        """Return the application with what somebody edited, who began with ``base``.

        Fields that are the same there stay as they are here. Of events and tags that were
        edited there, what was added or taken away here since ``base`` is so as well.
        """
        before = asdict(base)
        changed = {name: new for name, new in asdict(edited).items() if new != before[name]}
        for name in changed.keys() & {"events", "tags"}:
            changed[name] = _merged(changed[name], before[name], getattr(self, name))
        return replace(self, **changed)


def _merged(
    edited: Sequence[Item], base: Sequence[Item], current: Sequence[Item]
) -> Sequence[Item]:
    """Return what somebody edited with what others added to the base, or took from it, since."""
    taken = _without(base, current)
    added = _without(_without(current, base), _without(edited, base))
    return (*_without(edited, taken), *added)


def _without(items: Sequence[Item], others: Sequence[Item]) -> Sequence[Item]:
    """Return the items but for as many of each as there are in others."""
    left = list(others)
    kept = []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            kept.append(item)
    return tuple(kept)
