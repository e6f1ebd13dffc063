"""The year of a date that does not say it, from the dates around it.

A log is written in the order of its days, or backwards, so the dates of a column that stand
nearest above and below tell the year, and so does the day of applying on the same row. Where
they leave a doubt there is no year.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from followup.api import DateOrder
from followup.builtin.spreadsheet.dates import Written, moment

Place = tuple[int, int]  # a row and a column, from 0

_FARTHEST = timedelta(days=100)  # from the nearest date of a neighbour
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
    for row, column in lacking:
        start = begun.get(row) if column not in applied else None
        around = neighbours[column].around(row)
        found = [
            _with_year(one, order, around, start) if one.yearless else one
            for one in dates[row, column]
        ]
        known = tuple(one for one in found if one)
        if len(known) == len(found):
            completed[row, column] = known
    return completed


class _Neighbours:
    """The dates of a column that have a year, by their row."""

    def __init__(self, dated: Iterator[tuple[int, date]]) -> None:
        self._dated = sorted(dated)

    def around(self, row: int) -> list[date]:
        """Return the nearest date above a row and the nearest one below it."""
        at = bisect(self._dated, (row, date.min))
        return [day for _, day in self._dated[max(at - 1, 0) : at + 1]]


def _days(
    dates: Mapping[Place, Sequence[Written]], order: DateOrder, wanted: int
) -> Iterator[tuple[int, date]]:
    for (row, column), found in dates.items():
        when = moment(found[0], order, _ANY_ZONE) if column == wanted and found else None
        if when:
            yield row, when.day


def _with_year(
    written: Written, order: DateOrder, around: Sequence[date], begun: date | None
) -> Written | None:
    """Return the date with its year, none where that is in doubt.

    Nothing came before the day on which the application had ``begun``, which goes before
    the dates ``around``.
    """
    if begun:
        around = (begun, begun + _FARTHEST)
    if not around:
        return None
    candidates = []
    for year in range(min(around).year - 1, max(around).year + 2):
        dated = written.in_year(year)
        when = moment(dated, order, _ANY_ZONE)
        if when and not (begun and when.day < begun):
            candidates.append((_distance(when.day, around), year, dated))
    candidates.sort(key=lambda candidate: candidate[:2])
    if not candidates or candidates[0][0] > _FARTHEST:
        return None
    is_doubtful = len(candidates) > 1 and candidates[0][0] == candidates[1][0]
    return None if is_doubtful else candidates[0][2]


def _distance(day: date, around: Sequence[date]) -> timedelta:
    """Return how far a day is from the stretch of time between the neighbours."""
    return max(min(around) - day, day - max(around), timedelta(0))
