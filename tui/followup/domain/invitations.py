"""Invitations: to which application each one belongs (design, section 9).

In this order of trust: the application that the user named; the one that has the interview
already; the one whose contact is in the invitation; the one whose company the invitation names,
or whose company's domain is there. Nobody is taken for a company whose name only looks alike,
and where several applications are left, the user says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from followup.domain import bookings
from followup.domain.application import Application
from followup.domain.bookings import booked
from followup.domain.clues import Clues
from followup.domain.companies import core, fits, is_named_in
from followup.domain.events import Interview, Outcome, Reopen
from followup.domain.exchange import ImportRow, Problem
from followup.domain.instants import spoken, spoken_day
from followup.domain.leads import Leads
from followup.domain.text import clean, folded

_NAMED = 3  # titles that are quoted of those that were left out
_TELLING = 5  # letters of a name that is looked for in any text
_QUOTED = 60  # characters of a title


class Placed(Struct, frozen=True, kw_only=True):
    """Invitations by application: one row for each, with the known one that it belongs to.

    ``left_out`` are those of which nobody knows to which, with what to do.
    """

    rows: tuple[tuple[ImportRow, Application | None], ...] = ()
    left_out: tuple[Problem, ...] = ()


class _Target:
    """An application that invitations are about, known or made of them."""

    def __init__(self, application: Application, *, is_known: bool = False) -> None:
        self.application = application
        self.known = application if is_known else None
        self.row: ImportRow | None = None

    def take(self, row: ImportRow) -> None:
        """Add what a row brings."""
        is_ours = self.known is not None and _is_exported(self.known, row.application)
        brought = () if is_ours else row.application.events
        first = self.row or replace(row, application=replace(row.application, events=()))
        gathered = replace(first.application, events=booked(first.application.events, brought))
        self.row = replace(first, application=gathered)
        self.application = replace(
            self.application, events=booked(self.application.events, brought)
        )


def place(rows: Iterable[ImportRow], existing: Iterable[Application]) -> Placed:
    """Return to which application the rows with clues belong; each new company makes one."""
    targets: list[_Target] = []
    leads: Leads[_Target] = Leads()

    def add(application: Application, *, is_known: bool) -> _Target:
        targets.append(_Target(application, is_known=is_known))
        leads.note(application, targets[-1])
        return targets[-1]

    for application in existing:
        add(application, is_known=True)
    problems: list[Problem] = []
    others: list[ImportRow] = []
    for row in rows:
        if row.clues is None:
            continue
        found = _found(row, row.clues, leads.follow(row.application, row.clues))
        still_open = [one for one in found if not _has_ended(one.application, row)]
        if len(still_open) > 1:
            problems.append(_ambiguous(row, row.clues, still_open))
        elif still_open:
            still_open[0].take(row)
            leads.note(still_open[0].application, still_open[0])
        elif not row.clues.is_interview:
            others.append(row)
        elif found or row.application.company or row.clues.company:
            # They came back after it had ended: that is another application.
            known = found[0].application.company if found else ""
            company = known or row.application.company or row.clues.company
            fresh = replace(row, application=replace(row.application, company=company))
            add(fresh.application, is_known=False).take(fresh)
        else:
            problems.append(_nameless(row, row.clues))
    placed = tuple((target.row, target.known) for target in targets if target.row)
    return Placed(rows=placed, left_out=(*problems, *_summary(others)))


def _found(row: ImportRow, clues: Clues, targets: Sequence[_Target]) -> Sequence[_Target]:
    """Return the applications to which an invitation may belong, as few as can be told."""
    if clues.application_id:
        return [one for one in targets if one.application.id == clues.application_id]
    by_uid = [one for one in targets if _has_its_interview(one.application, row)]
    return by_uid[:1] or _of_its_role(_at_its_company(row, clues, targets), row, clues)


def _has_its_interview(known: Application, row: ImportRow) -> bool:
    uids = {event.uid for event in row.application.events if isinstance(event, Interview)}
    is_known = any(isinstance(event, Interview) and event.uid in uids for event in known.events)
    return is_known or _is_exported(known, row.application)


def _is_exported(known: Application, brought: Application) -> bool:
    """Tell whether an interview comes from our own calendar of this very store."""
    if folded(known.company) != folded(brought.company):
        return False  # another store has the same UIDs for other applications
    uids = [event.uid for event in brought.events if isinstance(event, Interview)]
    return any(bookings.is_exported(known, uid) for uid in uids)


def _at_its_company(row: ImportRow, clues: Clues, targets: Sequence[_Target]) -> list[_Target]:
    """Return the applications at the company of an invitation, by the surest of its clues."""
    company = core(row.application.company)

    def is_named(known: Application) -> bool:
        return bool(company) and core(known.company) == company

    def is_met(known: Application) -> bool:
        # Recruiters write for many companies: what the invitation names counts then.
        is_company = not company or is_named(known) or _is_its_domain(known, clues)
        return is_company and _has_contact(known, clues)

    def is_mentioned(known: Application) -> bool:
        return is_named_in(known.company, clues.title)

    def is_at_domain(known: Application) -> bool:
        return _is_its_domain(known, clues) or (not company and _has_colleague(known, clues))

    def is_told(known: Application) -> bool:
        # A short name may well be a word.
        long_enough = len(core(known.company)) >= _TELLING
        return long_enough and not company and is_named_in(known.company, clues.text)

    for is_it in (is_met, is_named, is_mentioned, is_at_domain, is_told):
        found = [one for one in targets if is_it(one.application)]
        if found:
            return found
    return []


def _of_its_role(found: list[_Target], row: ImportRow, clues: Clues) -> list[_Target]:
    """Return those of the role that an invitation names, all of them where it names none."""
    role, title = folded(row.application.role), folded(clues.title)
    same = [one for one in found if folded(one.application.role) == role]
    return same or [one for one in found if folded(one.application.role) in title] or found


def _has_contact(known: Application, clues: Clues) -> bool:
    addresses = {address.casefold() for address in clues.addresses}
    return any(contact.email.casefold() in addresses for contact in known.contacts)


def _has_colleague(known: Application, clues: Clues) -> bool:
    """Tell whether somebody in an invitation has the domain of a contact."""
    theirs = [contact.email.casefold() for contact in known.contacts]
    ends = tuple(mark + domain for domain in clues.domains for mark in "@.")
    return any(email.endswith(ends) for email in theirs)


def _is_its_domain(known: Application, clues: Clues) -> bool:
    return any(fits(known.company, domain) for domain in clues.domains)


def _has_ended(known: Application, row: ImportRow) -> bool:
    """Tell whether an application ended before the interview of an invitation to another."""
    if _has_its_interview(known, row) or (row.clues and row.clues.application_id):
        return False
    ends = [event for event in known.events if isinstance(event, Outcome | Reopen)]
    last = max(ends, key=attrgetter("at"), default=None)
    return isinstance(last, Outcome) and all(last.at < event.at for event in row.application.events)


def _ambiguous(row: ImportRow, clues: Clues, found: Sequence[_Target]) -> Problem:
    ids = [str(one.application.id) for one in found if one.application.id]
    say = f"say which by --for {' or '.join(ids)}" if ids else "name the role in it"
    company = found[0].application.company
    text = f"{_told(row, clues)} is at {company}, where you have {len(found)} applications: {say}"
    return Problem(line=row.line, text=text, file=row.file)


def _nameless(row: ImportRow, clues: Clues) -> Problem:
    text = f"{_told(row, clues)} does not say with whom: say it by --company NAME or --for ID"
    return Problem(line=row.line, text=text, file=row.file)


def _told(row: ImportRow, clues: Clues) -> str:
    title = clean(clues.title, _QUOTED) or "an interview without a title"
    event = row.application.events[0]
    when = spoken_day(event.day) if event.date_only else spoken(event.at, event.zone)
    return f"{title!r} on {when}"


def _summary(others: Sequence[ImportRow]) -> Iterator[Problem]:
    """Yield one line on all that looks like no interview, as a whole calendar has plenty."""
    titles = [clean(row.clues.title, _QUOTED) for row in others if row.clues]
    distinct = islice((title for title in dict.fromkeys(titles) if title), _NAMED)
    named = ", ".join(map(repr, distinct))
    if others:
        count = "1 event looks" if len(others) == 1 else f"{len(others)} events look"
        such = f", such as {named}" if named else ""
        text = f"left out: {count} like no interview{such}"
        yield Problem(line=others[0].line, text=text, file=others[0].file)
