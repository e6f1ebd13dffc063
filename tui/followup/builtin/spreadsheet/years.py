"""The year of a date that does not say it, from the dates around it.

A log is written in the order of its days, or backwards, so the dates of a column that stand
nearest above and below tell the year, and so does the day of applying on the same row. Where
they leave a doubt there is no year.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from followup.api import DateOrder
from followup.builtin.spreadsheet.dates import Written, moment

Place = tuple[int, int]  # a row and a column, from 0

_FARTHEST = timedelta(days=60)  # from the nearest date of a neighbour
_LONGEST_WAIT = timedelta(days=180)  # from applying to an answer
_NEAR, _WIDE = 1, 3  # neighbours above and below that are looked at
_ANY_ZONE = "UTC"


def with_years(
    dates: Mapping[Place, Sequence[Written]], order: DateOrder, applied: Collection[int]
) -> dict[Place, tuple[Written, ...]]:
    """Return the cells whose dates lacked a year, with the years that the others tell.

    ``applied`` are the columns that hold the day of applying.
    """
    lacking = {place for place, found in dates.items() if any(one.yearless for one in found)}
    columns = {column for _, column in lacking}
    neighbours = {column: _Neighbours(_days(dates, order, column)) for column in columns}
    begun = {row: day for column in applied for row, day in _days(dates, order, column)}
    completed = {}
    for row, column in sorted(lacking):
        start = begun.get(row) if column not in applied else None
        stretches = [(start, start + _LONGEST_WAIT)] if start else neighbours[column].around(row)
        found = [
            _with_year(one, order, stretches, start) if one.yearless else one
            for one in dates[row, column]
        ]
        known = tuple(one for one in found if one)
        if len(known) == len(found):
            completed[row, column] = known
            neighbours[column].add(row, known[0], order)
    return completed


class _Neighbours:
    """The dates of a column that have a year, by their row."""

    def __init__(self, dated: Iterator[tuple[int, date]]) -> None:
        self._dated = sorted(dated)

    def add(self, row: int, written: Written, order: DateOrder) -> None:
        """Take in a date that has its year now: those below are near to it."""
        when = moment(written, order, _ANY_ZONE)
        if when:
            insort(self._dated, (row, when.day))

    def around(self, row: int) -> list[tuple[date, date]]:
        """Return the stretches of time from the dates above a row to those below it."""
        at = bisect(self._dated, (row, date.min))
        near = (self._dated[max(at - few, 0) : at + few] for few in (_NEAR, _WIDE))
        days = ([day for _, day in dated] for dated in near)
        return [(min(some), max(some)) for some in days if some]


def _days(
    dates: Mapping[Place, Sequence[Written]], order: DateOrder, wanted: int
) -> Iterator[tuple[int, date]]:
    for (row, column), found in dates.items():
        when = moment(found[0], order, _ANY_ZONE) if column == wanted and found else None
        if when:
            yield row, when.day


def _with_year(
    written: Written,
    order: DateOrder,
    stretches: Sequence[tuple[date, date]],
    begun: date | None,
) -> Written | None:
    """Return the date with its year, none where all stretches of time leave a doubt.

    Nothing came before the day on which the application had ``begun``.
    """
    for first, last in stretches:
        candidates = []
        for year in range(first.year - 1, last.year + 2):
            dated = written.in_year(year)
            when = moment(dated, order, _ANY_ZONE)
            if when and not (begun and when.day < begun):
                distance = max(first - when.day, when.day - last, timedelta(0))
                candidates.append((distance, year, dated))
        candidates.sort(key=lambda candidate: candidate[:2])
        is_near = bool(candidates) and candidates[0][0] <= _FARTHEST
        is_sure = len(candidates) < 2 or candidates[0][0] < candidates[1][0]
        if is_near and is_sure:
            return candidates[0][2]
    return None
