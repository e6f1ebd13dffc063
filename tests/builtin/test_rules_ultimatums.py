"""Ultimatums against a corpus of labelled messages, in four languages.

Each file of ``etiquette/`` holds messages under the label that a reader gave them:
``ultimatum``, ``competing`` (an offer told of courteously) and ``fine``.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from builders import DAY, NOON, application, interview, sent, standing
from followup.api import Message
from followup.builtin import email, rules
from followup.builtin.etiquette.judgement import judge
from followup.builtin.etiquette.languages import language_of
from followup.domain.etiquette import review
from followup.domain.events import AnyEvent
from followup.domain.message import Severity, Verdict

FILES = sorted(Path(__file__).with_name("etiquette").glob("*.toml"))
LABELLED = [
    (label, body)
    for file in FILES
    for label, bodies in tomllib.loads(file.read_text("utf-8")).items()
    for body in bodies
]
ARTICLE = (
    "Dear hiring manager,\n\nI'd love the opportunity to work at Globex. I have three other job"
    " offers, but would like to work for your company. Could you give me a status on the position"
    " within the next 48 hours?"
)
COURTEOUS = "I hold another offer that runs out on Friday; may I ask for your timeline?"
ENDED = NOON


def judged(body: str) -> str:
    """The label that the rules give a message."""
    judgement = judge(body)
    if judgement.ultimatum:
        return "ultimatum"
    return "competing" if judgement.competing_offer else "fine"


def verdicts(body: str, *events: AnyEvent, after_days: float) -> dict[str, Verdict]:
    about = application(interview(ENDED), *events)
    now = ENDED + after_days * DAY
    (mail, *_) = email.register_channels()
    step = standing(*about.events, now=now).next
    found = review(rules.register_rules(), Message(body=body), about, step, mail, now)
    return {verdict.code: verdict for verdict in found}


def test_the_corpus_is_as_large_and_as_hard_as_it_should_be() -> None:
    labels = Counter(label for label, _ in LABELLED)
    assert sum(labels.values()) >= 4_500
    assert labels["fine"] + labels["competing"] >= labels["ultimatum"]


def test_precision_and_recall_of_the_block(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = Counter((label, judged(body)) for label, body in LABELLED)
    right = pairs["ultimatum", "ultimatum"]
    blocked = sum(n for (_, said), n in pairs.items() if said == "ultimatum")
    meant = sum(n for (label, _), n in pairs.items() if label == "ultimatum")
    precision, recall = right / blocked, right / meant
    with capsys.disabled():
        print(f"\nultimatums: precision {precision:.3f}, recall {recall:.3f} of {meant}")  # noqa: T201
    assert precision >= 0.99
    assert recall >= 0.97


@pytest.mark.parametrize(
    "body", [body for label, body in LABELLED if label == "fine"], ids=lambda body: body[:40]
)
def test_ordinary_messages_are_never_blocked(body: str) -> None:
    assert judged(body) != "ultimatum"


def test_the_article_s_example_is_no_first_follow_up() -> None:
    found = verdicts(ARTICLE, after_days=2)["ultimatum-too-early"]
    assert found.severity is Severity.BLOCK
    assert found.span is not None
    assert "within the next 48 hours" in ARTICLE[slice(*found.span)]
    assert "within the next 48 hours" in found.message


def test_the_article_s_example_is_no_check_in() -> None:
    found = verdicts(ARTICLE, sent(ENDED + 2 * DAY), after_days=14)
    assert found["ultimatum-too-early"].severity is Severity.BLOCK


def test_the_article_s_example_may_be_the_last_call() -> None:
    found = verdicts(ARTICLE, sent(ENDED + 2 * DAY), after_days=22)
    assert not [code for code, verdict in found.items() if verdict.severity is Severity.BLOCK]


def test_a_competing_offer_is_a_warning_until_the_last_call() -> None:
    warned = verdicts(COURTEOUS, after_days=2)
    assert warned["competing-offer"].severity is Severity.WARN
    assert "ultimatum-too-early" not in warned
    last = verdicts(COURTEOUS, sent(ENDED + 2 * DAY), after_days=22)
    assert "competing-offer" not in last


def test_an_ultimatum_is_not_reported_as_a_competing_offer_too() -> None:
    assert "competing-offer" not in verdicts(ARTICLE, after_days=2)


def test_without_a_step_an_ultimatum_blocks() -> None:
    message = Message(body="I need your answer by Friday.")
    codes = {v.code for v in review(rules.register_rules(), message, None, None, None, NOON)}
    assert "ultimatum-too-early" in codes


@pytest.mark.parametrize(
    ("subject", "blocked"),
    [
        ("Decision needed by Friday", True),
        ("Last chance", True),
        ("Re: Decision needed by Friday", False),
        ("AW: Entscheidung bis Freitag", False),
        ("Interview on Friday", False),
        ("Backend Engineer: thank you", False),
    ],
)
def test_a_subject_of_one_s_own_counts(subject: str, blocked: bool) -> None:
    message = Message(subject=subject, body="Thank you for the interview. Any news?")
    found = {v.code: v for v in review(rules.register_rules(), message, None, None, None, NOON)}
    assert ("ultimatum-too-early" in found) is blocked
    if blocked:
        assert found["ultimatum-too-early"].span is None
        assert subject in found["ultimatum-too-early"].message


def test_what_stands_behind_twenty_thousand_characters_is_not_judged() -> None:
    demand = "I need your answer by Friday."
    assert judged("Thank you. " * 100 + demand) == "ultimatum"
    assert judged("Thank you. " * 2_000 + demand) == "fine"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Thank you. I will need your yes by tomorrow.", "I will need your yes by tomorrow"),
        (
            "I can only hold this open for you until Wednesday.",
            "hold this open for you until Wednesday",
        ),
        (
            "Thank you!\n\nAfter Friday I’ll be off the market.",
            "After Friday I’ll be off the market",
        ),
        (
            "Guten Tag, ich brauche Ihre Antwort bis Freitag.",
            "ich brauche Ihre Antwort bis Freitag",
        ),
    ],
)
def test_the_words_that_force_are_marked(body: str, words: str) -> None:
    span = judge(body).ultimatum
    assert span is not None
    assert body[slice(*span)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I need your answer by Friday.", "You need my answer by Friday."),
        ("I need your answer by Friday.", "I need to answer my landlord by Friday."),
        ("I need your answer by Friday.", "You said that I would have your answer by Friday."),
        ("I need your answer by Friday.", "I don't need your answer by Friday."),
        ("I need your answer by Friday.", "> I need your answer by Friday."),
        ("I need your answer by Friday.", "You wrote “I need your answer by Friday”."),
        ("I need your answer by Friday.", "-- \nI need your answer by Friday."),
        ("I need your answer by Friday.", "I'm not saying that I need your answer by Friday."),
        ("By Friday I need your answer.", "By Friday I need to answer my landlord."),
        ("You have until Friday.", "I have until Friday."),
        ("You have until Friday.", "Could you hold it for me until Friday?"),
        ("If I don't hear by Friday I will sign elsewhere.", "I will check in on Friday."),
        (
            "If the letter isn't here on Friday, I burn the other half of the map.",
            "If the letter isn't here on Friday, I will call again.",
        ),
        ("Move, or I do.", "We could meet on Tuesday, or I come by on Thursday."),
        ("I can wait until Monday, and no longer.", "I can stay until Monday, and longer."),
        ("If you still want me, call before six.", "If you still want to talk, call before six."),
        (
            "Two others are after me. The curtain falls on Friday.",
            "Thank you for the tour on Friday. Two others were after the same parking space.",
        ),
        (
            "A client of mine has an offer for me. Decide by noon.",
            "You asked me for an example: a client told us to decide by noon or lose the deal.",
        ),
        (
            "The contract has to be here by Monday.",
            "You said the contract would be here by Monday.",
        ),
        ("The contract has to be here by Monday.", "Will the contract be here by Monday?"),
        ("Time is running out. Please decide.", "Time is running out on my parking ticket."),
        ("After Friday I accept their offer.", "I accept your offer and can start after Friday."),
        ("I'll assume it's a no if nothing has come by Friday.", "I'd understand if it's a no."),
        (
            "If you want to keep me, make a better offer by Friday.",
            "If you want to, do write by Friday.",
        ),
        (
            "I need your answer before my flight on Thursday, as I'm going to join another firm.",
            "I need your address before my flight on Thursday.",
        ),
    ],
)
def test_it_matters_who_says_what_of_whom(one: str, other: str) -> None:
    assert judged(one) == "ultimatum"
    assert judged(other) == "fine"


def test_a_request_is_fair_where_somebody_else_forces_the_writer() -> None:
    asked = "Could you let me know by Thursday?"
    assert judged(f"I have another offer. {asked}") == "ultimatum"
    assert judged(f"I have another offer, which expires on Friday. {asked}") == "competing"
    assert judged(asked) == "fine"


@pytest.mark.parametrize(
    "word", ["offer", "deadline", "Friday", "48 hours", "decision", "need", "ultimatum", "waiting"]
)
def test_no_single_word_decides(word: str) -> None:
    assert judged(f"We spoke about {word} in the interview, which I enjoyed.") == "fine"


def test_the_language_is_heard_where_another_is_presumed() -> None:
    body = "Ich brauche Ihre Antwort bis Freitag, sonst unterschreibe ich woanders."
    assert judged(body) == "ultimatum"
    assert language_of(body, "en") is language_of(body, "de")
    assert language_of("12345", "fr") is not language_of("12345", "es")
