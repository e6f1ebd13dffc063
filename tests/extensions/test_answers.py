"""What plugins give and answer is checked before the program goes by it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import NOON, application
from followup.api import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_BADGE,
    File,
    ImportReading,
    ImportRow,
    Receipt,
    Settings,
    Severity,
    Step,
    StepKind,
    Template,
    Verdict,
)
from followup.extensions import answers, things
from followup.extensions.faults import LONGEST_REASON, MisbehaviourError, fault_of
from followup.extensions.things import ChannelFacts, Facts, PolicyFacts, TemplateFacts, TitledFacts

STEP = Step(kind=StepKind.FOLLOW_UP, opens=NOON, due=NOON, why="because")
VERDICT = Verdict(code="mine", severity=Severity.WARN, message="too blunt", span=(3, 5))
HOSTILE = "\x1b[2J\x9b1m\u202ered\r\n\x00"
CLEANED = "[2J1mred"

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=()))
    | st.binary()
    | st.datetimes()
    | st.just(STEP)
    | st.just(VERDICT)
    | st.builds(object),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=5,
)


def test_what_is_right_stays_as_it_is() -> None:
    assert answers.steps([STEP, STEP]) == (STEP, STEP)
    assert answers.steps(iter(())) == ()
    assert answers.verdicts([VERDICT], "mine") == (VERDICT,)
    assert answers.badge("3 days") == "3 days"
    assert answers.badge(None) == ""
    assert answers.sureness(1) == 1.0
    assert answers.text("done\nand done") == "done\nand done"
    assert answers.text(None) == ""
    reading = ImportReading(rows=(ImportRow(line=2, application=application()),))
    assert answers.reading(reading) == reading
    receipt = Receipt(detail="sent", save=File(name="a b.eml", content=b"\0\xff"))
    assert answers.receipt(receipt) == receipt


CHECKS: list[Callable[[object], object]] = [
    answers.steps,
    lambda answer: answers.verdicts(answer, "mine"),
    answers.badge,
    answers.sureness,
    answers.reading,
    answers.receipt,
    answers.text,
    things.given,
    TitledFacts.of,
    PolicyFacts.of,
    ChannelFacts.of,
    TemplateFacts.of,
]


@pytest.mark.parametrize("check", CHECKS)
@given(answer=anything)
def test_whatever_is_answered_is_checked_or_is_misbehaviour(
    check: Callable[[object], object], answer: object
) -> None:
    try:
        checked = check(answer)
    except MisbehaviourError:
        return
    if check is not things.given:  # of these each is looked at by itself
        things.sendable(checked, type(checked))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "returned nothing where steps are expected"),
        ("soon", "returned `str` where steps are expected"),
        (7, "returned `int` where steps are expected"),
        ([[STEP]], "returned `list` where a Step is expected"),
        (itertools.repeat(STEP), "returned more than 50 steps"),
        ([replace(STEP, opens=datetime(2026, 3, 1))], "returned a time without a zone"),
        ([replace(STEP, due=datetime(9999, 12, 31, tzinfo=UTC))], "a time in the year 9999"),
        ([replace(STEP, lapses=datetime(1, 1, 1, tzinfo=UTC))], "a time in the year 1"),
        ([replace(STEP, number=10**30)], "returned what cannot be used: can't serialize ints"),
        ([replace(STEP, kind="later")], "returned a Step that is none: Invalid enum value 'later'"),
        ([replace(STEP, why=3)], "returned a Step that is none: Expected `str`, got `int`"),
        ([replace(STEP, why="\ud800")], "returned what cannot be used: 'utf-8' codec"),
    ],
)
def test_steps_that_cannot_be_meant_are_told(answer: object, reason: str) -> None:
    with pytest.raises(MisbehaviourError) as told:
        answers.steps(answer)
    assert reason in str(told.value)


@given(
    st.datetimes(min_value=datetime(EARLIEST_YEAR, 1, 2), max_value=datetime(LATEST_YEAR, 12, 30)),
    st.integers(-14 * 60, 14 * 60),
)
def test_times_of_any_zone_become_utc(wall: datetime, minutes: int) -> None:
    there = wall.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    (step,) = answers.steps([replace(STEP, opens=there)])
    assert step.opens == there
    assert step.opens.tzinfo is UTC


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (replace(VERDICT, code="other"), "returned the code 'other', not its own"),
        (replace(VERDICT, severity="fatal"), "Invalid enum value 'fatal'"),
        (replace(VERDICT, span=(5, 3)), "marks the words from 5 to 3"),
        (replace(VERDICT, span=(-1, 3)), "marks the words from -1 to 3"),
        (replace(VERDICT, until=datetime(2026, 3, 1)), "returned a time without a zone"),
    ],
)
def test_verdicts_that_cannot_be_meant_are_told(verdict: Verdict, reason: str) -> None:
    with pytest.raises(MisbehaviourError) as told:
        answers.verdicts([verdict], "mine")
    assert reason in str(told.value)


@pytest.mark.parametrize("name", ["", "..", "a/b", "/etc/passwd", "a\x00b", "a\nb"])
def test_a_file_is_saved_under_a_bare_name_alone(name: str) -> None:
    with pytest.raises(MisbehaviourError, match="is no bare file name"):
        answers.receipt(Receipt(detail="", save=File(name=name, content=b"")))


@pytest.mark.parametrize("sureness", [-0.1, 1.1, float("nan"), float("inf"), "1", None, 2])
def test_how_sure_an_importer_is_lies_between_none_and_all(sureness: object) -> None:
    with pytest.raises(MisbehaviourError, match="no number from 0 to 1"):
        answers.sureness(sureness)


def test_nothing_in_it_is_obeyed_by_a_terminal() -> None:
    assert answers.steps([replace(STEP, why=HOSTILE)])[0].why == CLEANED
    assert answers.verdicts([replace(VERDICT, message=HOSTILE)], "mine")[0].message == CLEANED
    assert answers.badge(HOSTILE) == CLEANED
    assert answers.text(HOSTILE) == CLEANED
    receipt = answers.receipt(Receipt(detail=HOSTILE, copy=HOSTILE, open_url="https://a\x1b"))
    assert (receipt.detail, receipt.copy, receipt.open_url) == (CLEANED, CLEANED, "https://a")
    titled = TitledFacts.of(SimpleNamespace(name="mine", title=HOSTILE))
    assert titled == TitledFacts(name="mine", title=CLEANED)


def test_ten_megabytes_are_cut() -> None:
    long = "x" * 10_000_000
    assert len(answers.badge(long)) == LONGEST_BADGE
    assert len(answers.steps([replace(STEP, why=long)])[0].why) < 1000
    fault = fault_of("mine", "1", "rule mine", ValueError(long))
    assert len(fault.reason) == LONGEST_REASON
    assert len(json.dumps(fault.traceback)) < 10_000


class TestFacts:
    @pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "-a", "a" * 65, None, 3, "\x1b[m"])
    def test_a_name_is_one_word(self, name: object) -> None:
        with pytest.raises(MisbehaviourError, match="gave `SimpleNamespace`"):
            Facts.of(SimpleNamespace(name=name))

    def test_a_title_of_controls_alone_is_the_name(self) -> None:
        assert TitledFacts.of(SimpleNamespace(name="mine", title="\x00\x1b")) == TitledFacts(
            name="mine", title="mine"
        )

    def test_settings_have_defaults_and_are_of_their_type(self) -> None:
        class Mine(Settings, frozen=True, kw_only=True):
            days: int = 3
            span: timedelta = timedelta(hours=1)

        thing = SimpleNamespace(name="mine", title="Mine", settings_type=Mine)
        facts = PolicyFacts.of(thing)
        assert isinstance(facts, PolicyFacts)
        assert facts.defaults == {"days": 3, "span": "PT3600S"}
        for wrong in (None, dict, Mine()):
            thing.settings_type = wrong
            with pytest.raises(MisbehaviourError, match="settings_type is no subclass"):
                PolicyFacts.of(thing)

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            ("It is $ 5", "a $ that begins no field is written $$"),
            ("Dear $darling,", "there is no $darling"),
            ("Dear ${darling},", "there is no $darling"),
        ],
    )
    def test_a_template_can_be_filled(self, body: str, reason: str) -> None:
        template = Template(name="mine", step=StepKind.NUDGE, subject="Hello", body=body)
        with pytest.raises(MisbehaviourError) as told:
            TemplateFacts.of(template)
        assert reason in str(told.value)

    def test_a_template_of_a_plugin_is_not_the_users_own(self) -> None:
        template = Template(
            name="mine", step=StepKind.NUDGE, subject="Hello", body="Dear $contact", own=True
        )
        facts = TemplateFacts.of(template)
        assert isinstance(facts, TemplateFacts)
        assert facts.template == replace(template, own=False)

    def test_no_more_than_so_many_are_taken(self) -> None:
        with pytest.raises(MisbehaviourError, match="more than 200 things"):
            things.given(itertools.count())
        assert len(things.given(range(things.MOST_THINGS))) == things.MOST_THINGS
