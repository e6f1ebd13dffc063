"""``log``: every event, when it happened, and what it does to the application."""

from __future__ import annotations

from typing import Any

import pytest

from command_line import Followup


@pytest.fixture(autouse=True)
def one(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE", "--applied", "2026-03-05")


def logged(followup: Followup, *words: str, at: str | None = None) -> dict[str, Any]:
    """The event that a command puts on the timeline, as ``show --json`` has it."""
    document = followup.json("log", "1", *words, **({"at": at} if at else {}))
    event: dict[str, Any] = document["events"][-1]
    return event


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["applied"], {"event": "applied", "at": "2026-03-11T14:00:00+00:00"}),
        (["reply", "--text", "soon"], {"event": "reply", "text": "soon"}),
        (["note", "same stack"], {"event": "note", "text": "same stack"}),
        (["reopen"], {"event": "reopen"}),
        (["outcome", "offer"], {"event": "outcome", "result": "offer"}),
        (["promise", "--by", "friday"], {"event": "promise", "by": "2026-03-13"}),
        (
            ["snooze", "--until", "friday"],
            {"event": "snooze", "until": "2026-03-12T23:00:00+00:00"},
        ),
        (
            ["follow-up", "--channel", "email", "--step", "check-in", "--failed"],
            {"event": "follow_up", "channel": "email", "step": "check_in", "failed": True},
        ),
        (
            ["interview", "--starts", "fri 14:00", "--ends", "15:30"],
            {"at": "2026-03-13T13:00:00+00:00", "ends": "2026-03-13T14:30:00+00:00"},
        ),
        (
            ["interview", "--starts", "fri"],
            {"ends": "2026-03-13T17:00:00+00:00", "date_only": True},
        ),
        (
            ["interview", "--on", "yesterday 3pm"],
            {"at": "2026-03-10T14:00:00+00:00", "ends": "2026-03-10T15:00:00+00:00"},
        ),
        (
            ["interview", "--on", "yesterday", "--ends", "15:00"],
            {"at": "2026-03-10T13:00:00+00:00", "ends": "2026-03-10T14:00:00+00:00"},
        ),
    ],
)
def test_events(followup: Followup, words: list[str], expected: dict[str, Any]) -> None:
    event = logged(followup, *words)
    assert event | expected == event
    assert event["zone"] == "Europe/Berlin"


@pytest.mark.parametrize("name", ["follow-up", "follow_up", "Follow-Up"])
def test_a_follow_up_counts_as_the_next_step(followup: Followup, name: str) -> None:
    assert logged(followup, name)["step"] == "nudge"


def test_on_goes_before_the_clock_that_goes_before_now(followup: Followup) -> None:
    assert logged(followup, "reply", at="2026-03-05 10:00")["at"] == "2026-03-05T09:00:00+00:00"
    on_the_fourth = logged(followup, "reply", "--on", "yesterday", at="2026-03-05 10:00")
    assert on_the_fourth["at"] == "2026-03-04T11:00:00+00:00"
    assert on_the_fourth["date_only"] is True


def test_a_date_alone_as_the_clock_leaves_the_time_open(followup: Followup) -> None:
    assert logged(followup, "reply", at="2026-03-05")["date_only"] is True
    assert logged(followup, "interview", at="2026-03-06")["ends"] == "2026-03-06T17:00:00+00:00"


def test_an_interview_can_be_cancelled(followup: Followup) -> None:
    assert followup.json("log", "1", "interview", "--starts", "fri 14:00")["stage"] == "interview"
    document = followup.json("log", "1", "interview", "--cancelled")
    assert document["stage"] == "applied"
    assert document["events"][-1]["cancelled"] is True
    assert followup.refused("log", "1", "interview", "--cancelled")[0] == 1


def test_it_says_where_the_application_stands_now(followup: Followup) -> None:
    booked = followup.done("log", "1", "interview", "--starts", "fri 14:00")
    assert booked == "1  Globex, SRE: Interview, Fri 13 Mar 14:00, in 47 h\n"
    assert followup.done("log", "1", "outcome", "ghosted").startswith("1  Globex, SRE: Closed, ")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["999", "reply"], 1, "no application 999: `followup list` shows their ids"),
        (["1", "reply", "--on", "yesterdayish"], 2, "Invalid value for '--on': 'yesterdayish'"),
        (["1", "reply", "--on", "03/04/2026"], 2, "could be two days"),
        (["1", "promise"], 2, "Missing option '--by'"),
        (["1", "outcome", "won"], 2, "'won' is not one of 'offer', 'accepted'"),
        (["1", "interview", "--starts", "fri 14:00", "--ends", "fri"], 2, "needs a time"),
        (
            ["1", "interview", "--starts", "fri 14:00", "--ends", "2026-03-13 13:00"],
            2,
            "the interview ends before it starts",
        ),
        (["1", "snooze", "--until", "yesterday"], 2, "the snooze ends before it begins"),
        (["1", "call"], 2, "No such command 'call'"),
        (["1"], 2, "Missing command; see `followup log --help`"),
        (["1", "note", "--on", "now"], 2, "Missing argument 'TEXT'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    followup: Followup, words: list[str], status: int, told: str
) -> None:
    code, line = followup.refused("log", *words)
    assert code == status
    assert told in line
    assert len(followup.json("history")) == 1


def test_help_needs_no_application(followup: Followup) -> None:
    assert "--starts WHEN" in followup.done("log", "7", "interview", "--help")
