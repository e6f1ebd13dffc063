"""The columns of our own CSV and how it writes moments: what its writer and its reader share.

Every cell means what it says. A moment is a day, where no time of day is known, or what the
clocks of the user's zone show, with seconds only where there are any. Of two hours that look
alike the earlier one says its distance from UTC; without that the later one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from followup.api import EARLIEST_YEAR, LATEST_YEAR, ImportField, at_time

# The columns and the fields as which they are read back, none for what is derived.
FIELDS: Mapping[str, ImportField | None] = {
    "Company": "company",
    "Role": "role",
    "Stage": None,
    "Next step": None,
    "Opens": None,
    "Due": None,
    "Applied": "applied",
    "Interview": "interview",
    "Interview ends": "interview_ends",
    "Follow-up": "follow_up",
    "Follow-up step": "step",
    "Promised": "promised",
    "Decision by": "promise",
    "Replied": "replied",
    "Outcome": "status",
    "Outcome date": "decided",
    "Snoozed": "snoozed",
    "Snoozed until": "snooze",
    "Contact": "contact",
    "Email": "email",
    "Phone": "phone",
    "LinkedIn": "linkedin",
    "Tags": "tags",
    "URL": "url",
    "Location": "location",
    "Salary": "salary",
    "Source": "source",
    "Policy": "policy",
    "Notes": "notes",
}
# Columns of which there are as many, numbered, as an application needs.
REPEATED = (
    ("Applied",),
    ("Interview", "Interview ends"),
    ("Follow-up", "Follow-up step"),
    ("Promised", "Decision by"),
    ("Replied",),
    ("Contact", "Email", "Phone", "LinkedIn"),
)
MOST_REPEATED = 50
# By these the sheet is known, also where somebody took other columns out of it.
TELLING = ("Company", "Role", "Stage", "Next step", "Opens", "Due")

_NUMBER = re.compile(r" (\d{1,3})$")
_DAY_LENGTH = len("2026-03-04")


def numbered(column: str, number: int) -> str:
    """Return the name of the column for the first, second, third of a kind."""
    return column if number == 1 else f"{column} {number}"


def number_of(column: str) -> int:
    """Return which of its kind a column holds, from its name."""
    found = _NUMBER.search(column)
    return int(found[1]) if found else 1


def further_columns() -> Iterator[str]:
    """Yield the names of all columns that may stand behind the usual ones, in their order."""
    for number in range(2, MOST_REPEATED + 1):
        for group in REPEATED:
            yield from (numbered(column, number) for column in group)


def all_fields() -> Mapping[str, ImportField | None]:
    """Return the fields of all columns that there may be."""
    further = {column: FIELDS[_NUMBER.sub("", column)] for column in further_columns()}
    return {**FIELDS, **further}


def written(instant: datetime, zone: str) -> str:
    """Return an instant as it stands in a cell, in whole seconds."""
    instant = instant.replace(microsecond=0)
    local = instant.astimezone(ZoneInfo(zone))
    if at_time(local.date(), local.time(), zone) != instant:
        return local.isoformat(sep=" ")
    return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def read_moment(text: str, zone: str) -> tuple[date, datetime | None] | None:
    """Return the day of a cell and its instant (UTC), none for a day without a time.

    It is none for what is not written as we do: spreadsheets may write dates anew.
    """
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    if len(text) == _DAY_LENGTH:
        return moment.date(), None
    if moment.tzinfo is None:
        return moment.date(), at_time(moment.date(), moment.time(), zone)
    return moment.date(), moment.astimezone(UTC)
