"""What one types to find applications: words, conditions, and what completes them."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import DAY, HOUR, NOON, application, applied, interview, outcome, sent
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.application import Application, Contact
from followup.domain.board import Card
from followup.domain.events import FollowUp, Note
from followup.domain.order import Order, in_order
from followup.domain.query import Query, completed, letters
from followup.domain.search import Finder, select, words_of
from followup.domain.stage import stand
from followup.domain.step import StepKind

FORESEE = partial(Patient().steps, settings=PatientSettings(), zone="UTC")


def card(one: Application) -> Card:
    return Card(one, stand(one, FORESEE, NOON))


CARDS = [
    card(one)
    for one in (
        application(
            interview(NOON - 9 * DAY), company="Globex", contacts=(), tags=("remote", "On Site")
        ),
        application(interview(NOON - 49 * HOUR), company="Initech", contacts=(), tags=("remote",)),
        application(
            interview(NOON - 60 * DAY),
            FollowUp(at=NOON - 57 * DAY, channel="linkedin"),
            sent(NOON - 40 * DAY),
            sent(NOON - 30 * DAY),
            sent(NOON - 20 * DAY, StepKind.LAST_CALL),
            company="Hooli",
            contacts=(Contact(name="Zoë Müller", email="zoe@hooli.example"),),
        ),
        application(
            outcome(NOON),
            company="Straße",
            contacts=(),
            role="Señor",
            notes="re: stage:left, overdue bill",
        ),
        application(
            Note(at=NOON, text="They use Kubernetes"),
            company="Quiet Ltd",
            contacts=(),
            source="meetup",
        ),
    )
]

FOUND = {
    "": "Globex Initech Hooli Straße Quiet",
    "globex": "Globex",
    "glob backend": "Globex",
    "backend globex zzz": "",
    "zoe muller": "Hooli",
    "ZOË": "Hooli",
    "hooli.example": "Hooli",
    "strasse": "Straße",
    "senor": "Straße",
    "kubernetes": "Quiet",
    "meetup": "Quiet",
    "remote": "Globex Initech",
    "tag:remote": "Globex Initech",
    "tag:rem": "Globex Initech",
    "TAG:Remote": "Globex Initech",
    'tag:remote tag:"on site"': "Globex",
    'tag:"on': "Globex",
    "tag:mote": "",
    "tag:": "Globex Initech Hooli Straße Quiet",
    "-tag:remote": "Hooli Straße Quiet",
    "stage:due": "Globex Initech",
    "stage:follow-up": "Globex Initech",
    "stage:due stage:closed": "Globex Initech Straße",
    "-stage:closed -stage:due": "Hooli Quiet",
    "stage:due -tag:on": "Initech",
    "stage:left": "Straße",
    '"stage:left"': "Straße",
    "re:": "Straße",
    "channel:linkedin": "Hooli",
    "channel:sms channel:email": "Hooli",
    "channel:sms": "",
    "is:overdue": "Globex",
    "is:over": "Globex",
    "overdue": "Globex Straße",
    '"overdue bill"': "Straße",
    "overdue stage:due tag:remote glob": "Globex",
    "is:quiet": "Hooli",
    "quiet": "Hooli Quiet",
    "is:tall": "",
}


@pytest.mark.parametrize("text", FOUND)
def test_words_and_conditions_find(text: str) -> None:
    found = [one.application.company.split()[0] for one in select(CARDS, text=text)]
    assert found == FOUND[text].split()


@given(st.text())
def test_whatever_is_typed_can_be_looked_for(text: str) -> None:
    query = Query.of(text)
    assert all(term.value for group in query.groups for term in group)
    select(CARDS, text=text)
    assert completed(text, {"tag": ["remote"]}).lower().startswith(text.lower())


@given(st.text(st.characters(exclude_characters=' \t\n"'), min_size=1))
def test_a_text_finds_what_it_stands_in(text: str) -> None:
    (word, *rest) = text.split() or [""]
    if rest or ":" in word:
        return
    one = card(application(company=f"x{word}y"))
    assert select([one], text=word) == (one,)


def test_letters_are_compared_without_case_accents_and_widths() -> None:
    assert letters("ÉCOLE Ｆｕｌｌ Straße Ñ") == "ecole full strasse n"


def test_the_finder_sees_what_changed() -> None:
    finder, query = Finder(), Query.of("acme")
    first = card(application(company="Acme"))
    assert finder.found([first], query) == (first,)
    assert finder.found([card(application(company="Other"))], query) == ()
    assert "acme" in words_of(first.application)


COMPLETED = {
    "ta": "tag:",
    "acme -st": "acme -stage:",
    "tag:": "tag:",
    "tag:re": "tag:remote",
    "acme -tag:RE": "acme -tag:remote",
    'tag:"on': 'tag:"on site"',
    'tag:"on s': 'tag:"on site"',
    "stage:l": "stage:last-call",
    "is:o": "is:overdue",
    "channel:l": "channel:linkedin",
    "tag:zzz": "tag:zzz",
    "tag:remote ": "tag:remote ",
    "": "",
    "zzz": "zzz",
    "http:": "http:",
}


@pytest.mark.parametrize("text", COMPLETED)
def test_the_last_condition_is_completed(text: str) -> None:
    known = {"tag": ["remote", "on site"], "channel": ["linkedin", "email"]}
    assert completed(text, known) == COMPLETED[text]


def test_cards_stand_in_every_order() -> None:
    cards = [
        card(application(applied(NOON - 9 * DAY), sent(NOON - DAY), company="beta")),
        card(application(applied(NOON - 2 * DAY), company="Älpha")),
        card(application(company="Gamma")),
    ]
    companies = {
        order: [one.application.company for one in in_order(cards, order)] for order in Order
    }
    assert companies == {
        Order.URGENCY: ["beta", "Älpha", "Gamma"],
        Order.COMPANY: ["Älpha", "beta", "Gamma"],
        Order.NEWEST: ["beta", "Älpha", "Gamma"],
        Order.APPLIED: ["Älpha", "beta", "Gamma"],
    }


def test_the_orders_go_round() -> None:
    assert [order.next for order in Order] == [*list(Order)[1:], Order.URGENCY]
    assert len({order.label for order in Order}) == len(Order)
