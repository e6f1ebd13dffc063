"""Fields for dates as people type them, with what was understood below (section 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from followup.domain import instants, recording
from followup.domain.clock import Clock
from followup.domain.errors import InputError
from followup.domain.when import Preference, When, parse_when
from followup.domain.wording import span
from followup.ui.screens.fields import Field

_NOTHING = timedelta(0)
_MINUTE = timedelta(minutes=1)
_LONGEST_INTERVIEW = timedelta(hours=12)
_NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def understood(when: When, now: datetime, zone: str) -> str:
    """Return a moment in words that leave no doubt: ``Tue 24 Nov 14:00, in 3 d``.

    The year is named where it is not the present one of ``zone``.
    """
    today = instants.day_of(now, zone)
    day = instants.spoken_day(when.day)
    if when.day.year != today.year:
        day += f" {when.day.year}"
    away = (when.day - today).days
    if when.date_only:
        return f"{day}, {_NEAR_DAYS.get(away) or _ahead_or_ago(f'{abs(away)} d', away > 0)}"
    clock = instants.spoken(when.instant, zone)[-5:]
    length = when.instant - now
    if abs(length) < _MINUTE:
        return f"{day} {clock}, now"
    return f"{day} {clock}, {_ahead_or_ago(span(length), length > _NOTHING)}"


def _ahead_or_ago(length: str, is_ahead: bool) -> str:
    return f"in {length}" if is_ahead else f"{length} ago"


class DateField(Field[When | None]):
    """A moment, or none where the field may stay empty.

    ``prefer`` says which way a text leans that fits more than one day. A fact that has
    ``happened`` cannot lie ahead of the clock. ``after`` adds what else the moment means.
    """

    def __init__(
        self,
        label: str,
        clock: Clock,
        value: str = "",
        *,
        prefer: Preference = "past",
        happened: bool = False,
        needed: str = "",
        hint: str = "",
        after: Callable[[When], str] | None = None,
    ) -> None:
        """Set the field up; ``needed`` says in words why it cannot be empty."""
        super().__init__(label, value, hint=hint)
        self.clock = clock
        self.prefer = prefer
        self.happened = happened
        self.needed = needed
        self.after = after

    def read(self, text: str) -> When | None:
        """Return the moment, none for an empty text."""
        if not text.strip():
            if self.needed:
                raise InputError(self.needed)
            return None
        now, zone = self.clock.now(), self.clock.zone
        when = parse_when(text, now, zone, self.prefer)
        if self.happened and recording.beginning(when, zone) > now:
            raise InputError(f"{understood(when, now, zone)}: that has not come yet")
        return when

    def echo(self, value: When | None) -> str:
        """Return the moment in words."""
        if value is None:
            return ""
        said = understood(value, self.clock.now(), self.clock.zone)
        more = self.after(value) if self.after else ""
        return f"{said}; {more}" if more else said

    @property
    def moment(self) -> When:
        """The moment of a field that cannot be empty, else the present one."""
        now = self.clock.now()
        return self.value or When(
            instant=now, date_only=False, day=instants.day_of(now, self.clock.zone)
        )


class EndField(Field[When | None]):
    """When an interview ends: a time on its day, or how long it takes."""

    def __init__(self, label: str, starts: DateField, *, hint: str = "") -> None:
        """Set the field up beside the one that says when the interview starts."""
        super().__init__(label, hint=hint)
        self.starts = starts

    def read(self, text: str) -> When | None:
        """Return the moment at which the interview ends, none where that is not known."""
        if not text.strip() or self.starts.problem or not (starts := self.starts.value):
            return None
        zone = self.starts.clock.zone
        begins = recording.beginning(starts, zone)
        when = _moment_or_length(text, begins, zone)
        if when.date_only:
            raise InputError("an end needs a time: write it like 16:00 or 45 min")
        if not begins < when.instant or (
            not starts.date_only and when.instant - begins > _LONGEST_INTERVIEW
        ):
            ends = instants.spoken(when.instant, zone)
            raise InputError(f"{ends} is not within 12 h after the start: check both")
        return when

    def echo(self, value: When | None) -> str:
        """Return the moment in words, and how long the interview takes."""
        starts = self.starts.value
        if value is None or starts is None:
            return ""
        ends = instants.spoken(value.instant, self.starts.clock.zone)
        return ends if starts.date_only else f"{ends}, after {span(value.instant - starts.instant)}"


def _moment_or_length(text: str, begins: datetime, zone: str) -> When:
    """Read ``16:00``, or ``45 min`` as counted from the beginning (UTC)."""
    try:
        return parse_when(f"in {text}", begins, zone, "future")
    except InputError:
        return parse_when(text, begins, zone, "future")
