"""From a row to an application."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup.api import (
    SAVED,
    Application,
    Contact,
    ImportRow,
    InputError,
    checked_application,
    checked_url,
)
from followup.builtin.spreadsheet.cells import EMAIL, is_sum, is_url
from followup.builtin.spreadsheet.changes import read_changes
from followup.builtin.spreadsheet.dates import looks_like_date, read_date
from followup.builtin.spreadsheet.facts import Facts, read_facts
from followup.builtin.spreadsheet.jobs import parted
from followup.builtin.spreadsheet.row import Cell, Row, quoted
from followup.builtin.spreadsheet.salaries import salary_of

NO_ROLE = "role not given"
_TAG_BREAKS = str.maketrans(";|\n", ",,,")
_LINK_WORDS = frozenset({"here", "link", "click here", "url", "view", "open"})  # of lost links
_LOOKED_AT = 1000  # characters in which addresses are looked for
_PHONE_WITHIN = re.compile(r"[+(]?\d[\d\s()/.-]{6,20}\d")
_AROUND_NAMES = " <>()[],;:-"


def read_application(row: Row) -> ImportRow | None:
    """Return the application of a row, none where it can't be one; problems tell why."""
    return _application(row, read_facts(row)) if _may_be_one(row) else None


def read_history(group: Sequence[Row]) -> ImportRow | None:
    """Return the application whose changes some rows are, none where it can't be one.

    What is no change is taken from the first of them.
    """
    rows = [row for row in group if _may_be_one(row)]
    return _application(rows[0], read_changes(rows)) if rows else None


def _may_be_one(row: Row) -> bool:
    """Tell whether a row may be an application; a problem tells why it is none."""
    fault = "" if row.is_unreadable else _no_application(row)
    if fault:
        row.add_problem(f"{fault}: the line was left out")
    return not row.is_unreadable and not fault


def _application(row: Row, facts: Facts) -> ImportRow | None:
    company, role = _company_and_role(row)
    if not role and (row.has("role") or row.has("job")):
        row.add_problem(f"no role: taken as {NO_ROLE!r}")
    remarks: list[str] = []
    source, url = _source_and_url(row, remarks)
    tags = row.joined("tags", ",").translate(_TAG_BREAKS).split(",")
    application = Application(
        company=company,
        role=role or NO_ROLE,
        contacts=_contacts(row, remarks),
        tags=(*tags, SAVED) if facts.saved else tuple(tags),
        url=url,
        location=row.joined("location", ", "),
        salary=salary_of(row),
        source=source,
        notes="\n".join((*notes_of(row), *remarks)),
        events=facts.events,
    )
    try:
        return ImportRow(line=row.line, application=checked_application(application))
    except InputError as fault:
        row.add_problem(f"{fault}: the line was left out")
        return None


def _company_and_role(row: Row) -> tuple[str, str]:
    """Return company and role, empty where there is none."""
    if row.has("job"):
        return parted(row.text("job"))
    return row.text("company"), row.text("role")


def _no_application(row: Row) -> str:
    """Return why a row is none, empty where it may be one."""
    company, _ = _company_and_role(row)
    if not company:
        return "no company"
    if is_sum(company):
        return f"{quoted(company)} is a sum"
    written = read_date(f"1 {company}")
    if row.is_alone and (looks_like_date(company) or (written and written.days)):
        return f"{quoted(company)} is a heading"
    return ""


def _source_and_url(row: Row, remarks: list[str]) -> tuple[str, str]:
    """Return where the job was found and its address; what is no address says where, too."""
    source = row.text("source")
    cell = row.cell("url")
    if cell is None:
        return source, ""
    if is_url(cell.text):
        return source, checked_url(cell.text)
    told = row.line_of(cell)
    if told.casefold() in _LINK_WORDS:
        return source, ""
    if source and told.casefold() != source.casefold():
        remarks.append(_remark(row, cell))
    return source or told, ""


def _contacts(row: Row, remarks: list[str]) -> tuple[Contact, ...]:
    """Return the person to write to, and further addresses as contacts without a name."""
    name = row.text("contact")
    emails = EMAIL.findall(name)
    if emails:
        name = EMAIL.sub("", name).strip(_AROUND_NAMES)
    phone = row.text("phone")
    spoken = None if phone else _PHONE_WITHIN.search(name)
    if spoken:
        phone, name = spoken[0], name.replace(spoken[0], "").strip(_AROUND_NAMES)
    linkedin = ""
    for cell in row.cells("email"):
        found = EMAIL.findall(cell.text[:_LOOKED_AT])
        emails += found
        if not found:
            remarks.append(_remark(row, cell))
    for cell in row.cells("linkedin"):
        if is_url(cell.text):
            linkedin = checked_url(cell.text)
        else:
            remarks.append(_remark(row, cell))
    first, *others = dict.fromkeys(emails) or [""]
    contact = Contact(
        name=name,
        email=first,
        phone=phone,
        linkedin=linkedin,
    )
    return (contact, *(Contact(email=email) for email in others))


def notes_of(row: Row) -> list[str]:
    """Return what the columns of notes say, each with its name where there are several."""
    cells = row.cells("notes")
    if len(cells) == 1:
        return [row.page_of(cells[0])]
    return [f"{cell.column}: {row.page_of(cell)}" for cell in cells]


def _remark(row: Row, cell: Cell) -> str:
    return f"{cell.column}: {row.line_of(cell)}"
