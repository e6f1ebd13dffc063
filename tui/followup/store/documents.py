"""Documents of the file and the values of the program: the same types, checked both ways."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.outbox import Intent
from followup.domain.passage import Mark
from followup.store.errors import StoreError
from followup.store.tree import Document, Tree

SCHEMA = 2
"""The number of the file's layout; it grows with every change that old programs misread."""

META_ID = 1
"""The id of the one document in the ``meta`` table."""

Value = TypeVar("Value")
StructValue = TypeVar("StructValue", bound=Struct)
_Positive = Annotated[int, msgspec.Meta(ge=1)]


class Meta(Struct, frozen=True, kw_only=True):
    """What a store says of itself; numbers that were given out never come back."""

    schema: _Positive
    next_id: _Positive
    next_change: _Positive


NEW = Meta(schema=SCHEMA, next_id=1, next_change=1)
"""What a store says of itself before its first change."""


def meta_in(tree: Tree) -> Meta:
    """Return what a store says of itself; raises ``ValueError`` where it is none of ours."""
    if "meta" not in tree:
        raise ValueError("it is no store of followup")
    metas = decoded(tree, "meta", dict[int, Meta])
    if META_ID not in metas:
        raise ValueError(f"`meta.{META_ID}` is missing")
    return metas[META_ID]


def applications_in(tree: Tree) -> dict[int, Application]:
    """Return the applications of a store by id; raises ``ValueError`` with the fault's path."""
    applications = decoded(tree, "applications", dict[int, Application])
    for id_, application in applications.items():
        if application.id != id_ or id_ < 1:
            raise ValueError(f"the id does not fit - at `applications.{id_}.id`")
    return dict(sorted(applications.items()))


def marks_in(tree: Tree) -> dict[int, Mark]:
    """Return the marks of a store by application; raises ``ValueError`` with a fault's path.

    A store of a time without marks has none.
    """
    return decoded(tree, "marks", dict[int, Mark]) if "marks" in tree else {}


def outbox_in(tree: Tree) -> dict[int, Intent]:
    """Return the outbox of a store by id; raises ``ValueError`` with a fault's path.

    A store of a time without an outbox has an empty one.
    """
    outbox = decoded(tree, "outbox", dict[int, Intent]) if "outbox" in tree else {}
    for id_, intent in outbox.items():
        if intent.id != id_:
            raise ValueError(f"the id does not fit - at `outbox.{id_}.id`")
    return outbox


def decoded(tree: Tree, name: str, kind: type[dict[int, Value]]) -> dict[int, Value]:
    """Return the documents of a table as values by id.

    Raises ``ValueError`` with the path of what does not fit: ``applications.3.company``.
    """
    if name not in tree:
        raise ValueError(f"`{name}` is missing")
    table = tree[name]
    try:
        return msgspec.convert(table, kind, str_keys=True)
    except msgspec.ValidationError:
        # msgspec leaves keys out of its paths: look for the document at fault.
        for key, document in table.items():
            _find_fault(name, key, document, kind)
        raise


def _find_fault(name: str, key: str, document: Document, kind: type[dict[int, Value]]) -> None:
    try:
        msgspec.convert({key: document}, kind, str_keys=True)
    except msgspec.ValidationError as error:
        path = f"{name}.{key}"
        raise ValueError(str(error).replace("$[...]", path).replace("`$`", f"`{path}`")) from None


def document_of(value: Struct) -> Document:
    """Return the document that a checked value is stored as."""
    document: Document = msgspec.to_builtins(value, str_keys=True)
    return document


def checked(application: Application) -> Application:
    """Return the application as it will be read again, its instants in UTC.

    Structs don't check what they are made of: this does, so that nothing that is written
    can make the file unreadable. Raises ``StoreError`` where the application can't be
    stored.
    """
    read = _as_read(application, Application, application.company)
    return replace(read, events=tuple(in_utc(event) for event in read.events))


def checked_intent(intent: Intent) -> Intent:
    """Return the intent as it will be read again; raises ``StoreError`` as ``checked`` does."""
    return in_utc(_as_read(intent, Intent, "the message"))


def _as_read(value: Value, kind: type[Value], what: str) -> Value:
    try:
        return msgspec.json.decode(msgspec.json.encode(value), type=kind)
    except (ValueError, TypeError, RecursionError) as error:
        raise StoreError(f"cannot store {what}: {error}; nothing changed") from error


def in_utc(value: StructValue) -> StructValue:
    """Return a struct with all its instants in UTC; raises ``ValueError`` for a naive one."""
    instants = {}
    for name in value.__struct_fields__:
        instant = getattr(value, name)
        if isinstance(instant, datetime) and instant.tzinfo is not UTC:
            if instant.tzinfo is None:
                raise ValueError(f"`{name}` has no time zone")
            instants[name] = instant.astimezone(UTC)
    return replace(value, **instants) if instants else value


def merged(old: Mapping[int, Value], new: Mapping[int, Value | None]) -> dict[int, Value]:
    """Return values by id, in order, with new ones put in; what is none there goes."""
    both = {**old, **new}
    return {id_: value for id_ in sorted(both) if (value := both[id_]) is not None}
