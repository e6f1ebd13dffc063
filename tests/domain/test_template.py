"""Templates: what they may name, which are offered first, and how they are filled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.api import StepKind, Template
from followup.domain.facts import FIELDS
from followup.domain.template import Mistake, fitting, mistake_in

FACTS = {"company": "Globex", "role": "SRE", "greeting": "Hi,", "sign_off": "Best wishes"}


def template(body: str = "$company", *, name: str = "one", own: bool = False) -> Template:
    return Template(name=name, step=StepKind.CHECK_IN, subject="$role", body=body, own=own)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("$firstname", 1, "there is no $firstname; there are $company, $role, "),
        ("$company\n\n$Company", 3, "there is no $Company; "),
        ("a\nb ${nobody}\n$company", 2, "there is no $nobody; "),
        ("a\n5 $", 2, "a $ that begins no field is written $$"),
        ("$5", 1, "a $ that begins no field is written $$"),
        ("\n${company", 2, "a $ that begins no field is written $$"),
        ("${company.__class__}", 1, "a $ that begins no field is written $$"),
    ],
)
def test_the_first_mistake_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    mistake = mistake_in(text, "en")
    assert mistake
    assert mistake.line == line
    assert mistake.reason.startswith(reason)


@pytest.mark.parametrize("text", ["", "$$5", "${company}s $role", "{company} %s {0}"])
def test_what_can_be_filled_is_no_mistake(text: str) -> None:
    assert mistake_in(text, "en") is None


def test_courtesies_are_a_mistake_in_a_language_that_has_none() -> None:
    told = "$greeting is not known in 'it': write the words instead"
    assert mistake_in("Buongiorno\n$greeting", "it") == Mistake(2, told)
    assert mistake_in("$interview_day", "it") is None


pieces = st.sampled_from(["$", "{", "}", "a", "\n", " ", "company", "$role", "${me}", "$$", "$x"])


@given(st.lists(pieces).map("".join))
def test_what_has_no_mistake_can_be_filled(text: str) -> None:
    if mistake_in(text, "en") is None:
        assert set(template(text).fields) <= set(FIELDS)
        template(text).fill(dict.fromkeys(FIELDS, "$company"))
    else:
        with pytest.raises((KeyError, ValueError)):
            template(text).fill(dict.fromkeys(FIELDS, "x"))


def test_a_fact_is_never_a_template() -> None:
    message = template("$company and ${role}").fill({"company": "$role ${x} {y}", "role": "$$"})
    assert message.body == "$role ${x} {y} and $$"


def test_a_message_has_nothing_that_a_terminal_would_obey() -> None:
    message = template("a\x1b[31m\r\n\n$company\u202e\n").fill({"company": "b\x9b", "role": "r\ns"})
    assert (message.subject, message.body) == ("r s", "a[31m\n\nb")


def test_what_is_missing_is_never_left_out() -> None:
    with pytest.raises(KeyError):
        template("$interview_day").fill(FACTS)
    with pytest.raises(KeyError):
        template("$company").fill({"company": "Globex"})


def test_own_templates_come_first_then_the_richest_then_the_order() -> None:
    offered = [
        template("$company", name="poor"),
        template("$company, $greeting", name="rich"),
        template("$greeting, $company", name="as rich"),
        template("$interview_day", name="unknown", own=True),
        template("-", name="own poor", own=True),
        template("$company", name="own rich", own=True),
    ]
    names = [one.name for one in fitting(offered, StepKind.CHECK_IN, "en", FACTS)]
    assert names == ["own rich", "own poor", "rich", "as rich", "poor"]
    assert fitting(offered, StepKind.CHECK_IN, "de", FACTS) == []
    assert fitting(offered, StepKind.NUDGE, "en", FACTS) == []
