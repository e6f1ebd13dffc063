"""An application as TOML with comments: its fields and contacts, and its timeline below."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from followup.application_text.places import Path, Places
from followup.application_text.timeline import TimelineText
from followup.application_text.toml import block, toml
from followup.domain.application import Application, Contact
from followup.domain.clock import Clock
from followup.domain.errors import FollowupError, InputError
from followup.domain.hygiene import checked_application, checked_contact, checked_url
from followup.domain.text import harmless
from followup.editing import MistakeError

_HEAD = """\
# Edit, save and close. Left as it is, or empty, it changes nothing.
# Dates are in {zone}: 2026-03-04, 2026-03-04 15:00 or yesterday 3pm.

"""
_CONTACTS = """
# Whom to reach. The first one is who you write to; repeat [[contacts]] for more.
"""
_NO_CONTACT = Contact()


class _Fields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What of an application stands above its timeline, in the order in which it is shown."""

    company: str
    role: str
    tags: tuple[str, ...] = ()
    url: str = ""
    location: str = ""
    salary: str = ""
    source: str = ""
    policy: str = ""
    notes: str = ""
    contacts: tuple[Contact, ...] = ()


_PLAIN = tuple(name for name in _Fields.__struct_fields__ if name != "contacts")
_HINTS = {"policy": "  # empty: your usual one", "tags": '  # ["remote", "python"]'}


class ApplicationText:
    """One application as a text to edit, and the text read back.

    ``policy`` raises an error in words for the name of a policy that there is not.
    """

    def __init__(
        self, application: Application, clock: Clock, policy: Callable[[str], object]
    ) -> None:
        """Take the application as the user begins with it."""
        self._base = application
        self._timeline = TimelineText(application.events, clock)
        self._zone = clock.zone
        self._policy = policy

    def write(self) -> str:
        """Return the text to begin with."""
        shown = _shown(self._base)
        fields = (f"{name} = {toml(shown[name])}{_HINTS.get(name, '')}\n" for name in _PLAIN)
        contacts = (block("contacts", contact) for contact in shown["contacts"])
        return "".join(
            (
                _HEAD.format(zone=self._zone),
                *fields,
                _CONTACTS,
                "\n".join(contacts),
                self._timeline.write(),
            )
        )

    def read(self, text: str) -> Application:
        """Return the application as a text has it; what was left alone is as it was.

        Raises ``MistakeError`` with the line of a mistake.
        """
        if not text.strip():
            return self._base
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise _broken(fault, text) from fault
        places = Places(text)
        blocks = content.pop("timeline", [])
        try:
            fields = msgspec.convert(content, _Fields)
        except msgspec.ValidationError as fault:
            raise _misshapen(fault, places) from fault
        before = _shown(self._base)
        after = {**asdict(fields), "contacts": [asdict(contact) for contact in fields.contacts]}
        changed = {
            name: getattr(fields, name) for name in after if _as_list(after[name]) != before[name]
        }
        for path, check in self._checks(fields):
            try:
                if path[0] in changed:
                    check()
            except FollowupError as fault:
                raise MistakeError(str(fault), places.line(path)) from fault
        events = self._timeline.read(blocks, places)
        if not changed and events == self._base.events:
            return self._base
        return checked_application(replace(self._base, **changed, events=events))

    def _checks(self, fields: _Fields) -> Iterator[tuple[Path, Callable[[], object]]]:
        """Yield what is to be checked field by field, so that a mistake has a line."""
        yield ("company",), lambda: _needed(fields.company, "the company")
        yield ("role",), lambda: _needed(fields.role, "the role")
        yield ("url",), lambda: checked_url(fields.url)
        if fields.policy:
            yield ("policy",), lambda: self._policy(fields.policy)
        for number, contact in enumerate(fields.contacts):
            for name, value in asdict(contact).items():
                one = Contact(**{name: value})
                yield ("contacts", number, name), partial(checked_contact, one)


def _shown(application: Application) -> dict[str, Any]:
    """Return the fields as the text shows them: with nothing that a terminal would obey."""
    contacts = application.contacts or (_NO_CONTACT,)
    return {
        **{name: _harmless(getattr(application, name)) for name in _PLAIN},
        "contacts": [
            {name: harmless(value) for name, value in asdict(contact).items()}
            for contact in contacts
        ],
    }


def _harmless(value: str | tuple[str, ...]) -> str | list[str]:
    return harmless(value) if isinstance(value, str) else [harmless(one) for one in value]


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _needed(value: str, what: str) -> None:
    if not value.strip():
        raise InputError(f"an application needs a company and a role: name {what}")


def _broken(fault: tomllib.TOMLDecodeError, text: str) -> MistakeError:
    """Return what is wrong with a text that is no TOML; the line is in the words alone."""
    told, _, place = str(fault).partition(" (at ")
    line = re.match(r"line (\d+)", place)
    return MistakeError(told, int(line[1]) if line else max(1, len(text.splitlines())))


def _misshapen(fault: msgspec.ValidationError, places: Places) -> MistakeError:
    """Return what is wrong with a field; the way to it is in the words alone."""
    told, _, way = str(fault).partition(" - at ")
    path: list[str | int] = [
        int(part) if part.isdigit() else part for part in re.findall(r"\w+", way)
    ]
    unknown = re.search(r"unknown field `(\w+)`", told)
    if unknown:
        path.append(unknown[1])
    return MistakeError(told, places.line(tuple(path)))
