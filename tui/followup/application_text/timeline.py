"""A timeline as blocks of TOML, one for each fact, and the blocks read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from followup.application_text import facts
from followup.application_text.places import Places
from followup.application_text.toml import block
from followup.domain.clock import Clock
from followup.domain.events import EVENT_NAMES, AnyEvent, OutcomeKind
from followup.domain.step import StepKind
from followup.editing import MistakeError

_RARE = frozenset(("cancelled", "failed", "override"))  # shown where they say something

_HEAD = """
# What happened, the oldest first. Take a block away, and the fact is gone. `number` tells
# which fact it is: leave it as it is, and leave it out of a block that you add.
#   event = {events}
#   step = {steps}
#   result = {results}
# A date without a time is enough. A promise has `by`, a snooze `until`, an interview may have
# `ends`, and `cancelled = true`; any fact may have a `text`.
"""


class TimelineText:
    """The facts of one application, numbered from the oldest."""

    def __init__(self, events: tuple[AnyEvent, ...], clock: Clock) -> None:
        """Take the facts in the order in which they were recorded."""
        self._events = events
        self._clock = clock
        oldest_first = sorted(range(len(events)), key=lambda place: events[place].at)
        self._places = dict(enumerate(oldest_first, start=1))

    def write(self) -> str:
        """Return the blocks, with a comment above them."""
        blocks = (
            block("timeline", {"number": number, **self._shown(self._events[place])})
            for number, place in self._places.items()
        )
        head = _HEAD.format(
            events=_either(EVENT_NAMES), steps=_either(StepKind), results=_either(OutcomeKind)
        )
        return head + "\n".join(blocks)

    def read(self, blocks: Any, places: Places) -> tuple[AnyEvent, ...]:
        """Return the facts as blocks have them, new ones last.

        A fact that was left alone is the one that it was. Raises ``MistakeError``.
        """
        if not (isinstance(blocks, list) and all(isinstance(one, dict) for one in blocks)):
            raise MistakeError("write [[timeline]] above each fact", places.line(("timeline",)))
        known: dict[int, AnyEvent] = {}
        new: list[AnyEvent] = []
        for index, given in enumerate(blocks):
            try:
                place = self._place(given, known)
                before = None if place is None else self._events[place]
                typed = {field: value for field, value in given.items() if field != "number"}
                fact = facts.edited(before, typed, self._clock)
            except facts.FieldError as fault:
                line = places.line(("timeline", index, fault.field))
                raise MistakeError(str(fault), line) from fault
            if place is None:
                new.append(fact)
            else:
                known[place] = fact
        return (*(known[place] for place in sorted(known)), *new)

    def _place(self, given: Mapping[str, Any], known: Mapping[int, AnyEvent]) -> int | None:
        """Return which fact a block is about, none for a new one."""
        number = given.get("number")
        if number is None:
            return None
        if type(number) is not int or number not in self._places:
            raise facts.FieldError("number", f"no fact has the number {number}: leave it out")
        place = self._places[number]
        if place in known:
            raise facts.FieldError("number", f"{number} stands above: leave it out of a new fact")
        return place

    def _shown(self, event: AnyEvent) -> dict[str, Any]:
        """Return a fact as its block shows it."""
        values = facts.shown(event, self._clock.zone).items()
        shown = {name: value for name, value in values if value or name not in _RARE}
        return {"event": event.name, **shown}


def _either(words: Iterable[str]) -> str:
    return " | ".join(words)
