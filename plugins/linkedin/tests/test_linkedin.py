"""The two channels and their rule: what is copied, what is opened, what is too long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.api import Channel, Contact, InputError, Message, Receipt, Settings, Severity, Verdict
from followup.testing import check_channel, check_rule
from followup_linkedin import ConnectionNote, DirectMessage, register_channels, register_rules

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DANA = Contact(name="Dana Lee", linkedin="https://de.linkedin.com/in/dana-lee?trk=people")
SHORT = Message(subject="Our talk on Tuesday", body="Thank you for your time.\nAny news?")

MESSAGE, NOTE = register_channels()


class Letter:
    """A channel of somebody else, with a limit that is none of LinkedIn's business."""

    name = "letter"
    title = "Letter"
    needs = None
    delivers_within = timedelta(days=7)
    can_reply = False
    limit = 10
    settings_type = Settings

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        raise NotImplementedError


def verdicts(body: str, channel: Channel | None) -> list[Verdict]:
    """What the rules of the distribution say of a body."""
    message = Message(body=body)
    return [
        verdict
        for rule in register_rules()
        for verdict in rule.review(message, None, None, channel, NOW)
    ]


def test_the_channels_and_the_rule_keep_their_contracts() -> None:
    for channel in register_channels():
        check_channel(channel, Settings())
    for rule in register_rules():
        check_rule(rule)


def test_the_channels_need_a_linkedin_page_and_are_fast_enough_for_etiquette() -> None:
    assert [(way.name, way.limit) for way in (MESSAGE, NOTE)] == [
        ("linkedin", 8_000),
        ("linkedin-note", 300),
    ]
    for way in (MESSAGE, NOTE):
        assert way.needs == "linkedin"
        assert way.can_reply
        assert way.delivers_within < timedelta(days=2)
        assert way.settings_type() == Settings()


def test_a_message_is_copied_and_the_conversation_opened() -> None:
    receipt = DirectMessage().send(SHORT, DANA, Settings())
    assert receipt == Receipt(
        detail="copied, to paste into the conversation that opens",
        open_url="https://www.linkedin.com/messaging/compose/?recipient=dana-lee",
        copy="Thank you for your time.\nAny news?",
    )
    assert not receipt.sent


def test_a_note_is_copied_and_the_profile_opened() -> None:
    receipt = ConnectionNote().send(SHORT, DANA, Settings())
    assert receipt == Receipt(
        detail="copied, to paste as the note when you connect on the profile that opens",
        open_url="https://www.linkedin.com/in/dana-lee/",
        copy="Thank you for your time.\nAny news?",
    )
    assert not receipt.sent


@pytest.mark.parametrize("way", [MESSAGE, NOTE], ids=lambda way: way.name)
def test_a_contact_whose_page_is_no_profile_is_refused(way: Channel) -> None:
    for page in ("", "https://linkedin.example/in/dana-lee"):
        with pytest.raises(InputError, match="is no LinkedIn profile"):
            way.send(SHORT, Contact(linkedin=page), Settings())


def test_what_does_not_fit_is_blocked_and_marked() -> None:
    assert verdicts("x" * 312, NOTE) == [
        Verdict(
            code="linkedin-length",
            severity=Severity.BLOCK,
            message="A LinkedIn note takes 300 characters, this has 312: cut 12.",
            span=(300, 312),
        )
    ]
    (verdict,) = verdicts("x" * 9_500, MESSAGE)
    assert (
        verdict.message == "A LinkedIn message takes 8,000 characters, this has 9,500: cut 1,500."
    )


def test_other_channels_and_none_are_not_judged() -> None:
    for channel in (Letter(), None):
        assert verdicts("x" * 9_500, channel) == []


@given(st.text(max_size=2), st.sampled_from((MESSAGE, NOTE)), st.integers(-2, 2))
def test_characters_are_counted_not_bytes(text: str, way: Channel, over: int) -> None:
    padding = "ü" * (way.limit + over - len(text))
    found = verdicts(text + padding, way)
    assert [verdict.span for verdict in found] == (
        [(way.limit, way.limit + over)] if over > 0 else []
    )
