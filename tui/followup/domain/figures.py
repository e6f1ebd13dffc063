"""Statistics as people read them: tables of figures, the number of cases beside each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from arrow.locales import EnglishLocale
from msgspec import Struct
from msgspec.structs import replace

from followup.domain import instants
from followup.domain.replies import OPEN_DAYS, TOO_FEW, Replies, share
from followup.domain.statistics import FEWEST_WEEKS, Reached, Statistics, Week

EMPTY = (
    "Nothing to count yet: it begins with the first application that you log.",
    f"Reply rates begin with {TOO_FEW} messages that were answered or have waited"
    f" {OPEN_DAYS} days.",
)
"""What is said in the place of all figures while there are none."""

NONE_SENT = "No message has gone out yet that could have been answered."

EXPLAINED = (
    f"No figure is made of fewer than {TOO_FEW} cases. A reply answers the newest message before"
    " it; the first reply is the median of the days until it came. A message is open for"
    f" {OPEN_DAYS} days, or until the next one: it is not in the reply rate yet."
)
"""What one has to know to read the figures."""

_UNSAID = "not said"
_ALL = "all messages"
_LOCALE = EnglishLocale()


class Figure(Struct, frozen=True):
    """A value as text, and the number of its cases where it has one: ``of 21``.

    ``is_few`` says that there are too few cases for a value, which the text then says too.
    """

    value: str
    cases: str = ""
    is_few: bool = False


class Row(Struct, frozen=True):
    """What a row is about, which may come from outside, and its figures."""

    name: str
    figures: tuple[Figure, ...]


class Table(Struct, frozen=True):
    """Rows of figures below their headings.

    All are filled up with spaces, so that headings and figures stand right-aligned when each
    is followed by its cases, and the next column by a gap.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, headings: Sequence[str], rows: Iterable[Row]) -> Table:
        """Return a table of rows with as many figures as there are headings."""
        rows = tuple(rows)
        columns = [
            _aligned(heading, [row.figures[place] for row in rows])
            for place, heading in enumerate(headings)
        ]
        return cls(
            tuple(heading for heading, _ in columns),
            tuple(
                Row(row.name, tuple(figures[number] for _, figures in columns))
                for number, row in enumerate(rows)
            ),
        )


def _aligned(heading: str, figures: Sequence[Figure]) -> tuple[str, list[Figure]]:
    cases = [f" {figure.cases}" if figure.cases else "" for figure in figures]
    of = max(map(len, cases), default=0)
    value = max([len(heading) - of, *(len(figure.value) for figure in figures)])
    return heading.rjust(value + of), [
        replace(figure, value=figure.value.rjust(value), cases=case.ljust(of))
        for figure, case in zip(figures, cases, strict=True)
    ]


def summary(statistics: Statistics) -> str:
    """Return how many applications there are: ``18 applications, 16 open``."""
    count = statistics.applications
    return f"{count} application{'' if count == 1 else 's'}, {statistics.open} open"


def replies(statistics: Statistics) -> tuple[Table, Table]:
    """Return the replies by channel, the most used first and all below, and by number.

    The number is the place of a message in its sequence. Both tables stand in the same columns.
    """
    channels = [(name or _UNSAID, counted) for name, counted in statistics.by_channel.items()]
    numbers = [
        (f"{_LOCALE.ordinal_number(number)} message", counted)
        for number, counted in statistics.by_number.items()
    ]
    channels.append((_ALL, statistics.replies))
    both = Table.of(
        ("sent", "open", "reply rate", "first reply"),
        (Row(name, _answers(counted)) for name, counted in (*channels, *numbers)),
    )
    rows, split = both.rows, len(channels)
    return replace(both, rows=rows[:split]), replace(both, rows=rows[split:])


def _answers(counted: Replies) -> tuple[Figure, ...]:
    return (
        Figure(str(counted.sent)),
        Figure(str(counted.open)),
        _percent(counted.rate, counted.judged),
        _days(counted.median_days, counted.answered),
    )


def funnel(statistics: Statistics) -> Table:
    """Return how many applications came how far, of all and of those a step before."""
    return Table.of(
        ("", "of all", "of those before"),
        (
            Row(reached.milestone.label, _steps(reached, statistics.applications))
            for reached in statistics.funnel
        ),
    )


def _steps(reached: Reached, applications: int) -> tuple[Figure, ...]:
    is_first = reached.before is None
    return (
        Figure(str(reached.count)),
        _percent(reached.share, applications),
        Figure("") if is_first else _percent(reached.onward, reached.before or 0),
    )


def bar(part: float | None, width: int) -> str:
    """Return a share of ``width`` cells as blocks; little is more than nothing."""
    return "█" * max(round((part or 0) * width), bool(part))


def ends(statistics: Statistics) -> Table:
    """Return how those applications ended that are closed."""
    closed = sum(statistics.closed.values())
    return Table.of(
        ("", "of all closed"),
        (
            Row(kind.capitalize(), (Figure(str(count)), _percent(share(count, closed), closed)))
            for kind, count in statistics.closed.items()
            if count
        ),
    )


def recent(statistics: Statistics) -> tuple[Week, ...]:
    """Return the weeks that are shown: the last ones."""
    return statistics.weeks[-FEWEST_WEEKS:]


def weekly(weeks: Iterable[Week]) -> Table:
    """Return what weeks brought."""
    return Table.of(
        ("applications", "replies"),
        (
            Row(day_of(week), (Figure(str(week.applications)), Figure(str(week.replies))))
            for week in weeks
        ),
    )


def day_of(week: Week) -> str:
    """Return the Monday of a week: ``23 Nov``."""
    return instants.spoken_day(week.monday).partition(" ")[2]


def _percent(part: float | None, cases: int) -> Figure:
    return _figure(None if part is None else f"{part * 100:.0f} %", cases)


def _days(length: float | None, cases: int) -> Figure:
    return _figure(None if length is None else f"{length:.1f} d", cases)


def _figure(value: str | None, cases: int) -> Figure:
    return Figure(value or "too few", f"of {cases}", is_few=value is None)
