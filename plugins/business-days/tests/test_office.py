"""Working days and hours: holidays, weekends, windows and clock changes."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_business_days.days_off import days_off
from followup_business_days.office import Office

NEW_YORK = "America/New_York"


def office(country: str = "US", zone: str = NEW_YORK, hours: tuple[int, int] = (9, 17)) -> Office:
    opens, closes = (time(hour) for hour in hours)
    return Office(country=country, region="", zone=zone, opens=opens, closes=closes)


def at(day: date, hour: int, minute: int = 0, zone: str = NEW_YORK) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


WEDNESDAY, THANKSGIVING, FRIDAY = (date(2026, 11, day) for day in (25, 26, 27))
MONDAY = date(2026, 11, 30)


def test_days_off_are_weekends_and_public_holidays_with_their_names() -> None:
    november = {day: name for day, name in days_off("US", "", 2026).items() if day.month == 11}
    named = {day: name for day, name in november.items() if name}
    assert named == {date(2026, 11, 11): "Veterans Day", THANKSGIVING: "Thanksgiving Day"}
    assert len(november) == len(named) + 9


def test_a_region_has_holidays_of_its_own() -> None:
    epiphany = date(2026, 1, 6)
    assert days_off("DE", "BY", 2026)[epiphany] == "Epiphany"
    assert epiphany not in days_off("DE", "BE", 2026)


def test_a_country_has_its_own_weekend_and_its_own_working_weekends() -> None:
    friday, sunday = date(2026, 6, 5), date(2026, 6, 7)
    assert friday in days_off("SA", "", 2026)
    assert sunday not in days_off("SA", "", 2026)
    made_up_for = date(2026, 2, 14)  # a Saturday that is worked for the Spring Festival
    assert made_up_for not in days_off("CN", "", 2026)


def test_names_of_holidays_do_not_depend_on_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    assert days_off.__wrapped__("DE", "", 2026)[date(2026, 5, 1)] == "Labor Day"


def test_without_a_country_weekends_alone_are_off() -> None:
    assert THANKSGIVING not in days_off("", "", 2026)
    assert len(days_off("", "", 2026)) == 104


def test_it_is_open_from_the_start_of_the_window_until_before_its_end() -> None:
    minutes = {(8, 59): False, (9, 0): True, (16, 59): True, (17, 0): False}
    for (hour, minute), is_open in minutes.items():
        assert office().is_open(at(FRIDAY, hour, minute)) is is_open
    assert not office().is_open(at(THANKSGIVING, 12))
    assert not office().is_open(at(FRIDAY + timedelta(days=1), 12))


def test_it_opens_next_at_the_start_of_a_window_unless_it_is_open() -> None:
    here = office()
    assert here.next_open(at(FRIDAY, 10, 30)) == at(FRIDAY, 10, 30)
    assert here.next_open(at(FRIDAY, 8)) == at(FRIDAY, 9)
    assert here.next_open(at(WEDNESDAY, 17)) == at(FRIDAY, 9)
    assert here.next_open(at(FRIDAY, 17)) == at(MONDAY, 9)


def test_working_days_later_it_is_the_same_time_of_day() -> None:
    here = office()
    assert here.after(at(WEDNESDAY, 16), 1) == at(FRIDAY, 16)
    assert here.after(at(WEDNESDAY, 16), 2) == at(MONDAY, 16)
    assert here.after(at(FRIDAY, 16), 0) == at(FRIDAY, 16)
    assert here.after(at(THANKSGIVING, 16), 1) == at(MONDAY, 9)
    assert here.after(at(WEDNESDAY, 20), 1) == at(MONDAY, 9)


def test_working_days_across_a_clock_change_keep_the_time_of_day() -> None:
    for friday, difference in ((date(2026, 3, 6), -1), (date(2026, 10, 30), 1)):
        monday = friday + timedelta(days=3)
        later = office().after(at(friday, 10), 1)
        assert later == at(monday, 10)
        assert later - at(friday, 10) == timedelta(days=3, hours=difference)


def test_a_window_that_a_clock_change_skips_opens_the_next_working_day() -> None:
    # Saudi Arabia works on Sundays; clocks in New York skip 02:00 to 03:00 on 8 March 2026.
    night = office(country="SA", hours=(2, 3))
    sunday = date(2026, 3, 8)
    assert night.next_open(at(sunday, 0)) == at(sunday + timedelta(days=1), 2)
    thursday = date(2026, 3, 5)
    assert night.after(at(thursday, 2, 30), 1) == at(sunday + timedelta(days=1), 2)


def test_a_day_that_a_zone_skips_is_no_working_day() -> None:
    # Samoa went from Thursday 29 to Saturday 31 December 2011.
    samoa = office(country="", zone="Pacific/Apia")
    thursday = at(date(2011, 12, 29), 10, zone="Pacific/Apia")
    assert samoa.next_open(thursday + timedelta(hours=12)) == at(
        date(2012, 1, 2), 9, zone="Pacific/Apia"
    )


def test_holidays_on_the_way_are_told_and_those_on_a_weekend_are_not() -> None:
    here = office()
    told = [(THANKSGIVING, "Thanksgiving Day")]
    assert list(here.holidays(at(WEDNESDAY, 9), at(MONDAY, 9))) == told
    assert list(here.holidays(at(THANKSGIVING, 9), at(FRIDAY, 9))) == told
    assert list(here.holidays(at(FRIDAY, 9), at(MONDAY, 9))) == []
    fourth_of_july = date(2026, 7, 4)  # a Saturday, observed on the Friday before
    (observed,) = here.holidays(at(date(2026, 7, 2), 9), at(date(2026, 7, 7), 9))
    assert observed[0] < fourth_of_july


def test_importing_the_plugin_does_not_load_the_holidays() -> None:
    code = (
        "import sys, followup_business_days as plugin;"
        "plugin.register_policies(); plugin.BusinessDaysSettings();"
        "assert 'holidays' not in sys.modules;"
        "plugin.BusinessDaysSettings(country='US'); assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


offices = st.builds(
    office,
    country=st.sampled_from(("", "US", "DE", "SA", "CN")),
    zone=st.sampled_from(("UTC", "Europe/Berlin", NEW_YORK, "Asia/Kathmandu", "Pacific/Auckland")),
    hours=st.sampled_from(((9, 17), (7, 8), (10, 22))),
)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(offices, instants, st.integers(0, 25))
def test_it_is_open_whenever_working_days_have_passed(
    here: Office, instant: datetime, working_days: int
) -> None:
    later = here.after(instant, working_days)
    assert here.is_open(later)
    assert later >= here.next_open(instant) >= instant
    local = later.astimezone(ZoneInfo(here.zone))
    assert here.opens <= local.time() < here.closes
    assert local.date() not in days_off(here.country, "", local.year)


@given(offices, instants, instants, st.integers(0, 25))
def test_what_begins_later_never_ends_earlier(
    here: Office, one: datetime, other: datetime, working_days: int
) -> None:
    earlier, later = sorted((one, other))
    assert here.after(earlier, working_days) <= here.after(later, working_days)
    assert here.after(one, working_days) <= here.after(one, working_days + 1)
