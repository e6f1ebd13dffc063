"""Statistics: which reply belongs to which message, medians, funnel and weeks, by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import DAY, HOUR, NOON, applied, interview, outcome, promise, reopen, reply, sent
from followup.demo import made_up
from followup.domain.events import AnyEvent, Applied, FollowUp, Note, OutcomeKind, Reply, Snooze
from followup.domain.replies import OPEN_DAYS, TOO_FEW, Replies, cases
from followup.domain.statistics import FEWEST_WEEKS, Milestone, Reached, Statistics
from followup.domain.timeline import Timeline
from strategies import START, histories, zones

OLD = NOON - 60 * DAY


def timeline(*events: AnyEvent, now: datetime = NOON) -> Timeline:
    return Timeline.at(events, now)


def told(*events: AnyEvent, now: datetime = NOON) -> list[tuple[int, float | None]]:
    """The place in its sequence of each message, and the days to its first reply."""
    return [(case.number, case.days) for case in cases(timeline(*events, now=now), now)]


def statistics(
    *histories: Iterable[AnyEvent], now: datetime = NOON, zone: str = "UTC"
) -> Statistics:
    return Statistics.of([timeline(*events, now=now) for events in histories], now, zone)


class TestAttribution:
    def test_a_reply_answers_the_newest_message_before_it_and_no_other(self) -> None:
        events = sent(OLD), sent(OLD + 7 * DAY), reply(OLD + 9 * DAY), reply(OLD + 10 * DAY)
        assert told(*events) == [(1, None), (2, 2.0)]

    def test_a_reply_before_every_message_answers_none(self) -> None:
        assert told(reply(OLD), sent(OLD + DAY)) == [(1, None)]

    def test_days_are_24_hours_and_may_be_parts_of_one(self) -> None:
        # Berlin's clocks go forward on 29 March 2026, and nothing changes by that.
        before = datetime(2026, 3, 28, 12, tzinfo=UTC)
        now = before + 30 * DAY
        events = sent(before, zone="Europe/Berlin"), reply(before + 36 * HOUR, "Europe/Berlin")
        assert told(*events, now=now) == [(1, 1.5)]

    def test_what_failed_was_never_sent(self) -> None:
        events = sent(OLD), sent(OLD + DAY, failed=True), reply(OLD + 3 * DAY)
        assert told(*events) == [(1, 3.0)]

    def test_a_sequence_begins_anew_after_an_interview_and_after_a_reply(self) -> None:
        events = (
            sent(OLD),
            sent(OLD + 7 * DAY),
            interview(OLD + 9 * DAY),
            sent(OLD + 11 * DAY),
            sent(OLD + 18 * DAY),
            reply(OLD + 19 * DAY),
            sent(OLD + 21 * DAY),
        )
        assert [number for number, _ in told(*events)] == [1, 2, 1, 2, 1]

    @pytest.mark.parametrize(
        "event",
        [
            interview(OLD + DAY, cancelled=True),
            promise(OLD + DAY, date(2026, 2, 1)),
            Note(at=OLD + DAY),
        ],
    )
    def test_nothing_else_begins_one(self, event: AnyEvent) -> None:
        assert [number for number, _ in told(sent(OLD), event, sent(OLD + 7 * DAY))] == [1, 2]

    def test_what_has_not_happened_yet_does_not_count(self) -> None:
        events = sent(OLD), reply(OLD + 2 * DAY), sent(OLD + 3 * DAY)
        assert told(*events, now=OLD + DAY) == [(1, None)]

    def test_the_order_in_which_facts_were_recorded_does_not_matter(self) -> None:
        assert told(reply(OLD + 9 * DAY), sent(OLD + 7 * DAY), sent(OLD)) == [(1, None), (2, 2.0)]


class TestOpen:
    @pytest.mark.parametrize(
        ("age", "is_open"),
        [
            (timedelta(0), True),
            (OPEN_DAYS * DAY - timedelta.resolution, True),
            (OPEN_DAYS * DAY, False),
        ],
    )
    def test_a_message_is_open_for_14_days(self, age: timedelta, is_open: bool) -> None:
        (case,) = cases(timeline(sent(NOON - age)), NOON)
        assert case.open is is_open

    def test_an_answer_settles_it_at_once(self) -> None:
        (case,) = cases(timeline(sent(NOON - DAY), reply(NOON)), NOON)
        assert not case.open
        assert case.days == 1

    def test_the_next_message_settles_it_too(self) -> None:
        first, second = cases(timeline(sent(NOON - 8 * DAY), sent(NOON - DAY)), NOON)
        assert (first.open, second.open) == (False, True)

    def test_what_is_open_is_in_no_rate(self) -> None:
        answered = [(sent(OLD), reply(OLD + DAY))] * 3
        unanswered = [(sent(OLD),)] * 2
        still_open = [(sent(NOON - DAY),)] * 4
        counted = statistics(*answered, *unanswered, *still_open).replies
        assert (counted.sent, counted.judged, counted.open) == (9, 5, 4)
        assert (counted.answered, counted.unanswered) == (3, 2)
        assert counted.rate == 0.6


class TestFigures:
    @pytest.mark.parametrize(
        ("days", "median"),
        [
            ([1, 2, 3, 4], None),
            ([9, 1, 2, 3, 40], 3),
            ([1, 2, 3, 4, 5, 50], 3.5),
        ],
    )
    def test_the_median_needs_five_answers(self, days: list[int], median: float | None) -> None:
        counted = statistics(*((sent(OLD), reply(OLD + length * DAY)) for length in days)).replies
        assert counted.answered == len(days)
        assert counted.median_days == median

    def test_a_rate_needs_five_messages_that_are_settled(self) -> None:
        assert TOO_FEW == 5
        assert statistics(*[(sent(OLD),)] * 4, (sent(NOON),)).replies.rate is None
        assert statistics(*[(sent(OLD),)] * 5).replies.rate == 0

    def test_channels_stand_by_use_and_then_by_name(self) -> None:
        def by(channel: str) -> tuple[AnyEvent, ...]:
            return (replace(sent(OLD), channel=channel),)

        counted = statistics(by("sms"), by("email"), by("email"), by(""), by("linkedin"))
        assert [(name, one.sent) for name, one in counted.by_channel.items()] == [
            ("email", 2), ("", 1), ("linkedin", 1), ("sms", 1),
        ]  # fmt: skip

    def test_numbers_stand_in_order(self) -> None:
        counted = statistics((sent(OLD), sent(OLD + DAY), reply(OLD + 3 * DAY)), (sent(OLD),))
        assert [(n, one.sent, one.answered) for n, one in counted.by_number.items()] == [
            (1, 2, 0), (2, 1, 1),
        ]  # fmt: skip

    def test_nothing_comes_of_nothing(self) -> None:
        counted = statistics()
        assert (counted.applications, counted.open) == (0, 0)
        assert counted.replies == Replies(answered=0, unanswered=0, open=0, median_days=None)
        assert {reached.count for reached in counted.funnel} == {0}
        assert set(counted.closed.values()) == {0}


class TestFunnel:
    def reached(self, *events: AnyEvent) -> set[str]:
        return {str(one.milestone) for one in statistics(events).funnel if one.count}

    def test_every_milestone_has_its_fact(self) -> None:
        story = [applied(OLD)]
        assert self.reached(*story) == {"applied"}
        assert self.reached(*story, sent(OLD + 10 * DAY)) == {"applied", "followed_up"}
        assert self.reached(*story, interview(OLD + DAY)) == {"applied", "interviewed"}
        assert self.reached(interview(OLD), sent(OLD + 2 * DAY), reply(OLD + 3 * DAY)) == {
            "applied", "interviewed", "followed_up", "answered",
        }  # fmt: skip

    def test_what_is_booked_cancelled_or_failed_is_none(self) -> None:
        events = (
            applied(OLD),
            interview(NOON + DAY),
            interview(OLD, cancelled=True),
            sent(OLD, failed=True),
            reply(OLD + DAY),
        )
        assert self.reached(*events) == {"applied"}

    def test_an_offer_counts_whatever_came_of_it(self) -> None:
        offered = outcome(OLD, OutcomeKind.OFFER)
        assert self.reached(outcome(OLD, OutcomeKind.ACCEPTED)) == {"applied", "offer", "accepted"}
        for later in (reopen(NOON), outcome(NOON, OutcomeKind.WITHDRAWN)):
            assert self.reached(offered, later) == {"applied", "offer"}

    def test_shares_are_of_all_and_of_those_a_step_before(self) -> None:
        met = applied(OLD), interview(OLD + DAY)
        written = *met, sent(OLD + 4 * DAY)
        nudged = applied(OLD), sent(OLD + 10 * DAY)
        funnel = statistics(
            *[(applied(OLD),)] * 2, *[met] * 2, *[written] * 4, *[nudged] * 2
        ).funnel
        assert funnel[:3] == (
            Reached(milestone=Milestone.APPLIED, count=10, share=1, before=None, onward=None),
            Reached(milestone=Milestone.INTERVIEWED, count=6, share=0.6, before=10, onward=0.6),
            # Six of ten, but four of the six that were interviewed.
            Reached(milestone=Milestone.FOLLOWED_UP, count=6, share=0.6, before=6, onward=4 / 6),
        )

    @pytest.mark.parametrize(
        "event",
        [applied(NOON + DAY), Note(at=OLD), Snooze(at=OLD, until=NOON)],
    )
    def test_what_is_planned_or_only_noted_is_no_application_yet(self, event: AnyEvent) -> None:
        assert statistics((event,)).applications == 0

    def test_an_application_of_today_counts_all_day(self) -> None:
        today = Applied(at=NOON, date_only=True)
        assert statistics((today,), now=NOON - 11 * HOUR).applications == 1

    def test_closed_ones_are_counted_by_how_they_ended(self) -> None:
        counted = statistics(
            (outcome(OLD),),
            (outcome(OLD), outcome(NOON, OutcomeKind.GHOSTED)),
            (outcome(OLD), reopen(NOON)),
            (applied(OLD),),
        )
        assert {str(kind): count for kind, count in counted.closed.items() if count} == {
            "rejected": 1,
            "ghosted": 1,
        }
        assert list(counted.closed) == list(OutcomeKind)
        assert counted.open == 2


class TestWeeks:
    def test_there_are_twelve_to_the_present_one_even_of_nothing(self) -> None:
        weeks = statistics().weeks
        assert len(weeks) == FEWEST_WEEKS == 12
        assert weeks[-1].monday == date(2026, 3, 9)
        assert weeks[-1].name == "2026-W11"
        assert weeks[0].name == "2025-W52"

    def test_they_reach_back_to_the_first_fact_without_a_gap(self) -> None:
        weeks = statistics((applied(NOON - 200 * DAY), reply(NOON))).weeks
        assert weeks[0].applications == weeks[-1].replies == 1
        assert len(weeks) == 30
        assert {after.monday - before.monday for before, after in pairwise(weeks)} == {7 * DAY}

    @pytest.mark.parametrize(("zone", "week"), [("UTC", "2026-W10"), ("Asia/Tokyo", "2026-W11")])
    def test_they_begin_on_monday_in_the_zone_of_the_user(self, zone: str, week: str) -> None:
        sunday_night = datetime(2026, 3, 8, 23, tzinfo=UTC)
        for event in (applied(sunday_night), reply(sunday_night)):
            weeks = statistics((event,), zone=zone).weeks
            assert [one.name for one in weeks if one.applications or one.replies] == [week]

    def test_a_day_without_a_time_stays_that_day_everywhere(self) -> None:
        monday = Applied(at=datetime(2026, 3, 9, 12, tzinfo=UTC), date_only=True)
        weeks = statistics((monday,), zone="Pacific/Kiritimati").weeks
        assert [one.name for one in weeks if one.applications] == ["2026-W11"]

    def test_a_day_that_has_begun_elsewhere_is_not_lost(self) -> None:
        now = datetime(2026, 3, 8, 11, tzinfo=UTC)
        monday = Applied(
            at=datetime(2026, 3, 8, 22, tzinfo=UTC), zone="Pacific/Kiritimati", date_only=True
        )
        weeks = statistics((monday,), now=now, zone="America/New_York").weeks
        assert [one.name for one in weeks if one.applications] == ["2026-W11"]

    def test_years_of_53_weeks_are_those_of_iso_8601(self) -> None:
        weeks = statistics(now=datetime(2027, 1, 3, 12, tzinfo=UTC)).weeks
        assert weeks[-1].name == "2026-W53"


@given(st.lists(histories, max_size=12), st.integers(0, 90), zones, st.randoms())
def test_the_arithmetic_holds_whatever_happened(
    stories: list[list[AnyEvent]], days: int, zone: str, chance: Random
) -> None:
    now = START + days * DAY
    timelines = [Timeline.at(events, now) for events in stories]
    counted = Statistics.of(timelines, now, zone)
    shuffled = list(timelines)
    chance.shuffle(shuffled)
    assert Statistics.of(shuffled, now, zone) == counted

    replies = counted.replies
    assert replies.sent == sum(len(one.sent) for one in timelines)
    for values in (counted.by_channel.values(), counted.by_number.values()):
        for name in ("sent", "judged", "open", "answered", "unanswered"):
            assert sum(getattr(one, name) for one in values) == getattr(replies, name)
            assert all(getattr(one, name) >= 0 for one in values)
    for one in (replies, *counted.by_channel.values(), *counted.by_number.values()):
        assert (one.rate is None) == (one.judged < TOO_FEW)
        assert (one.median_days is None) == (one.answered < TOO_FEW)
        assert one.rate is None or 0 <= one.rate <= 1
        assert one.median_days is None or one.median_days >= 0

    counts = {reached.milestone: reached.count for reached in counted.funnel}
    assert counts[Milestone.APPLIED] == counted.applications <= len(stories)
    assert counts[Milestone.ANSWERED] <= counts[Milestone.FOLLOWED_UP]
    assert counts[Milestone.ACCEPTED] <= counts[Milestone.OFFER]
    for reached in counted.funnel:
        assert reached.count <= counted.applications
        assert all(part is None or 0 <= part <= 1 for part in (reached.share, reached.onward))
        assert (reached.share is None) == (counted.applications < TOO_FEW)
        assert (reached.onward is None) == ((reached.before or 0) < TOO_FEW)
    assert counted.open + sum(counted.closed.values()) == counted.applications
    assert counted.open >= 0

    answers = sum(isinstance(event, Reply) for one in timelines for event in one.events)
    assert sum(week.replies for week in counted.weeks) == answers
    assert sum(week.applications for week in counted.weeks) <= counted.applications
    assert len(counted.weeks) >= FEWEST_WEEKS


def test_ten_thousand_applications_are_counted() -> None:
    applications = made_up(NOON, "Europe/Berlin", 10_000)
    counted = statistics(*(one.events for one in applications), zone="Europe/Berlin")
    assert counted.applications == 10_000
    messages = (e for one in applications for e in one.events if isinstance(e, FollowUp))
    assert counted.replies.sent == sum(message.at <= NOON for message in messages)
