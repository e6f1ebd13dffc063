"""A message answers the one before it, and says so as mail programs expect it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import DAY, NOON, interview, reply, sent
from followup.domain.events import AnyEvent, FollowUp
from followup.domain.threads import (
    Conversation,
    answering,
    conversation,
    is_message_id,
    message_id,
)
from followup.domain.timeline import Timeline


def mailed(day: int, name: str, subject: str = "The role", *, failed: bool = False) -> FollowUp:
    at = NOON + day * DAY
    return replace(sent(at), message_id=name, subject=subject, failed=failed)


def so_far(*events: AnyEvent, day: int = 20) -> Conversation:
    now = NOON + day * DAY
    return conversation(Timeline.at(events, now), now)


def test_a_follow_up_answers_those_before_it_and_their_answers() -> None:
    answer = replace(reply(NOON + 2 * DAY), message_id="<b@globex.example>")
    letters = so_far(
        mailed(1, "<a@sam.example>", "Backend role"),
        answer,
        mailed(3, "<c@sam.example>", "Re: Backend role"),
    )
    assert letters.references == ("<a@sam.example>", "<b@globex.example>", "<c@sam.example>")
    assert letters.reply_subject == "Re: Backend role"


def test_the_first_message_answers_none() -> None:
    assert so_far(interview(NOON)).reply_subject == ""
    assert so_far(sent(NOON)).references == ()


def test_what_bounced_is_no_part_of_it() -> None:
    letters = so_far(
        mailed(1, "<a@sam.example>", "Lost", failed=True), mailed(2, "<b@sam.example>")
    )
    assert letters == Conversation(references=("<b@sam.example>",), subject="The role")


def test_an_interview_that_is_over_begins_a_new_thread() -> None:
    held = interview(NOON + 5 * DAY)
    assert so_far(mailed(1, "<a@sam.example>"), held) == Conversation()
    later = so_far(mailed(1, "<a@sam.example>", "Old"), held, mailed(7, "<b@sam.example>", "New"))
    assert later == Conversation(references=("<b@sam.example>",), subject="New")


@pytest.mark.parametrize("cancelled", [False, True])
def test_an_interview_ahead_or_cancelled_does_not(cancelled: bool) -> None:
    booked = interview(NOON + (5 if cancelled else 30) * DAY, cancelled=cancelled)
    assert so_far(mailed(1, "<a@sam.example>"), booked).references == ("<a@sam.example>",)


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("The role", "Re: The role"),
        ("Re: The role", "Re: The role"),
        ("RE: AW: Re[3]: The role", "Re: The role"),
        ("Réf. : Le poste", "Re: Le poste"),
        ("Reference: 12", "Re: Reference: 12"),
        ("Regarding re: lay", "Re: Regarding re: lay"),
        ("The\nrole\u202e", "Re: The role"),
        ("Re:", "Re:"),
        ("x" * 500, f"Re: {'x' * 496}"),
    ],
)
def test_an_answer_says_so_once(subject: str, answered: str) -> None:
    assert answering(subject) == answered


@given(st.text())
def test_an_answer_to_an_answer_looks_the_same(subject: str) -> None:
    assert answering(answering(subject)) == answering(subject)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("<a.b+c@sam.example>", True),
        ("<no-domain>", True),
        ("", False),
        ("<>", False),
        ("a@sam.example", False),
        ("<a b@sam.example>", False),
        ("<a@sam.example> <b@sam.example>", False),
        ("<a@sam.example>\r\nBcc: <eve@evil.example>", False),
        ("<ä@sam.example>", False),
        (f"<{'a' * 1000}@sam.example>", False),
    ],
)
def test_a_name_is_one_token_in_angle_brackets(name: str, fits: bool) -> None:
    assert is_message_id(name) is fits
    assert bool(so_far(mailed(1, name)).references) is fits


def test_a_name_ends_with_the_domain_of_the_sender() -> None:
    assert message_id("5f1e", "sam.example") == "<5f1e@sam.example>"
    assert is_message_id(message_id("5f1e", "sam.example"))
    assert message_id("5f1e", "") == ""
