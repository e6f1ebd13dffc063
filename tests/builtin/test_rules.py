"""The rules of section 4, but for ultimatums."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from builders import DAY, HOUR, NOON, application, interview, reply, sent, standing
from followup.api import Channel, Contact, Message, Receipt, Settings, Severity, Step, StepKind
from followup.builtin import clipboard, email, rules
from followup.domain.application import Application
from followup.domain.etiquette import is_blocked, review
from followup.domain.events import AnyEvent
from followup.domain.message import Verdict

ENDED = NOON
OPENS = ENDED + 48 * HOUR
FINE = Message(body="Hi Dana,\n\nThank you for the talk. Is there any news?\n\nBest,\nAlex")
(MAIL, DRAFT, _) = email.register_channels()
(CLIPBOARD,) = clipboard.register_channels()


class Letter:
    """A channel that takes a week and cannot be answered."""

    name = "letter"
    title = "Letter"
    needs = None
    delivers_within = timedelta(days=7)
    can_reply = False
    limit = 0
    settings_type = Settings

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        return Receipt(detail="in the post")


def verdicts(
    *events: AnyEvent,
    now: datetime = OPENS,
    message: Message = FINE,
    channel: Channel = MAIL,
    about: Application | None = None,
    step: Step | None = None,
) -> dict[str, Verdict]:
    about = about or application(*(events or (interview(ENDED),)))
    step = step or standing(*about.events, now=now).next
    found = review(rules.register_rules(), message, about, step, channel, now)
    return {verdict.code: verdict for verdict in found}


def test_a_good_message_at_the_right_time_passes() -> None:
    assert verdicts() == {}


def test_too_early_blocks_until_the_step_opens() -> None:
    early = verdicts(now=OPENS - timedelta(microseconds=1))["too-early"]
    assert early.severity is Severity.BLOCK
    assert early.until == OPENS
    assert "48 h after your interview ended" in early.message
    assert "too-early" not in verdicts(now=OPENS)


def test_more_than_two_sentences_are_too_long() -> None:
    long = Message(body="One is here. Two is here. Three is here.")
    assert verdicts(message=long)["too-long"].severity is Severity.WARN


def test_a_last_call_may_say_five() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY))
    now = ENDED + 21 * DAY
    five = "One is here. Two is here. Three is here. Four is here. Five is here."
    assert "too-long" not in verdicts(*events, now=now, message=Message(body=five))
    six = Message(body=five + " Six is here.")
    assert (
        "5 sentences are enough, this has 6"
        in verdicts(*events, now=now, message=six)["too-long"].message
    )


def test_a_letter_is_refused_for_both_reasons_in_words() -> None:
    found = verdicts(channel=Letter())
    assert found["no-reply-path"].severity is Severity.BLOCK
    assert "reply to a letter" in found["no-reply-path"].message
    assert found["slow-channel"].severity is Severity.BLOCK
    assert "7 d" in found["slow-channel"].message


def test_a_channel_needs_a_contact_that_has_it() -> None:
    nobody = application(interview(ENDED), contacts=())
    blocked = verdicts(about=nobody)["no-contact"]
    assert blocked.severity is Severity.BLOCK
    assert "e-mail address" in blocked.message
    by_phone = application(interview(ENDED), contacts=(Contact(name="Dana", phone="1"),))
    assert "no-contact" in verdicts(about=by_phone)
    assert "no-contact" not in verdicts(about=nobody, channel=CLIPBOARD)


@pytest.mark.parametrize(
    "left",
    [
        "[Name]",
        "[Your Company]",
        "[name]",
        "[date of the interview]",
        "{company}",
        "<insert date>",
        "<INSERT company name>",
        "<Your name>",
        "<company>",
        "XYZ Corporation",
        "xyz corp",
        "TODO",
        "$role",
        "${first_name}",
    ],
)
def test_placeholders_block_and_are_marked(left: str) -> None:
    body = f"Thank you, {left}, for the talk."
    found = verdicts(message=Message(body=body))["placeholder"]
    assert found.severity is Severity.BLOCK
    assert found.span is not None
    assert body[slice(*found.span)] == left
    assert "placeholder" in verdicts(message=Message(subject=left, body=FINE.body))


@pytest.mark.parametrize(
    "text",
    [
        "[1] see below",
        "they said so [sic]",
        "[my page](https://alex.example)",
        "write to <name@alex.example>",
        "it pays $100,000",
        "the mastodon",
        "x < y and <b>",
        "a todo list",
    ],
)
def test_ordinary_words_are_no_placeholders(text: str) -> None:
    assert "placeholder" not in verdicts(message=Message(body=text))


@pytest.mark.parametrize(
    ("company", "role", "named"),
    [
        ("Globex", "Engineer [Remote]", "Engineer [Remote]"),
        ("Globex", "Developer (m/w/d) [Backend]", "Developer (m/w/d) [Backend]"),
        ("TODO GmbH", "Developer", "TODO GmbH"),
        ("XYZ Corporation", "Developer", "XYZ Corporation"),
    ],
)
def test_what_a_company_or_a_role_is_called_is_no_placeholder(
    company: str, role: str, named: str
) -> None:
    about = application(interview(ENDED), company=company, role=role)
    filled = Message(subject=named, body=f"Thank you for the talk about {named}. Any news?")
    assert "placeholder" not in verdicts(message=filled, about=about)
    left = Message(body=f"Dear [Name], thank you for the talk about {named}. Any news?")
    assert "[Name]" in verdicts(message=left, about=about)["placeholder"].message
    assert "placeholder" in verdicts(message=filled, about=application(interview(ENDED)))


def test_what_a_contact_is_called_is_no_placeholder() -> None:
    dana = Contact(name="Dana [she]", email="dana@globex.example")
    about = application(interview(ENDED), contacts=(dana,))
    greeting = Message(body="Hi Dana [she], thank you for the talk. Any news?")
    assert "placeholder" not in verdicts(message=greeting, about=about)


def test_they_answered_already() -> None:
    found = verdicts(interview(ENDED), reply(ENDED + DAY))
    assert found["already-replied"].severity is Severity.WARN
    assert "too-many" not in found


def test_nothing_more_is_foreseen() -> None:
    events = (interview(ENDED), sent(ENDED + 2 * DAY), sent(ENDED + 22 * DAY, StepKind.LAST_CALL))
    assert verdicts(*events, now=ENDED + 30 * DAY)["too-many"].severity is Severity.WARN


def test_blocks_come_first() -> None:
    long = Message(body="One is here. Two is here. Three is {here}.")
    found = verdicts(message=long, now=ENDED)
    severities = [verdict.severity for verdict in found.values()]
    assert severities == sorted(severities, key=list(Severity).index)
    assert is_blocked(found.values())


def test_only_rules_of_words_judge_a_message_without_application() -> None:
    long = Message(body="One is here. Two is here. Three is {here}.")
    codes = {v.code for v in review(rules.register_rules(), long, None, None, None, OPENS)}
    assert codes == {"too-long", "placeholder", "no-ask"}


@pytest.mark.parametrize(
    "body",
    [
        "Is there any news?",
        "Please let me know how it goes.",
        "I look forward to hearing from you.",
        "I would love to hear what comes next.",
        "Ich freue mich auf Ihre Antwort.",
        "N'hésitez pas à m'appeler.",
        "Quedo a la espera de sus noticias.",
    ],
)
def test_an_invitation_to_answer_is_enough(body: str) -> None:
    assert "no-ask" not in verdicts(message=Message(body=body))


@pytest.mark.parametrize(
    "body",
    [
        "Thank you for the talk on Monday.",
        "It was great to meet the team.\n\n> Is there any news?",
        "Vielen Dank für das Gespräch.",
    ],
)
def test_nothing_to_answer_is_a_warning(body: str) -> None:
    warned = verdicts(message=Message(body=body))["no-ask"]
    assert warned.severity is Severity.WARN
    assert "end with one question" in warned.message


def test_every_verdict_says_what_to_do_in_one_sentence() -> None:
    early = Message(
        body="I need your answer by Friday. I have two other offers. I am [Name]. That is all."
    )
    nobody = application(interview(ENDED), contacts=())
    found = verdicts(now=ENDED, message=early, channel=Letter())
    found |= verdicts(about=nobody)
    found |= verdicts(interview(ENDED), reply(ENDED + DAY))
    found |= verdicts(message=Message(body="I hold another offer."))
    assert len(found) >= 9
    for verdict in found.values():
        assert ":" in verdict.message or "Snooze" in verdict.message
        assert verdict.message.endswith(".")
