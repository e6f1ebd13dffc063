"""The checks pass what is good, and name what is wrong with what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import force_setattr, replace

from followup.api import (
    Card,
    Contact,
    ContactField,
    DeliveryError,
    File,
    InputError,
    Message,
    Receipt,
    Settings,
    Severity,
    Step,
    StepKind,
    Timeline,
    Verdict,
    after,
)
from followup.builtin.clipboard import Clipboard
from followup.builtin.email import DraftFile, Email
from followup.builtin.patient import Patient
from followup.builtin.rules import register_rules
from followup.testing import (
    NOW,
    card,
    check_badge,
    check_channel,
    check_policy,
    check_rule,
    contact,
    interview,
    message,
)
from followup.testing.stories import FACTS, MOST_IN_EVERY_ORDER, stories

STEP = Step(kind=StepKind.FOLLOW_UP, opens=NOW, due=after(NOW, hours=1), why="an hour later")
Steps = Callable[[Timeline, Any, str], object]


class Policy:
    """A policy that is right where nothing is changed about it."""

    name = "mine"
    title = "Mine"
    settings_type: Any = Settings

    def __init__(self, steps: Steps = lambda timeline, settings, zone: []) -> None:
        self._steps = steps

    def steps(self, timeline: Timeline, settings: Any, zone: str) -> Any:
        return [] if timeline.answered else self._steps(timeline, settings, zone)


def test_what_ships_in_the_box_passes() -> None:
    check_policy(Patient())
    for channel in (Email(), DraftFile(), Clipboard()):
        check_channel(channel, channel.settings_type())
    for rule in register_rules():
        check_rule(rule)


def test_the_stories_are_every_order_of_facts_and_always_the_same() -> None:
    told = [str(story) for story in stories()]
    assert told == [str(story) for story in stories()]
    assert len(told) > sum(len(FACTS) ** length for length in range(MOST_IN_EVERY_ORDER + 1))
    assert len({story.zone for story in stories()}) == 6
    assert any(story.timeline.answered for story in stories())


def always(*steps: Step) -> Steps:
    return lambda timeline, settings, zone: list(steps)


def changing(timeline: Timeline, settings: Any, zone: str) -> list[Step]:
    force_setattr(timeline, "applied", None)
    force_setattr(timeline, "events", ())
    return []


ticks = count()
WRONG_STEPS: dict[str, tuple[Steps, str]] = {
    "no list": (lambda timeline, settings, zone: iter([STEP]), "not a list or a tuple of steps"),
    "no step": (lambda timeline, settings, zone: [1], "int.* where a Step is expected"),
    "naive": (always(replace(STEP, opens=datetime(2026, 3, 10))), "a time without a zone"),
    "zoned": (
        always(replace(STEP, due=datetime(2026, 3, 11, tzinfo=timezone(timedelta(hours=1))))),
        "is not in UTC",
    ),
    "year 9999": (always(replace(STEP, due=datetime(9999, 1, 1, tzinfo=UTC))), "in the year 9999"),
    "no reason": (always(replace(STEP, why=" ")), "its follow_up does not say why"),
    "due too soon": (always(replace(STEP, due=after(NOW, hours=-1))), "due before it opens"),
    "lapses too soon": (always(replace(STEP, lapses=NOW)), "lapses before it opens"),
    "count": (always(replace(STEP, number=3, of=2)), "is number 3 of 2"),
    "order": (
        always(replace(STEP, opens=after(NOW, hours=1)), STEP),
        "not in the order in which they open",
    ),
    "too many": (always(*[STEP] * 51), "returned more than 50 steps"),
    "raises": (lambda timeline, settings, zone: [1][2], "raised IndexError"),
    "prints": (lambda timeline, settings, zone: print("x") or [], "printed 'x"),  # noqa: T201
    "impure": (
        lambda timeline, settings, zone: [replace(STEP, due=after(NOW, hours=1 + next(ticks)))],
        "gives other steps when it is asked again",
    ),
    "changes": (changing, "changes what it was handed"),
}


@pytest.mark.parametrize("wrong", WRONG_STEPS)
def test_a_policy_that_breaks_its_contract_is_told_how_and_where(wrong: str) -> None:
    steps, fault = WRONG_STEPS[wrong]
    with pytest.raises(AssertionError, match=rf"policy mine, \[.*\] in .*{fault}"):
        check_policy(Policy(steps))


def test_a_policy_that_asks_on_after_an_answer_is_refused() -> None:
    class AsksOn(Policy):
        def steps(self, timeline: Timeline, settings: Any, zone: str) -> Any:
            return [STEP]

    with pytest.raises(AssertionError, match=r"reply .*asks on after an answer"):
        check_policy(AsksOn())


class NoDefault(Settings, frozen=True, kw_only=True):
    days: int


class WrongDefault(Settings, frozen=True, kw_only=True):
    days: int = "three"  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": "no name"}, "name"),
        ({"title": ""}, "title"),
        ({"settings_type": dict}, "settings_type is no subclass of Settings"),
        ({"settings_type": NoDefault}, "raised TypeError: Missing required argument 'days'"),
        ({"settings_type": WrongDefault}, r"defaults of its settings: raised .*\$.days"),
    ],
)
def test_a_policy_without_its_facts_is_refused(fields: dict[str, Any], fault: str) -> None:
    policy = Policy()
    for name, value in fields.items():
        setattr(policy, name, value)
    with pytest.raises(AssertionError, match=fault):
        check_policy(policy)


Send = Callable[[Message, Contact], Receipt]


class Channel:
    """A channel that hands off whatever its function returns."""

    name = "mine"
    title = "Mine"
    needs: ContactField | None = "email"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Settings

    def __init__(self, send: Send) -> None:
        self._send = send

    def send(self, message: Message, contact: Contact, settings: Settings) -> Receipt:
        return self._send(message, contact)


def opening(url: str) -> Receipt:
    return Receipt(detail="opens", open_url=url)


def failing(error: Exception) -> Send:
    def send(message: Message, contact: Contact) -> Receipt:
        raise error

    return send


def safe(message: Message, contact: Contact) -> Receipt:
    return opening(f"mailto:{quote(contact.email)}?body={quote(message.body, safe='')}")


WRONG_CHANNELS: dict[str, tuple[Send, str]] = {
    "no receipt": (lambda message, contact: None, "returned nothing where a Receipt is expected"),  # type: ignore[dict-item,return-value]
    "no detail": (lambda message, contact: Receipt(detail=""), "its receipt has no detail"),
    "both": (
        lambda message, contact: Receipt(detail="x", sent=True, copy="x"),
        "it sends and hands off at once",
    ),
    "scheme": (lambda message, contact: opening("file:///etc/passwd"), "is not opened"),
    "their scheme": (lambda message, contact: opening(contact.linkedin), "is not opened"),
    "line break": (
        lambda message, contact: opening(f"mailto:d@x.example?subject={message.subject}"),
        "is not percent-encoded",
    ),
    "parameter": (
        lambda message, contact: opening(
            f"mailto:d@x.example?subject={quote(message.subject, safe='&')}"
        ),
        "does something else than it should",
    ),
    "recipient": (
        lambda message, contact: opening(f"mailto:{quote(contact.email, safe='@?=')}?body=x"),
        "does something else than it should",
    ),
    "path": (
        lambda message, contact: Receipt(
            detail="x", save=File(name=f"{message.subject}.txt", content=b"")
        ),
        "is no bare file name",
    ),
    "header": (
        lambda message, contact: Receipt(
            detail="x", save=File(name="x.eml", content=f"Subject: {message.subject}".encode())
        ),
        "a line break breaks into its headers",
    ),
    "refuses": (failing(InputError("set an account")), "refuses a message that is good: set an"),
    "raises": (failing(KeyError("x")), "raised KeyError"),
    "ill words": (failing(DeliveryError("a\nb")), "refuses"),
}


@pytest.mark.parametrize("wrong", WRONG_CHANNELS)
def test_a_channel_that_breaks_its_contract_is_told_how(wrong: str) -> None:
    send, fault = WRONG_CHANNELS[wrong]
    with pytest.raises(AssertionError, match=rf"channel mine: .*{fault}"):
        check_channel(Channel(send), Settings())


def test_a_channel_may_refuse_what_means_harm() -> None:
    def strict(message: Message, contact: Contact) -> Receipt:
        if contact != reached or not message.subject.replace(" ", "").isalpha():
            raise InputError("not that")
        return safe(message, contact)

    reached = contact()
    check_channel(Channel(safe), Settings())
    check_channel(Channel(strict), Settings())


def test_a_line_of_a_file_that_is_no_mail_is_no_header() -> None:
    def printed(message: Message, contact: Contact) -> Receipt:
        page = f"{contact.name}\n{message.subject}".encode()
        return Receipt(detail="saved, to be printed", save=File(name="card.txt", content=page))

    check_channel(Channel(printed), Settings())


def test_a_channel_that_is_not_set_up_may_refuse_everything() -> None:
    check_channel(Channel(failing(InputError("set an account"))))


def test_a_channel_that_needs_nothing_does_without_a_contact() -> None:
    def send(message: Message, contact: Contact) -> Receipt:
        if not contact.name:
            raise InputError("to whom?")
        return Receipt(detail="copied", copy=message.body)

    channel = Channel(send)
    check_channel(channel, Settings())
    channel.needs = None
    with pytest.raises(AssertionError, match="refuses a message that is good: to whom"):
        check_channel(channel, Settings())


def test_a_channel_cannot_arrive_before_it_is_sent() -> None:
    channel = Channel(safe)
    channel.delivers_within = timedelta(hours=-1)
    with pytest.raises(AssertionError, match="delivers before it is sent"):
        check_channel(channel)


class Rule:
    code = "mine"

    def __init__(self, *verdicts: Verdict, needs_application: bool = False) -> None:
        self.needs_application = needs_application
        self.verdicts: Callable[[], Sequence[Verdict]] = lambda: verdicts

    def review(
        self, message: Message, application: Any, step: Any, channel: Any, now: datetime
    ) -> Sequence[Verdict]:
        return self.verdicts()


FAIR = Verdict(code="mine", severity=Severity.INFO, message="Fine.")


@pytest.mark.parametrize(
    ("verdict", "fault"),
    [
        (replace(FAIR, code="other"), "not its own"),
        (replace(FAIR, message=""), "a verdict has no message"),
        (replace(FAIR, until=datetime(2026, 3, 10)), "a time without a zone"),
        (replace(FAIR, span=(0, 1)), "where the body has no words"),
    ],
)
def test_a_rule_that_breaks_its_contract_is_told_how(verdict: Verdict, fault: str) -> None:
    check_rule(Rule(FAIR))
    with pytest.raises(AssertionError, match=rf"rule mine, .*{fault}"):
        check_rule(Rule(verdict))


def test_a_rule_has_to_say_the_same_when_asked_again_and_do_without_an_application() -> None:
    fickle = Rule()
    fickle.verdicts = lambda: [replace(FAIR, message=str(next(ticks)))]
    with pytest.raises(AssertionError, match="says something else"):
        check_rule(fickle)

    class OfTheApplication(Rule):
        def review(self, message: Message, application: Any, *others: Any) -> Sequence[Verdict]:
            return [replace(FAIR, message=application.company)]

    check_rule(OfTheApplication(needs_application=True))
    with pytest.raises(AssertionError, match="raised AttributeError"):
        check_rule(OfTheApplication())


def test_a_rule_that_compares_is_handed_other_applications() -> None:
    handed: list[int] = []

    class Comparing(Rule):
        needs_others = True

        def review(self, *given: Any) -> Sequence[Verdict]:
            handed.append(len(given[5]))
            return []

    check_rule(Comparing())
    assert min(handed) > 0


class Badge:
    name = "mine"

    def __init__(self, text: Callable[[], Any]) -> None:
        self._text = text

    def text(self, card: Card, now: datetime) -> str:
        said: str = self._text()
        return said


def test_a_badge_is_short_pure_text() -> None:
    check_badge(Badge(lambda: "12 d"))
    for text, fault in (
        (lambda: 12, "int.* where a short text is expected"),
        (lambda: "a" * 17, "is cut to"),
        (lambda: str(next(ticks)), "says something else"),
    ):
        with pytest.raises(AssertionError, match=fault):
            check_badge(Badge(text))


def test_the_factories_make_what_they_say() -> None:
    there = card(interview(NOW), now=after(NOW, hours=49))
    assert (there.stage, there.application.company) == ("due", "Globex")
    assert there.application.contact == contact()
    assert message("Any news?").body == "Any news?"
