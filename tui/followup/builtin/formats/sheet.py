"""Our own CSV: one row for each application, for spreadsheets and for ourselves (RFC 4180).

Formulas are neutralised so that our own import takes them back. There are the facts by which
an application stands where it does: what was cancelled, failed, or has not come to pass yet is
not there, and neither are the texts of messages, answers and notes of the timeline.
"""

from __future__ import annotations

import csv
from io import TextIOWrapper
from operator import attrgetter
from typing import BinaryIO

from followup.api import (
    UNDATED,
    AnyEvent,
    Application,
    Applied,
    Board,
    Card,
    FollowUp,
    Interview,
    Promise,
    Reply,
    Timeline,
    after,
    clean_page,
    day_of,
)
from followup.builtin.formats.sheet_columns import (
    FIELDS,
    MOST_REPEATED,
    further_columns,
    numbered,
    written,
)
from followup.builtin.formulas import neutralised

_REPEATED = (Applied, Interview, FollowUp, Promise, Reply)
_USUAL_HOURS = 1  # of an interview whose end need not stand in the sheet


def write(board: Board, stream: BinaryIO, zone: str) -> None:
    """Write all applications, with the mark by which spreadsheets know UTF-8."""
    rows = [_row(card, zone) for card in sorted(board.cards(), key=attrgetter("id"))]
    needed = {column for row in rows for column, value in row.items() if value}
    columns = [*FIELDS, *(column for column in further_columns() if column in needed)]
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_cell(row.get(column, "")) for column in columns)
    text.flush()
    text.detach()


def _row(card: Card, zone: str) -> dict[str, str]:
    """Return the cells of an application by their columns."""
    timeline, step = card.standing.timeline, card.standing.next
    row = {
        **_described(card.application),
        **_repeated(timeline, zone),
        "Stage": card.stage.label,
        "Next step": step.kind.label if step else "",
        "Opens": written(step.opens, zone) if step else "",
        "Due": written(step.due, zone) if step else "",
    }
    if timeline.outcome:
        row["Outcome"] = timeline.outcome.result
        is_dated = timeline.outcome.text != UNDATED
        row["Outcome date"] = _date(timeline.outcome, zone) if is_dated else ""
    if timeline.snooze and card.standing.snoozed_until:
        row["Snoozed"] = _date(timeline.snooze, zone)
        row["Snoozed until"] = written(timeline.snooze.until, zone)
    return row


def _described(application: Application) -> dict[str, str]:
    """Return the cells of all that is no fact of the timeline."""
    row = {
        "Company": application.company,
        "Role": application.role,
        "Tags": ", ".join(map(_listed, application.tags)),
        "URL": application.url,
        "Location": application.location,
        "Salary": application.salary,
        "Source": application.source,
        "Policy": application.policy,
        "Notes": application.notes,
    }
    for number, contact in enumerate(application.contacts[:MOST_REPEATED], start=1):
        row[numbered("Contact", number)] = contact.name
        row[numbered("Email", number)] = contact.email
        row[numbered("Phone", number)] = contact.phone
        row[numbered("LinkedIn", number)] = contact.linkedin
    return row


def _repeated(timeline: Timeline, zone: str) -> dict[str, str]:
    """Return the cells of the facts that there may be several of, the oldest first."""
    row = {}
    for kind in _REPEATED:
        facts = [fact for fact in timeline.events if isinstance(fact, kind) and _counts(fact)]
        for number, fact in enumerate(facts[-MOST_REPEATED:], start=1):
            for column, value in _told(fact, zone).items():
                row[numbered(column, number)] = value
    return row


def _counts(fact: AnyEvent) -> bool:
    match fact:
        case Interview(cancelled=True) | FollowUp(failed=True):
            return False
        case _:
            return True


def _told(fact: AnyEvent, zone: str) -> dict[str, str]:
    """Return the cells of one fact by their columns, not numbered yet."""
    date = _date(fact, zone)
    match fact:
        case Applied():
            return {"Applied": date}
        case Interview():
            return {"Interview": date, "Interview ends": _end(fact, zone)}
        case FollowUp():
            return {"Follow-up": date, "Follow-up step": fact.step.label if fact.step else ""}
        case Promise():
            return {"Promised": date, "Decision by": fact.by.isoformat()}
        case _:
            return {"Replied": date}


def _end(interview: Interview, zone: str) -> str:
    """Return when an interview ends, where that is not what anybody would assume."""
    if interview.date_only:
        last_day = day_of(interview.ends, interview.zone)
        return last_day.isoformat() if last_day != interview.day else ""
    is_usual = interview.ends == after(interview.at, hours=_USUAL_HOURS)
    return "" if is_usual else written(interview.ends, zone)


def _date(event: AnyEvent, zone: str) -> str:
    return event.day.isoformat() if event.date_only else written(event.at, zone)


def _listed(tag: str) -> str:
    """Return a tag as it stands among others, quoted as a cell of a CSV is (RFC 4180)."""
    return '"{}"'.format(tag.replace('"', '""')) if set(tag) & {",", '"'} else tag


def _cell(value: str) -> str:
    return neutralised(clean_page(value))
