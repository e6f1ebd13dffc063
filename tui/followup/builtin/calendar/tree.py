"""A calendar as components with properties, whatever is missing at their ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from icalendar.parser import unescape_backslash

from followup.api import UnreadableFileError, clean, clean_page
from followup.builtin.calendar.lines import Line

MOST_COMPONENTS = 50_000
_DEEPEST = 10
_TOP = ("VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY")


class Component:
    """A part of a calendar: its name, the line on which it begins, what is said in it."""

    def __init__(self, name: str, line: int) -> None:
        """Begin with nothing in it."""
        self.name = name
        self.line = line
        self.children: list[Component] = []
        self.lines: dict[str, list[Line]] = {}

    def first(self, name: str) -> Line | None:
        """Return the first property of a name, if there is any."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> list[Line]:
        """Return all properties of a name."""
        return self.lines.get(name, [])

    def value(self, name: str) -> str:
        """Return the bare value of a property, clean, empty where there is none."""
        line = self.first(name)
        return clean(line.value) if line else ""

    def text(self, name: str) -> str:
        """Return a property of text as people read it, in lines."""
        line = self.first(name)
        return clean_page(unescape_backslash(line.value)) if line else ""


def calendars(lines: Iterable[Line]) -> Iterator[Component]:
    """Yield the calendars of a file with all that is in them.

    Ends that are missing are taken to be there. Raises ``UnreadableFileError`` for more than
    ``MOST_COMPONENTS`` parts.
    """
    stack: list[Component] = []
    count = 0
    for line in lines:
        name = line.value.strip().upper()
        if line.name == "BEGIN":
            count += 1
            if count > MOST_COMPONENTS:
                most = f"{MOST_COMPONENTS:,}"
                raise UnreadableFileError(f"more than {most} entries: export a shorter time")
            yield from _closed_before(stack, name)
            _open(stack, Component(name, line.number))
        elif line.name == "END":
            if any(one.name == name for one in stack):
                while stack[-1].name != name:
                    stack.pop()
                ended = stack.pop()
                if not stack:
                    yield ended
        elif stack:
            stack[-1].lines.setdefault(line.name, []).append(line)
    if stack:
        yield stack[0]


def _closed_before(stack: list[Component], name: str) -> Iterator[Component]:
    """Close what cannot have a component of a name within it: its end is missing."""
    if name == "VCALENDAR" and stack:
        yield stack[0]
        stack.clear()
    elif name in _TOP:
        del stack[1:]


def _open(stack: list[Component], component: Component) -> None:
    if stack and len(stack) < _DEEPEST:
        stack[-1].children.append(component)
    if not stack or len(stack) < _DEEPEST:
        stack.append(component)
