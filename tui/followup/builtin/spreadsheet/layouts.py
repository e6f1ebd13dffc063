"""Tables that are known by their header, so that nothing in them has to be guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from followup.api import DateOrder, ImportField, clean
from followup.builtin.formats.sheet_columns import TELLING, all_fields
from followup.builtin.spreadsheet.words import vocabulary

_IGNORED = "ignore"


class KnownTable(Struct, frozen=True, kw_only=True):
    """A table that some program writes: its columns and their fields, none for ignored ones.

    All ``needed`` columns are there, by name in lower case, and further ``columns`` may be;
    any beside these are guessed. Where its jobs are ``saved`` nobody has applied for them;
    where it is ``exact`` every cell means what it says, and every row is an application.
    """

    title: str
    needed: frozenset[str]
    columns: Mapping[str, ImportField | None]
    order: DateOrder | None = None
    saved: bool = False
    exact: bool = False

    def field_of(self, name: str) -> ImportField | None:
        """Return the field of a column that this table knows."""
        return self.columns[_key(name)]

    def knows(self, name: str) -> bool:
        """Tell whether a column is one of this table."""
        return _key(name) in self.columns


def recognise(names: Iterable[str]) -> KnownTable | None:
    """Return the known table that has all its columns among these names, if there is one."""
    there = {_key(name) for name in names}
    return next((table for table in _KNOWN_TABLES if table.needed <= there), None)


def _key(name: str) -> str:
    return clean(name).lower()


def _known_tables() -> list[KnownTable]:
    own = KnownTable(
        title="followup's own CSV",
        needed=frozenset(map(_key, TELLING)),
        columns={_key(name): field for name, field in all_fields().items()},
        exact=True,
    )
    tables = [own]
    for known in vocabulary("layouts").values():
        columns = {
            _key(name): None if field == _IGNORED else field
            for name, field in {**known["columns"], **known.get("others", {})}.items()
        }
        tables.append(
            KnownTable(
                title=known["title"],
                needed=frozenset(map(_key, known["columns"])),
                columns=columns,
                order=known.get("order"),
                saved=known.get("saved", False),
            )
        )
    return tables


_KNOWN_TABLES = _known_tables()
