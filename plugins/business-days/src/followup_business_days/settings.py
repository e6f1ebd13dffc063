"""The table ``[policy.business-days]`` of the configuration."""

from __future__ import annotations

from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta

from followup.api import Settings
from followup_business_days.days_off import check_place

WorkingDays = Annotated[int, Meta(ge=0, le=260)]
Count = Annotated[int, Meta(ge=0, le=100)]
Hours = Annotated[float, Meta(ge=0, le=10_000)]
TimeOfDay = Annotated[time, Meta(tz=False)]


class BusinessDaysSettings(Settings, frozen=True, kw_only=True):
    """Where and when the employer works, and how many working days are left to it.

    ``country`` and ``region`` are ISO 3166 codes; without a country no public holidays
    count. ``employer_zone`` is an IANA name; empty, it is the user's zone. The window is in
    that zone: from ``window_opens`` until before ``window_closes``. ``follow_up_after_hours``
    are to pass after an interview however few working days they are.
    """

    country: str = ""
    region: str = ""
    employer_zone: str = ""
    window_opens: TimeOfDay = time(9)
    window_closes: TimeOfDay = time(17)
    nudge_after_working_days: WorkingDays = 7
    follow_up_after_working_days: WorkingDays = 2
    follow_up_after_hours: Hours = 48
    check_in_after_working_days: WorkingDays = 5
    check_ins: Count = 2
    last_call_after_working_days: WorkingDays = 15
    last_call_gap_working_days: WorkingDays = 2
    last_call_due_after_working_days: WorkingDays = 20
    last_call_working_days_after_promise: WorkingDays = 5
    due_after_working_days: WorkingDays = 1

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a place, a zone or a window that there is not."""
        check_place(self.country, self.region)
        if self.employer_zone:
            _check_zone(self.employer_zone)
        if self.window_opens >= self.window_closes:
            window = f"window_opens {self.window_opens:%H:%M}"
            raise ValueError(f"{window} is not before window_closes {self.window_closes:%H:%M}")


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise ValueError(
            f"employer_zone {name!r} is unknown: give an IANA name, such as America/New_York"
        ) from fault
