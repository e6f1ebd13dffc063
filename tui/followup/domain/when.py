"""Dates as people type them: ISO 8601, and phrases such as ``yesterday 3pm`` (section 7)."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from msgspec import Struct

from followup.domain import instants
from followup.domain.errors import InputError
from followup.domain.text import clean

Preference = Literal["past", "future"]

EXAMPLES = "2026-03-04, 2026-03-04 15:00, yesterday 3pm, 2 days ago or fri 14:00"
_LONGEST = 80  # characters; what is longer is no date

_CLOCK = re.compile(
    r"""
    (?: (?:^|[\s,]) (?:at|@) \s* )?
    \b(?:
        (?P<clock> (?<!\d\.)  # not the end of 2026.03.04
                   \d{1,2} [:.] \d\d (?: :\d\d )? \s* (?: [ap]\.?m\b\.? )?   # 9:30, 9.30 a.m.
                 | \d{1,2} \s* [ap]\.?m\b\.? )                           # 9am, 9 p.m.
      | (?P<word> noon | midnight )
      | (?: (?<=at) | (?<=at\s) | (?<=@) ) (?P<hour> \d{1,2} )              # at 9
    )
    (?= $ | [\s,] )
    """,
    re.VERBOSE,
)
_CLOCK_FORMATS = ("%H:%M", "%H:%M:%S", "%I:%M%p", "%I:%M:%S%p", "%I%p", "%H")
_CLOCK_WORDS = {"noon": time(12), "midnight": time(0)}
_NAMED_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_WEEKDAY = re.compile(
    r"(?:on |this |(?P<side>last|next) )?"
    r"(?P<name>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ELAPSED = re.compile(r"(?<![a-z])(?:h|hours?|hrs?|mins?|minutes?|secs?|seconds?)\b")
_DIRECTION = re.compile(r"\b(?:in|ago)\b")
_COUNTED_MONTHS = re.compile(r"\bin\b.*\b(?:month|year)s?\b|\b(?:month|year)s?\b.*\bago\b")
_BARE_NUMBER = re.compile(r"\d+\s*[a-z]?")


class When(Struct, frozen=True, kw_only=True):
    """A moment that somebody gave.

    ``instant`` is in UTC. Where no time of day was given it is ``date_only``, and noon of
    its ``day``, which is the calendar day in the user's zone.
    """

    instant: datetime
    date_only: bool
    day: date


class _Reading(Struct, frozen=True):
    """What a phrase is read against: the present, its day, the zone, and which way to lean."""

    now: datetime
    zone: str
    prefer: Preference

    @property
    def today(self) -> date:
        return instants.day_of(self.now, self.zone)


def parse_when(text: str, now: datetime, zone: str, prefer: Preference = "past") -> When:
    """Return the moment that a text means at ``now`` (UTC) for a user in ``zone``.

    A text that fits more than one day (``fri``, ``5 dec``) means the nearest one on the
    preferred side, today included. ISO times without an offset are those of ``zone``.
    Raises ``InputError`` for what is no date, for one that could be two, and for years
    outside ``EARLIEST_YEAR`` to ``LATEST_YEAR``.
    """
    text = clean(text, _LONGEST + 1)
    when = None
    if len(text) <= _LONGEST:
        when = _iso(text, zone) or _phrase(text.lower(), _Reading(now, zone, prefer))
    if when is None:
        raise InputError(f"{text!r} is no date that can be read: write {EXAMPLES}")
    return when


def _at(day: date, clock: time | None, zone: str) -> When:
    """Return a day, and where it is known a time on it, as the clocks of the zone show it."""
    if not instants.EARLIEST_YEAR <= day.year <= instants.LATEST_YEAR:
        reach = f"{instants.EARLIEST_YEAR} to {instants.LATEST_YEAR}"
        raise InputError(f"the year {day.year} is out of reach: {reach} can be used")
    instant = instants.at_time(day, clock or instants.NOON, zone)
    return When(instant=instant, date_only=clock is None, day=day)


def _iso(text: str, zone: str) -> When | None:
    try:
        return _at(date.fromisoformat(text), None, zone)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    when = _at(moment.date(), moment.time(), zone)
    if moment.tzinfo is None:
        return when
    instant = moment.astimezone(UTC)
    return When(instant=instant, date_only=False, day=instants.day_of(instant, zone))


def _phrase(text: str, reading: _Reading) -> When | None:
    """Read a phrase: the time of day is taken out of it first, the rest names the day.

    dateparser passes over a time that it cannot read ("tomorrow at 9", "today 25:00") and
    answers with the present one, so it gets to see days alone.
    """
    if text in {"now", "just now"}:
        return When(instant=reading.now, date_only=False, day=reading.today)
    found = _CLOCK.search(text)
    if not found:
        return _elapsed(text, reading) if _ELAPSED.search(text) else _day(text, None, reading)
    clock = _clock(found)
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return _day(" ".join(rest.replace(",", " ").split()), clock, reading) if clock else None


def _clock(found: re.Match[str]) -> time | None:
    if found["word"]:
        return _CLOCK_WORDS[found["word"]]
    written = found["clock"] or found["hour"]
    # "9.30 a.m." becomes "9:30am".
    written = re.sub(r"(\d)\.(\d)", r"\1:\2", written).replace(".", "").replace(" ", "")
    for form in _CLOCK_FORMATS:
        try:
            return datetime.strptime(written, form).time()  # noqa: DTZ007 - only the time of day
        except ValueError:
            continue
    return None


def _day(text: str, clock: time | None, reading: _Reading) -> When | None:
    text = text.removeprefix("the ")
    if not text and clock:
        return _nearest(reading.today, 1, clock, reading)
    if text in _NAMED_DAYS:
        return _at(reading.today + timedelta(days=_NAMED_DAYS[text]), clock, reading.zone)
    if found := _WEEKDAY.fullmatch(text):
        weekday = _on_weekday(found["name"], found["side"], reading)
        if found["side"]:
            return _at(weekday, clock, reading.zone)
        return _nearest(weekday, 7, clock, reading)
    day = _spelt_day(text, reading) if re.search("[a-z]", text) else _numeric_day(text)
    return _at(day, clock, reading.zone) if day else None


def _on_weekday(name: str, side: str | None, reading: _Reading) -> date:
    """Return the last such weekday before today, the next one after it, or the nearest one.

    The nearest one is on the preferred side, today included.
    """
    ahead = (_WEEKDAYS.index(name[:3]) - reading.today.weekday()) % 7
    if side == "last" or (not side and reading.prefer == "past" and ahead):
        ahead -= 7
    elif side == "next" and not ahead:
        ahead = 7
    return reading.today + timedelta(days=ahead)


def _nearest(day: date, cycle: int, clock: time | None, reading: _Reading) -> When:
    """Return the time on the day, or a cycle of days away where the preferred side needs it."""
    when = _at(day, clock, reading.zone)
    if clock and reading.prefer == "past" and when.instant > reading.now:
        return _at(day - timedelta(days=cycle), clock, reading.zone)
    if clock and reading.prefer == "future" and when.instant < reading.now:
        return _at(day + timedelta(days=cycle), clock, reading.zone)
    return when


def _numeric_day(text: str) -> date | None:
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            year, month, day = map(int, found.groups())
            return date(year, month, day)
        if found := _YEAR_LAST.fullmatch(text):
            month, day, year = map(int, found.groups())
            if max(month, day) <= 12 and month != day:
                raise InputError(f"{text} could be two days: write it as {year}-MM-DD")
            return date(year, min(month, day), max(month, day))
    except ValueError:
        pass
    return None


def _spelt_day(text: str, reading: _Reading) -> date | None:
    """Read a day in words; a month or a year alone names none, nor does a wrong weekday."""
    if _BARE_NUMBER.fullmatch(text) or any(word in text.split() for word in _NAMED_DAYS):
        return None
    found = _ask_dateparser(text, datetime.combine(reading.today, time(0)), reading.prefer)
    if found is None or found.date_obj.tzinfo or "time" in found.parts:
        return None
    if not {"month", "day"} <= set(found.parts) and not _COUNTED_MONTHS.search(text):
        return None
    day: date = found.date_obj.date()
    if "year" not in found.parts and (day.month, day.day) == (
        reading.today.month,
        reading.today.day,
    ):
        # dateparser takes today's date for the one a year away.
        day = reading.today
    named = re.search(rf"\b{_WEEKDAY.pattern}\b", text)
    return None if named and _WEEKDAYS.index(named["name"][:3]) != day.weekday() else day


def _elapsed(text: str, reading: _Reading) -> When | None:
    """Read ``in 48 hours`` or ``3 hours ago``: counted in UTC, where hours are hours."""
    if not _DIRECTION.search(text):
        return None
    found = _ask_dateparser(text, reading.now.astimezone(UTC).replace(tzinfo=None), reading.prefer)
    if found is None or found.date_obj.tzinfo or "time" not in found.parts:
        return None
    instant = found.date_obj.replace(tzinfo=UTC)
    when = _at(instants.day_of(instant, reading.zone), None, reading.zone)
    return When(instant=instant, date_only=False, day=when.day)


def _ask_dateparser(text: str, base: datetime, prefer: Preference) -> Any:
    """Return what dateparser makes of a text against a naive base, none where it can't."""
    from dateparser.date import DateDataParser  # late: it takes 0.2 s, and few phrases need it

    parser = DateDataParser(
        languages=["en"],
        settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": prefer, "TIMEZONE": "UTC"},
    )
    with warnings.catch_warnings():
        # It warns of what newer Pythons will make of its own calls.
        warnings.simplefilter("ignore")
        try:
            found = parser.get_date_data(text)
        except (OverflowError, ValueError):  # "in 99999999999 days"
            return None
    return found if found.date_obj else None
