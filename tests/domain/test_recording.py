"""Moments as people give them become facts that are never too early (design, section 3)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from followup.domain import recording
from followup.domain.errors import InputError
from followup.domain.events import Interview, Outcome, OutcomeKind
from followup.domain.when import When, parse_when

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 3, 11, 14, tzinfo=UTC)


def when(text: str) -> When:
    return parse_when(text, NOW, BERLIN)


def test_an_interview_on_a_date_alone_is_taken_to_end_at_18() -> None:
    assert recording.interview(when("2026-07-01"), None, BERLIN) == Interview(
        at=datetime(2026, 7, 1, 15, tzinfo=UTC),
        ends=datetime(2026, 7, 1, 16, tzinfo=UTC),
        zone=BERLIN,
        date_only=True,
    )


def test_an_interview_takes_an_hour_where_no_end_is_known() -> None:
    interview = recording.interview(when("2026-03-10 10:00"), None, BERLIN, "on site")
    assert interview == Interview(
        at=datetime(2026, 3, 10, 9, tzinfo=UTC),
        ends=datetime(2026, 3, 10, 10, tzinfo=UTC),
        zone=BERLIN,
        text="on site",
    )


def test_an_interview_ends_when_it_is_said_to_end() -> None:
    interview = recording.interview(when("2026-03-10 10:00"), when("2026-03-10 12:30"), BERLIN)
    assert interview.at == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert interview.ends == datetime(2026, 3, 10, 11, 30, tzinfo=UTC)
    assert not interview.date_only


def test_an_interview_of_which_only_the_end_is_known_took_an_hour() -> None:
    interview = recording.interview(when("2026-03-10"), when("2026-03-10 12:30"), BERLIN)
    assert interview.at == datetime(2026, 3, 10, 10, 30, tzinfo=UTC)
    assert not interview.date_only


def test_the_end_of_an_interview_needs_a_time() -> None:
    with pytest.raises(InputError, match="needs a time"):
        recording.interview(when("2026-03-10 10:00"), when("2026-03-10"), BERLIN)


def test_a_fact_keeps_whether_its_time_is_known() -> None:
    offer = recording.at_fact(Outcome, when("2026-03-10"), BERLIN, result=OutcomeKind.OFFER)
    assert offer == Outcome(
        at=datetime(2026, 3, 10, 11, tzinfo=UTC),
        zone=BERLIN,
        date_only=True,
        result=OutcomeKind.OFFER,
    )


def test_a_promise_is_for_a_whole_day() -> None:
    promise = recording.promise(when("2026-03-20 09:00"), when("now"), BERLIN, "they said")
    assert (promise.by, promise.at, promise.text) == (date(2026, 3, 20), NOW, "they said")
    assert promise.over == datetime(2026, 3, 20, 23, tzinfo=UTC)


def test_a_snooze_until_a_date_ends_as_the_day_starts() -> None:
    assert recording.snooze(when("2026-03-20"), when("now"), BERLIN).until == datetime(
        2026, 3, 19, 23, tzinfo=UTC
    )
    assert recording.snooze(when("2026-03-20 08:00"), when("now"), BERLIN).until == datetime(
        2026, 3, 20, 7, tzinfo=UTC
    )


def test_a_date_alone_begins_with_its_day() -> None:
    assert recording.beginning(when("2026-03-10"), BERLIN) == datetime(2026, 3, 9, 23, tzinfo=UTC)
    assert recording.beginning(when("2026-03-10 10:00"), BERLIN) == datetime(
        2026, 3, 10, 9, tzinfo=UTC
    )
