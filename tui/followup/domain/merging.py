"""What of a file is new: the applications that are there beside those that come in.

Two applications are one where company, role and the day of applying are the same (case and
white space aside), unless both have a web address and these differ. An application whose
day is unknown on one side alone is the one of that company and role, where there is just one.
So is one of the same posting, by its web address, whatever the user has put right of the rest.

A file adds facts, and fields that were blank. It takes nothing away but an outcome of unknown
date that a newer one replaces and the tag of a saved job that was applied for, and it never
goes back behind what is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from followup.domain import invitations
from followup.domain.application import Application
from followup.domain.bookings import booked
from followup.domain.events import AnyEvent, Applied, Interview, Note, Outcome, OutcomeKind
from followup.domain.exchange import SAVED, UNDATED, ImportReading, ImportRow, Problem
from followup.domain.text import folded

_FILLED_IN = (
    "contacts",
    "url",
    "location",
    "salary",
    "source",
    "notes",
    "policy",
)
_POSTING = re.compile(r"\d{5}|[0-9a-f]{8}-[0-9a-f]{4}")  # what names a posting in its address
_MINUTE = timedelta(minutes=1)
# How far an outcome is on the way; those that are not listed are the end of it.
_PROGRESS = {OutcomeKind.GHOSTED: 0, OutcomeKind.OFFER: 1}
_END = 2


class Merge(Struct, frozen=True, kw_only=True):
    """What importing a file would do.

    ``new`` are rows to add. ``updated`` are rows that bring new facts to an application
    that is there, which they carry as it would be; ``unchanged`` are those that bring none.
    ``duplicates`` are the rows that repeat an earlier one of the file, with both lines, and
    ``left_out`` the invitations of which nobody knows to which application they belong.
    """

    new: tuple[ImportRow, ...] = ()
    updated: tuple[ImportRow, ...] = ()
    unchanged: tuple[ImportRow, ...] = ()
    duplicates: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()


def merge(existing: Iterable[Application], reading: ImportReading) -> Merge:
    """Return what of a reading is new beside the applications that exist."""
    known_ones = list(existing)
    rows, duplicates = _without_duplicates(reading)
    pairs = _pair(rows, known_ones)
    placed = invitations.place(reading.rows, known_ones)
    counted = ((row, pairs.get(position)) for position, row in enumerate(rows))
    new: list[ImportRow] = []
    updated: list[ImportRow] = []
    unchanged: list[ImportRow] = []
    for row, known in (*counted, *placed.rows):
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
        left_out=placed.left_out,
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
    events = booked(known.events, brought.events)
    news = tuple(event for event in brought.events if _is_news(event, events))
    if news or events != known.events:
        changes["events"] = _kept(events, news) + news
    tags = _tags(known, brought, news)
    if tags != known.tags:
        changes["tags"] = tags
    return replace(known, **changes) if changes else known


def _tags(known: Application, brought: Application, news: tuple[AnyEvent, ...]) -> tuple[str, ...]:
    """Return the tags as they will be: what has begun is not a saved job any more."""
    tags = known.tags or brought.tags
    is_ended = any(isinstance(event, Applied) for event in news)
    is_new = bool(known.events) and not known.tags
    return tuple(tag for tag in tags if tag != SAVED) if is_ended or is_new else tags


def _kept(known: tuple[AnyEvent, ...], news: tuple[AnyEvent, ...]) -> tuple[AnyEvent, ...]:
    """Return the known facts that stay: an outcome of no known date gives way to a newer one."""
    if not any(isinstance(event, Outcome) for event in news):
        return known
    return tuple(event for event in known if not _is_undated(event))


class _Likeness(Struct, frozen=True, kw_only=True):
    """What tells an application from another, texts made alike; ``day`` is of applying."""

    application: Application
    name: tuple[str, str]
    day: date | None
    url: str
    location: str

    @classmethod
    def of(cls, application: Application) -> _Likeness:
        applied = (event.day for event in application.events if isinstance(event, Applied))
        return cls(
            application=application,
            name=(folded(application.company), folded(application.role)),
            day=next(applied, None),
            url=folded(application.url),
            location=folded(application.location),
        )

    @property
    def is_saved(self) -> bool:
        return self.day is None and SAVED in self.application.tags

    @property
    def posting(self) -> str:
        """The address of a single posting, empty where it may be that of many."""
        return self.url if _POSTING.search(self.url) else ""

    def is_same(self, other: _Likeness) -> bool:
        return self.day == other.day and not _differ(self.url, other.url)

    def is_same_undated(self, other: _Likeness) -> bool:
        is_either_undated = (self.day is None) != (other.day is None)
        return is_either_undated and not self._is_elsewhere(other)

    def is_twin(self, other: _Likeness) -> bool:
        return self.day == other.day and (self.url, self.location) == (other.url, other.location)

    def has_all_of(self, other: _Likeness) -> bool:
        known = self.application
        return self.is_twin(other) and with_facts(known, other.application) is known

    def is_repeated_by(self, other: _Likeness) -> bool:
        """Within a file another location is another application too."""
        is_then = self.day == other.day or self.is_saved or other.is_saved
        return is_then and not self._is_elsewhere(other)

    def _is_elsewhere(self, other: _Likeness) -> bool:
        return _differ(self.url, other.url) or _differ(self.location, other.location)


def _without_duplicates(reading: ImportReading) -> tuple[list[ImportRow], list[Problem]]:
    """Return the rows of a file that are applications of their own, and the others.

    Invitations are neither: they belong to applications.
    """
    rows = [row for row in reading.rows if row.clues is None]
    if reading.distinct:
        return rows, []
    kept: list[ImportRow] = []
    duplicates = []
    seen: dict[object, list[tuple[int, _Likeness]]] = defaultdict(list)
    # A saved job may have been applied for: it comes after the others.
    rows = sorted(rows, key=lambda row: _Likeness.of(row.application).is_saved)
    for row in rows:
        brought = _Likeness.of(row.application)
        same = seen[brought.name]
        place = next((at for at, (_, one) in enumerate(same) if one.is_repeated_by(brought)), None)
        if place is None:
            same.append((len(kept), brought))
            kept.append(row)
            continue
        position = same[place][0]
        first = kept[position]
        merged = with_facts(first.application, row.application)
        kept[position] = replace(first, application=merged)
        same[place] = (position, _Likeness.of(merged))
        how = "counted once" if merged is first.application else "its new facts were added there"
        elsewhere = f" of {first.file}" if first.file != row.file else ""
        text = f"the same application as on line {first.line}{elsewhere}: {how}"
        duplicates.append(Problem(line=row.line, text=text, file=row.file))
    return sorted(kept, key=lambda row: (row.file, row.line)), duplicates


def _pair(rows: Sequence[ImportRow], existing: Sequence[Application]) -> dict[int, Application]:
    """Return the existing application of each row that has one, by the row's position.

    Each application is given to one row, the surest likeness first.
    """
    unclaimed: dict[tuple[str, str], list[_Likeness]] = defaultdict(list)
    for known in map(_Likeness.of, existing):
        unclaimed[known.name].append(known)
    brought = [_Likeness.of(row.application) for row in rows]
    pairs: dict[int, Application] = {}
    for is_it in (_Likeness.has_all_of, _Likeness.is_twin, _Likeness.is_same):
        _claim(pairs, brought, unclaimed, is_it)
    single = {name: known for name, known in unclaimed.items() if len(known) == 1}
    _claim(pairs, brought, single, _Likeness.is_same_undated)
    _claim_postings(pairs, brought, existing)
    return pairs


def _claim_postings(
    pairs: dict[int, Application], brought: Sequence[_Likeness], existing: Sequence[Application]
) -> None:
    """Pair what is left by the address of a posting, where it is told once on either side."""
    claimed = {id(application) for application in pairs.values()}
    known = _by_posting((0, _Likeness.of(one)) for one in existing if id(one) not in claimed)
    rows = _by_posting(enumerate(brought))
    for posting, ((position, _), *others) in rows.items():
        candidates = known.get(posting, [])
        if not others and len(candidates) == 1 and position not in pairs:
            pairs[position] = candidates[0][1].application


def _by_posting(
    ones: Iterable[tuple[int, _Likeness]],
) -> dict[str, list[tuple[int, _Likeness]]]:
    found: dict[str, list[tuple[int, _Likeness]]] = defaultdict(list)
    for position, one in ones:
        if one.posting:
            found[one.posting].append((position, one))
    return found


def _claim(
    pairs: dict[int, Application],
    brought: Sequence[_Likeness],
    unclaimed: Mapping[tuple[str, str], list[_Likeness]],
    is_it: Callable[[_Likeness, _Likeness], bool],
) -> None:
    """Pair what is brought with what is unclaimed, wherever it is the same by this measure."""
    for position, one in enumerate(brought):
        candidates = unclaimed.get(one.name)
        if not candidates or position in pairs:
            continue
        for place, known in enumerate(candidates):
            if is_it(known, one):
                pairs[position] = known.application
                del candidates[place]
                break


def _differ(one: str, other: str) -> bool:
    """Tell whether both texts are there and are not the same."""
    return bool(one and other) and one != other


def _is_news(event: AnyEvent, known: Sequence[AnyEvent]) -> bool:
    """Tell whether a fact goes beyond the known ones: none of its kind is as new as it.

    What is older than the known facts of its kind may be what the user has put right.
    """
    kind = [other for other in known if type(other) is type(event)]
    match event:
        case Applied():
            return not kind
        case Interview(uid=uid) if uid:
            return False  # `booked` has judged it
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
