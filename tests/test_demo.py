"""The made-up applications show every stage, at any time of any day."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.builtin.patient import Patient, PatientSettings
from followup.demo import made_up
from followup.domain.application import Application
from followup.domain.board import Board, Foresee
from followup.domain.events import Outcome
from followup.domain.hygiene import checked_application
from followup.domain.stage import Stage

ZONES = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu")


def patiently(zone: str) -> Foresee:
    foresee = partial(Patient().steps, settings=PatientSettings(), zone=zone)
    return lambda _application: foresee


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)
def test_every_stage_has_its_cards_whenever_the_demo_is_opened(now: datetime, zone: str) -> None:
    board = Board.of(made_up(now, zone), patiently(zone), now)
    filled = {column.stage: len(column.cards) for column in board.columns}
    assert all(filled.values()), filled
    assert filled[Stage.DUE] >= 3
    assert any(card.standing.overdue for card in board.to_do())
    assert any(card.standing.quiet for card in board.cards())


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)
def test_nothing_lies_ahead_but_what_is_booked(now: datetime, zone: str) -> None:
    for application in made_up(now, zone):
        assert all(event.is_known_at(now) for event in application.events), application.company


@pytest.mark.parametrize("count", [0, 1, 18, 3000])
def test_as_many_as_asked_for_each_with_a_name_and_number_of_its_own(count: int) -> None:
    now = datetime(2026, 3, 11, 14, tzinfo=UTC)
    applications = made_up(now, "Europe/Berlin", count)
    assert len({(one.company, one.role) for one in applications}) == count
    assert [one.id for one in applications] == list(range(1, count + 1))
    assert applications == made_up(now, "Europe/Berlin", count)


def test_the_store_would_take_them_as_they_are() -> None:
    for application in made_up(datetime(2026, 3, 11, 14, tzinfo=UTC), "Europe/Berlin"):
        assert checked_application(application) == application
        text = msgspec.json.encode(application)
        assert msgspec.json.decode(text, type=Application) == application
        assert all(contact.email.endswith(".example") for contact in application.contacts)


def test_the_demo_tells_every_story() -> None:
    """Too late, too early, promised, snoozed, gone quiet: each is there to be looked at."""
    now = datetime(2026, 3, 11, 14, tzinfo=UTC)
    board = Board.of(made_up(now, "UTC"), patiently("UTC"), now)
    waiting = board.column(Stage.WAITING).cards
    assert any(card.standing.overdue for card in board.column(Stage.DUE).cards)
    assert any(card.standing.snoozed_until for card in waiting)
    assert any(card.standing.quiet for card in waiting)
    assert any(
        card.standing.timeline.promise and now < card.standing.timeline.promise.over
        for card in waiting
    )
    results = {
        event.result
        for card in board.column(Stage.CLOSED).cards
        for event in card.application.events
        if isinstance(event, Outcome)
    }
    assert len(results) >= 2
    applications = [card.application for card in board.cards()]
    assert any(application.notes for application in applications)
    assert any(len(application.contacts) > 1 for application in applications)
    assert all(application.contacts[0].phone for application in applications)
