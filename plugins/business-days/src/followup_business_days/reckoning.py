"""When a step opens, and in words how that came about."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from followup.api import spoken, spoken_day
from followup_business_days.office import Office

_HOLIDAYS_TOLD = 3


class Opening(Struct, frozen=True, kw_only=True):
    """An instant (UTC) at which the office is open, and why it is that one."""

    at: datetime
    why: str

    def moved_to(self, other: Opening) -> Opening:
        """Return the later of two openings, with both reasons where it is the other one."""
        if other.at <= self.at:
            return self
        return Opening(at=other.at, why=f"{self.why}, moved to {other.why}")


class Reckoner(Struct, frozen=True, kw_only=True):
    """Counts in the working time of an office, and tells it in the days of ``zone``."""

    office: Office
    zone: str

    def counted(self, working_days: int, anchor: datetime, told: str) -> Opening:
        """Return what lies so many working days after an anchor, which ``told`` says in words."""
        start = self.office.next_open(anchor)
        at = self.office.after(start, working_days)
        why = f"{_in_words(working_days)} after {told}"
        if start != anchor:
            why += f", counted from {self._said(start)}"
        holidays = self._holidays(anchor, at)
        if holidays:
            why += f", moved past {_listed(holidays)} to {self._said(at)}"
        return Opening(at=at, why=why)

    def held(self, opening: Opening, until: datetime, past: str) -> Opening:
        """Return the opening, no earlier than at an instant, which ``past`` gives a reason for."""
        if until <= opening.at:
            return opening
        at = self.office.next_open(until)
        reasons = _listed([past, *self._holidays(until, at)])
        return Opening(at=at, why=f"{opening.why}, moved past {reasons} to {self._said(at)}")

    def _holidays(self, start: datetime, end: datetime) -> list[str]:
        holidays = [f"{name} {spoken_day(day)}" for day, name in self.office.holidays(start, end)]
        more = len(holidays) - _HOLIDAYS_TOLD
        return [*holidays[:_HOLIDAYS_TOLD], f"{more} more"] if more > 1 else holidays

    def _said(self, instant: datetime) -> str:
        """Say an instant as the user's clocks show it, and as the office's do where they differ."""
        here, there = spoken(instant, self.zone), spoken(instant, self.office.zone)
        if here == there:
            return here
        day, _, clock = there.rpartition(" ")
        city = self.office.zone.rpartition("/")[2].replace("_", " ")
        return f"{here} ({clock if here.startswith(day) else there} in {city})"


def _in_words(count: int) -> str:
    return f"{count} working day" if count == 1 else f"{count} working days"


def _listed(things: list[str]) -> str:
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last
