"""From a row to an application."""

from __future__ import annotations

from followup.api import (
    Application,
    Contact,
    ImportRow,
    InputError,
    checked_application,
    checked_url,
)
from followup.builtin.spreadsheet.cells import EMAIL, is_url
from followup.builtin.spreadsheet.facts import read_facts
from followup.builtin.spreadsheet.row import Cell, Row

NO_ROLE = "role not given"
_TAG_BREAKS = str.maketrans(";|\n", ",,,")
_AROUND_NAMES = " <>()[],;:-"


def read_application(row: Row) -> ImportRow | None:
    """Return the application of a row, none where it can't be one; problems tell why."""
    if row.is_unreadable:
        return None
    company = row.text("company")
    if not company:
        row.add_problem("no company: the line was left out")
        return None
    if row.has("role") and not row.cell("role"):
        row.add_problem(f"no role: taken as {NO_ROLE!r}")
    remarks: list[str] = []
    source, url = _source_and_url(row, remarks)
    application = Application(
        company=company,
        role=row.text("role") or NO_ROLE,
        contacts=_contacts(row, remarks),
        tags=tuple(row.joined("tags", ",").translate(_TAG_BREAKS).split(",")),
        url=url,
        location=row.joined("location", ", "),
        salary=row.joined("salary", " / "),
        source=source,
        notes="\n".join((*_notes(row), *remarks)),
        events=read_facts(row),
    )
    try:
        return ImportRow(line=row.line, application=checked_application(application))
    except InputError as fault:
        row.add_problem(f"{fault}: the line was left out")
        return None


def _source_and_url(row: Row, remarks: list[str]) -> tuple[str, str]:
    """Return where the job was found and its address; what is no address says where, too."""
    source = row.text("source")
    cell = row.cell("url")
    if cell is None:
        return source, ""
    if is_url(cell.text):
        return source, checked_url(cell.text)
    told = row.line_of(cell)
    if source and told.casefold() != source.casefold():
        remarks.append(_remark(row, cell))
    return source or told, ""


def _contacts(row: Row, remarks: list[str]) -> tuple[Contact, ...]:
    """Return the person to write to, and further addresses as contacts without a name."""
    name = row.text("contact")
    emails = EMAIL.findall(name)
    if emails:
        name = EMAIL.sub("", name).strip(_AROUND_NAMES)
    linkedin = ""
    for cell in row.cells("email"):
        found = EMAIL.findall(cell.text)
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
        phone=row.text("phone"),
        linkedin=linkedin,
    )
    return (contact, *(Contact(email=email) for email in others))


def _notes(row: Row) -> list[str]:
    cells = row.cells("notes")
    if len(cells) == 1:
        return [row.page_of(cells[0])]
    return [f"{cell.column}: {row.page_of(cell)}" for cell in cells]


def _remark(row: Row, cell: Cell) -> str:
    return f"{cell.column}: {row.line_of(cell)}"
