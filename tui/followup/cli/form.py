"""An application as a text to edit: TOML with comments, read back and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import tomlkit
from msgspec import Struct
from msgspec.structs import asdict, replace
from tomlkit.items import Item

from followup.cli.editing import edit_until
from followup.domain.application import Application, Contact
from followup.domain.errors import FollowupError, InputError
from followup.domain.hygiene import checked_application, checked_contact, checked_url
from followup.tracker import Tracker

_HEAD = (
    "Edit, save and close. Its timeline is not shown here and stays as it is.",
    "The first contact is the one to write to; [[contacts]] may be repeated.",
)
_Check = tuple[Sequence[str], Sequence[str], Callable[[str], Any]]


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What of an application can be edited as text: all but its id and its timeline."""

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


_PLAIN = tuple(name for name in Form.__struct_fields__ if name != "contacts")


def edit_in_editor(application: Application, tracker: Tracker) -> Application:
    """Have the user edit an application in their editor, store it and return it."""

    def store(text: str) -> Application:
        return tracker.edit(read_text(text, application, tracker), application)

    return edit_until(as_text(application), ".toml", store)


def as_text(application: Application) -> str:
    """Return what can be edited of an application, as TOML with comments."""
    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    for name in _PLAIN:
        document.add(name, _item(getattr(application, name)))
    contacts = tomlkit.aot()
    for contact in application.contacts or (Contact(),):
        contacts.append(tomlkit.item(asdict(contact)))
    document.add("contacts", contacts)
    return tomlkit.dumps(document)


def _item(field: str | tuple[str, ...]) -> Item:
    if isinstance(field, str):
        return tomlkit.string(field, multiline="\n" in field)
    items = tomlkit.array()
    items.extend(field)
    return items


def read_text(text: str, application: Application, tracker: Tracker) -> Application:
    """Return the application as a text has it, with the id and the timeline that it had.

    Raises ``InputError`` with the line of a mistake.
    """
    try:
        form = msgspec.convert(tomllib.loads(text), Form)
    except tomllib.TOMLDecodeError as fault:
        raise InputError(str(fault)) from fault
    except msgspec.ValidationError as fault:
        named = re.findall(r"(?:field `|\.)(\w+)", str(fault))
        raise InputError(f"line {_line(text, named[-1:])}: {fault}") from fault
    for names, values, check in _checks(form, tracker):
        for value in values:
            try:
                check(value)
            except FollowupError as fault:
                raise InputError(f"line {_line(text, names, value)}: {fault}") from fault
    fields = {name: getattr(form, name) for name in Form.__struct_fields__}
    return checked_application(replace(application, **fields))


def _checks(form: Form, tracker: Tracker) -> Iterator[_Check]:
    """Yield what is to be checked field by field, so that a mistake has a line."""
    yield ["company"], [form.company], _required
    yield ["role"], [form.role], _required
    yield ["url"], [form.url], checked_url
    yield ["policy"], [form.policy] if form.policy else [], tracker.policy
    yield ["linkedin"], [contact.linkedin for contact in form.contacts], checked_url
    emails = [contact.email for contact in form.contacts]
    yield ["email"], emails, lambda email: checked_contact(Contact(email=email))


def _required(value: str) -> None:
    if not value.strip():
        raise InputError("an application needs a company and a role: give both")


def _line(text: str, names: Sequence[str], value: str = "") -> int:
    """Return the line on which a field has a value, counted from 1."""
    for number, line in enumerate(text.splitlines(), start=1):
        if any(re.match(rf"\s*{name}\s*=", line) for name in names) and value in line:
            return number
    return 1
