"""The days on which nobody works: weekends and public holidays, by country and region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

NAMES_IN = "en_US"  # given, because `holidays` would look at the environment otherwise
_SATURDAY = 5
_YEARS_KEPT = 256


def check_place(country: str, region: str) -> None:
    """Raise ``ValueError`` where no public holidays are known for a country or its region.

    ``country`` is an ISO 3166-1 code, ``region`` an ISO 3166-2 subdivision of it; both are
    empty where weekends alone count.
    """
    if not country:
        if region:
            raise ValueError(f"region {region!r} needs a country: set one, such as `US`")
        return
    import holidays  # late: loading it takes longer than everything else here

    regions = holidays.list_supported_countries().get(country.upper())
    if regions is None:
        raise ValueError(
            f"country {country!r} is unknown: give its ISO 3166 code, such as `US` or `DE`"
        )
    if region and region not in regions:
        known = f"give one of {', '.join(regions)}" if regions else "leave it out"
        raise ValueError(f"region {region!r} of {country} is unknown: {known}")


@lru_cache(maxsize=_YEARS_KEPT)
def days_off(country: str, region: str, year: int) -> Mapping[date, str]:
    """Return the days off in a year, with the names of public holidays; weekends have none.

    Weekends are those of the country, Saturday and Sunday where none is given; one that is
    declared a working day is none.
    """
    if not country:
        return {day: "" for day in _days_of(year) if day.weekday() >= _SATURDAY}
    import holidays  # late: loading it takes longer than everything else here

    calendar = holidays.country_holidays(
        country.upper(), subdiv=region or None, years=year, expand=False, language=NAMES_IN
    )
    return {
        day: "" if day.weekday() in calendar.weekend else calendar[day]
        for day in _days_of(year)
        if not calendar.is_working_day(day)
    }


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
