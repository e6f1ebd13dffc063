"""Series of events: which of them is the next one (RFC 5545, section 3.8.5)."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrulestr
from icalendar import vRecur

from followup.api import clean
from followup.builtin.calendar.times import Moment, UnusableTimeError, moment_of
from followup.builtin.calendar.tree import Component
from followup.builtin.calendar.zones import Zones

MOST_DATES = 1_000  # of one series that are looked at
_MOST_INTERVAL = 1_000
_STRIDES = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(days=7)}
_LOOKED_BACK = timedelta(days=60)
_KEPT = {"FREQ", "COUNT", "INTERVAL", "WKST"}
# Parts that choose days, by frequency. Others are none that an interview has: they say again
# what the start says, or choose nothing for as long as one looks.
_CHOOSING = {
    "DAILY": (),
    "WEEKLY": ("BYDAY",),
    "MONTHLY": ("BYDAY", "BYMONTHDAY"),
    "YEARLY": (),
}
_DAY = re.compile(r"(-?[1-4])?(MO|TU|WE|TH|FR|SA|SU)")
_PLAIN_DAY = re.compile(r"MO|TU|WE|TH|FR|SA|SU")


class UnknownRuleError(ValueError):
    """A rule that no interview has, such as one for every second."""


def is_series(event: Component) -> bool:
    """Tell whether an event says that it happens again."""
    return bool(event.first("RRULE") or event.first("RDATE"))


def next_start(
    event: Component,
    first: Moment,
    zones: Zones,
    now: datetime,
    is_over: Callable[[datetime], bool],
    is_cancelled: Callable[[datetime], bool],
) -> datetime:
    """Return the start of the next event of a series, else of its last, on its own clocks.

    It is the next one from ``now`` (UTC); ``is_over`` and ``is_cancelled`` judge one such start.
    Raises ``UnknownRuleError``.
    """
    excluded = _dates(event, "EXDATE", first, zones)
    added = sorted(one.local for one in _dates(event, "RDATE", first, zones))
    days = {one.local.date() for one in excluded if one.is_day}
    times = {one.local for one in excluded if not one.is_day}
    last = first.local
    for start in islice(heapq.merge([first.local], _by_rule(event, first, now), added), MOST_DATES):
        if start in times or start.date() in days or is_cancelled(start):
            continue
        last = start
        if not is_over(start):
            break
    return last


def _by_rule(event: Component, first: Moment, now: datetime) -> Iterable[datetime]:
    """Return the starts that the rule of a series gives, without end where it has none."""
    text = event.value("RRULE")
    if not text:
        return ()
    try:
        return _rule(vRecur.from_ical(text.upper()), first, now)
    except (ValueError, TypeError, KeyError, OverflowError) as fault:
        raise UnknownRuleError(clean(text, 60)) from fault


def _rule(said: vRecur, first: Moment, now: datetime) -> Iterable[datetime]:
    parts = {
        name: values if isinstance(values, list) else [values] for name, values in said.items()
    }
    frequency = str(parts["FREQ"][0])
    if frequency == "DAILY" and "BYDAY" in parts and parts.get("INTERVAL", [1]) == [1]:
        frequency = "WEEKLY"  # every day that is a Monday is every week on Monday
    chosen = [name for name in _CHOOSING[frequency] if name in parts][:1]
    rule = {name: ",".join(map(str, parts[name])) for name in (*_KEPT & parts.keys(), *chosen)}
    rule["FREQ"] = frequency
    interval = int(rule.get("INTERVAL", "1"))
    if not 1 <= interval <= _MOST_INTERVAL:
        raise ValueError(rule["INTERVAL"])
    day = _DAY if frequency == "MONTHLY" else _PLAIN_DAY
    if not all(day.fullmatch(one) for one in rule.get("BYDAY", "MO").split(",")):
        raise ValueError(rule["BYDAY"])
    until = _local(parts["UNTIL"][0], first) if "UNTIL" in parts else None
    beginning = first.local
    if frequency in _STRIDES and "COUNT" not in rule:
        local_now = now.astimezone(first.zone).replace(tzinfo=None)
        near = min(local_now, until or local_now) - _LOOKED_BACK
        beginning = _forward(beginning, near, _STRIDES[frequency] * interval)
    written = ";".join(f"{name}={value}" for name, value in rule.items())
    starts: Iterable[datetime] = rrulestr(written, dtstart=beginning)
    return starts if until is None else takewhile(lambda start: start <= until, starts)


def _forward(start: datetime, near: datetime, stride: timedelta) -> datetime:
    """Return the last start of a regular series that is not after a time, or its very first."""
    return start + max(0, (near - start) // stride) * stride


def _local(until: date, first: Moment) -> datetime:
    """Return the last possible start, on the clocks of the series."""
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    return until.astimezone(first.zone).replace(tzinfo=None) if until.tzinfo else until


def _dates(event: Component, name: str, first: Moment, zones: Zones) -> list[Moment]:
    """Return the dates that a property lists, on the clocks of the series."""
    dates: list[Moment] = []
    for line in event.all(name):
        for text in line.value.split(",")[: MOST_DATES - len(dates)]:
            with suppress(UnusableTimeError, OverflowError):
                said = moment_of(text.partition("/")[0], line.parameters.get("TZID", ""), zones)
                dates.append(said if said.is_day else on_clocks_of(first, said))
    return dates


def on_clocks_of(first: Moment, other: Moment) -> Moment:
    """Return a time on the clocks of another."""
    return first.at(other.instant.astimezone(first.zone).replace(tzinfo=None))
