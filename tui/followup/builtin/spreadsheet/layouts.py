"""Tables that are known by their header, so that nothing in them has to be guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from followup.api import ImportField
from followup.builtin.formats.sheet import FIELDS


class KnownTable(Struct, frozen=True, kw_only=True):
    """A table that some program writes: its columns and their fields, none for ignored ones.

    Columns beside these are guessed like any others.
    """

    title: str
    columns: Mapping[str, ImportField | None]


KNOWN_TABLES = (
    KnownTable(title="followup's own CSV", columns=FIELDS),
    KnownTable(
        title="LinkedIn's list of applications",
        columns={
            "Application Date": "applied",
            # These two are the applicant's own.
            "Contact Email": None,
            "Contact Phone Number": None,
            "Company Name": "company",
            "Job Title": "role",
            "Job Url": "url",
            "Resume Name": None,
        },
    ),
)


def recognise(names: Collection[str]) -> KnownTable | None:
    """Return the known table that has all its columns among these names, if there is one."""
    return next((table for table in KNOWN_TABLES if table.columns.keys() <= set(names)), None)
