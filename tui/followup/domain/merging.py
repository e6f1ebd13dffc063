"""What of a file is new: the applications that are there beside those that come in.

Two applications are one where company, role and the day of applying are the same (case and
white space aside), unless both have a web address and these differ. An application whose
day is unknown on one side alone is the one of that company and role, where there is just one.

A file adds facts, and fields that were blank. It takes nothing away but an outcome of unknown
date that a newer one replaces, and it never goes back behind what is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.events import AnyEvent, Applied, Note, Outcome, OutcomeKind
from followup.domain.exchange import UNDATED, ImportReading, ImportRow, Problem
from followup.domain.text import clean

_FILLED_IN = (
    "contacts",
    "tags",
    "url",
    "location",
    "salary",
    "source",
    "notes",
    "policy",
)
_MINUTE = timedelta(minutes=1)
# How far an outcome is on the way; those that are not listed are the end of it.
_PROGRESS = {OutcomeKind.GHOSTED: 0, OutcomeKind.OFFER: 1}
_END = 2

Name = tuple[str, str]


class Merge(Struct, frozen=True, kw_only=True):
    """What importing a file would do.

    ``new`` are rows to add. ``updated`` are rows that bring new facts to an application
    that is there, which they carry as it would be; ``unchanged`` are those that bring none.
    ``duplicates`` are the rows that repeat an earlier one of the file, with both lines.
    """

    new: tuple[ImportRow, ...] = ()
    updated: tuple[ImportRow, ...] = ()
    unchanged: tuple[ImportRow, ...] = ()
    duplicates: tuple[Problem, ...] = ()


def merge(existing: Iterable[Application], reading: ImportReading) -> Merge:
    """Return what of a reading is new beside the applications that exist."""
    rows, duplicates = _without_duplicates(reading)
    pairs = _pair(rows, list(existing))
    new: list[ImportRow] = []
    updated: list[ImportRow] = []
    unchanged: list[ImportRow] = []
    for position, row in enumerate(rows):
        known = pairs.get(position)
        if known is None:
            new.append(row)
            continue
        merged = with_facts(known, row.application)
        (unchanged if merged is known else updated).append(replace(row, application=merged))
    return Merge(
        new=tuple(new),
        updated=tuple(updated),
        unchanged=tuple(unchanged),
        duplicates=tuple(duplicates),
    )


def with_facts(known: Application, brought: Application) -> Application:
    """Return the known application with what the other one knows beyond it.

    It is the very same object where that is nothing.
    """
    changes: dict[str, Any] = {
        field: getattr(brought, field)
        for field in _FILLED_IN
        if getattr(brought, field) and not getattr(known, field)
    }
    news = tuple(event for event in brought.events if _is_news(event, known.events))
    if news:
        changes["events"] = _kept(known.events, news) + news
    return replace(known, **changes) if changes else known


def _kept(known: tuple[AnyEvent, ...], news: tuple[AnyEvent, ...]) -> tuple[AnyEvent, ...]:
    """Return the known facts that stay: an outcome of no known date gives way to a newer one."""
    if not any(isinstance(event, Outcome) for event in news):
        return known
    return tuple(event for event in known if not _is_undated(event))


def _without_duplicates(reading: ImportReading) -> tuple[list[ImportRow], list[Problem]]:
    """Return the rows of a file that are applications of their own, and the others.

    Within a file another location is another application too.
    """
    if reading.distinct:
        return list(reading.rows), []
    kept: list[ImportRow] = []
    duplicates = []
    positions: dict[tuple[Name, date | None], list[int]] = defaultdict(list)
    for row in reading.rows:
        same = positions[_name(row.application), _applied_day(row.application)]
        twin = next((at for at in same if _may_be_one(kept[at].application, row.application)), None)
        if twin is None:
            same.append(len(kept))
            kept.append(row)
            continue
        first = kept[twin]
        merged = with_facts(first.application, row.application)
        kept[twin] = replace(first, application=merged)
        how = "counted once" if merged is first.application else "its new facts were added there"
        text = f"the same application as on line {first.line}: {how}"
        duplicates.append(Problem(line=row.line, text=text))
    return kept, duplicates


def _pair(rows: Sequence[ImportRow], existing: Sequence[Application]) -> dict[int, Application]:
    """Return the existing application of each row that has one, by the row's position.

    Each application is given to one row, the surest likeness first.
    """
    unclaimed: dict[Name, list[Application]] = defaultdict(list)
    for application in existing:
        unclaimed[_name(application)].append(application)
    pairs: dict[int, Application] = {}
    for is_like in (_is_twin, _is_same):
        for position, row in enumerate(rows):
            candidates = unclaimed.get(_name(row.application))
            if candidates and position not in pairs:
                _claim(pairs, position, candidates, row.application, is_like)
    for position, row in enumerate(rows):
        candidates = unclaimed.get(_name(row.application))
        if candidates and len(candidates) == 1 and position not in pairs:
            _claim(pairs, position, candidates, row.application, _is_undated_same)
    return pairs


def _claim(
    pairs: dict[int, Application],
    position: int,
    candidates: list[Application],
    brought: Application,
    is_like: Callable[[Application, Application], bool],
) -> None:
    for place, candidate in enumerate(candidates):
        if is_like(candidate, brought):
            pairs[position] = candidates.pop(place)
            return


def _name(application: Application) -> Name:
    return clean(application.company).casefold(), clean(application.role).casefold()


def _applied_day(application: Application) -> date | None:
    return next((event.day for event in application.events if isinstance(event, Applied)), None)


def _is_twin(one: Application, other: Application) -> bool:
    return _is_same(one, other) and (one.url, one.location) == (other.url, other.location)


def _is_same(one: Application, other: Application) -> bool:
    """Tell whether two applications of one company and role have the same day and address."""
    return _applied_day(one) == _applied_day(other) and not _differ(one.url, other.url)


def _is_undated_same(one: Application, other: Application) -> bool:
    days = (_applied_day(one), _applied_day(other))
    return days.count(None) == 1 and not _differ(one.url, other.url)


def _may_be_one(one: Application, other: Application) -> bool:
    return not _differ(one.url, other.url) and not _differ(one.location, other.location)


def _differ(one: str, other: str) -> bool:
    """Tell whether both texts are there and are not the same."""
    return bool(one and other) and clean(one).casefold() != clean(other).casefold()


def _is_news(event: AnyEvent, known: Sequence[AnyEvent]) -> bool:
    """Tell whether a fact goes beyond the known ones: none of its kind is as new as it.

    What is older than the known facts of its kind may be what the user has put right.
    """
    kind = [other for other in known if type(other) is type(event)]
    match event:
        case Applied():
            return not kind
        case Note():
            return all(other.text != event.text for other in kind)
        case Outcome():
            outcomes = (other for other in known if isinstance(other, Outcome))
            return all(_moves_on(event, other) for other in outcomes)
        case _:
            return all(other.at < event.at and not _is_same_time(event, other) for other in kind)


def _moves_on(outcome: Outcome, known: Outcome) -> bool:
    """Tell whether an outcome goes beyond a known one, and is not the same in other words."""
    ahead = _PROGRESS.get(outcome.result, _END) - _PROGRESS.get(known.result, _END)
    if _is_undated(outcome):
        return ahead > 0 or (
            ahead == 0 and outcome.result is not known.result and _is_undated(known)
        )
    if _is_undated(known):
        return ahead >= 0
    is_later = known.at < outcome.at and not _is_same_time(outcome, known)
    return ahead > 0 or (ahead == 0 and is_later)


def _is_same_time(one: AnyEvent, other: AnyEvent) -> bool:
    if one.date_only or other.date_only:
        return one.day == other.day
    return abs(one.at - other.at) < _MINUTE


def _is_undated(event: AnyEvent) -> bool:
    return isinstance(event, Outcome) and event.text == UNDATED
