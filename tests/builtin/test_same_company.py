"""Two messages to one company in a day."""

from __future__ import annotations

from builders import DANA, DAY, HOUR, NOON, application, applied, interview, sent
from followup.builtin import email, rules
from followup.domain.application import Application
from followup.domain.etiquette import review
from followup.domain.message import Message, Severity, Verdict

(MAIL, *_) = email.register_channels()
QUESTION = Message(body="Is there any news?")
HERE = application(interview(NOON - 3 * DAY), id=1)


def told(*others: Application, about: Application = HERE) -> list[Verdict]:
    """What the rule says of a message at noon, beside these applications."""
    found = review(rules.register_rules(), QUESTION, about, None, MAIL, NOON, others)
    return [verdict for verdict in found if verdict.code == "same-company"]


def test_a_message_within_a_day_about_another_role_is_warned_of_until_the_day_is_over() -> None:
    there = application(sent(NOON - 3 * HOUR), id=2, role="Data Engineer", contacts=(DANA,))
    (verdict,) = told(there)
    assert verdict.severity is Severity.WARN
    assert verdict.until == NOON + 21 * HOUR
    assert verdict.message == (
        "A message about the Data Engineer went to Globex 3 h ago, and two in a day look like a"
        " mailing: wait 21 h."
    )


def test_a_message_about_the_same_role_counts_as_well() -> None:
    again = application(applied(NOON - 9 * DAY), sent(NOON - HOUR), id=1)
    assert told(about=again)


def test_after_a_day_or_where_it_failed_there_is_nothing_to_say() -> None:
    assert told(application(sent(NOON - DAY), id=2)) == []
    assert told(application(sent(NOON - HOUR, failed=True), id=2)) == []
    assert told(application(applied(NOON - HOUR), id=2)) == []


def test_the_newest_of_several_messages_counts() -> None:
    others = (application(sent(NOON - n * HOUR), id=n) for n in (20, 2, 9))
    (verdict,) = told(*others)
    assert verdict.until == NOON + 22 * HOUR
