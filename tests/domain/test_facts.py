"""What is known of an application, in the words of the message's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from builders import DAY, HOUR, NOON, application, applied, interview, promise
from followup.api import AnyEvent, Contact
from followup.domain.events import Interview
from followup.domain.facts import FIELDS, facts_of, lacks, spelled_day

MONDAY = date(2026, 11, 16)
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": (*("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
IN_NOVEMBER = {
    "en": "{} {} November",
    "de": "{}, dem {}. November",
    "fr": "{} {} novembre",
    "es": "{} {} de noviembre",
}


def facts(
    *events: AnyEvent, contact: str = "", me: str = "", language: str = "en"
) -> dict[str, str]:
    about = application(*events, contacts=(Contact(name=contact),))
    return facts_of(about, NOON, me, language)


@pytest.mark.parametrize("language", WEEKDAYS)
def test_every_weekday_is_spelled_in_the_language(language: str) -> None:
    week = [MONDAY + timedelta(days=number) for number in range(7)]
    assert [spelled_day(day, language) for day in week] == [
        IN_NOVEMBER[language].format(name, day.day)
        for name, day in zip(WEEKDAYS[language], week, strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Sunday 1 March"),
        ("de", "Sonntag, dem 1. März"),
        ("fr", "dimanche 1er mars"),
        ("es", "domingo 1 de marzo"),
        ("it", "domenica 1 marzo"),
        ("xx", "2026-03-01"),
    ],
)
def test_the_first_of_a_month(language: str, told: str) -> None:
    assert spelled_day(date(2026, 3, 1), language) == told


@pytest.mark.parametrize(
    ("contact", "first_name", "greeting", "salutation"),
    [
        ("", "", "Hello,", "Guten Tag,"),
        ("Dana Lee", "Dana", "Hi Dana,", "Guten Tag Dana Lee,"),
        ("Dana", "Dana", "Hi Dana,", "Guten Tag Dana,"),
        ("Ms. Lee", "", "Hi Ms. Lee,", "Guten Tag Ms. Lee,"),
        ("Frau Dr. Müller", "", "Hi Frau Dr. Müller,", "Guten Tag Frau Dr. Müller,"),
        ("Dr Lee", "", "Hi Dr Lee,", "Guten Tag Dr Lee,"),
        ("J. Smith", "", "Hi J. Smith,", "Guten Tag J. Smith,"),
        ("Jean-Luc d'Arc", "Jean-Luc", "Hi Jean-Luc,", "Guten Tag Jean-Luc d'Arc,"),
        ("محمد علي", "محمد", "Hi محمد,", "Guten Tag محمد علي,"),
        ("दाना ली", "दाना", "Hi दाना,", "Guten Tag दाना ली,"),
        ("Lee, Dana", "", "Hello,", "Guten Tag,"),
        ("jobs@globex.example", "", "Hello,", "Guten Tag,"),
        ("$company", "", "Hello,", "Guten Tag,"),
        ("👻", "", "Hello,", "Guten Tag,"),
        ("x" * 80, "", "Hello,", "Guten Tag,"),
        ("Da\x1b[31mna\u202e Lee", "", "Hello,", "Guten Tag,"),
    ],
)
def test_people_are_greeted_by_name_where_it_is_one(
    contact: str, first_name: str, greeting: str, salutation: str
) -> None:
    known = facts(contact=contact)
    assert known.get("first_name", "") == first_name
    assert known["greeting"] == greeting
    assert facts(contact=contact, language="de")["greeting"] == salutation


@pytest.mark.parametrize(
    ("language", "greeting", "sign_off"),
    [
        ("en", "Hi Dana,", "Best wishes,\nSam"),
        ("de", "Guten Tag Dana Lee,", "Mit freundlichen Grüßen\nSam"),
        ("fr", "Bonjour Dana Lee,", "Cordialement,\nSam"),
        ("es", "Buenos días, Dana Lee:", "Un cordial saludo,\nSam"),
    ],
)
def test_courtesies_are_those_of_the_language(language: str, greeting: str, sign_off: str) -> None:
    known = facts(contact="Dana Lee", me="Sam", language=language)
    assert (known["greeting"], known["sign_off"]) == (greeting, sign_off)
    nameless = facts(language=language)
    assert nameless["sign_off"] == sign_off.split("\n")[0].rstrip(",")
    assert "me" not in nameless


def test_a_language_without_courtesies_has_the_other_facts() -> None:
    known = facts(interview(NOON - DAY), contact="Dana Lee", me="Sam", language="it")
    assert known["interview_day"] == "lunedì 9 marzo"
    assert set(FIELDS) - known.keys() == {
        *("greeting", "sign_off", "applied_day", "promised_day"),
    }
    assert [field for field in FIELDS if lacks(field, "it")] == ["greeting", "sign_off"]
    assert not any(lacks(field, "de") for field in FIELDS)


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ((), {}),
        ((applied(NOON - DAY),), {"applied_day": "Monday 9 March"}),
        ((applied(NOON + DAY),), {}),
        ((interview(NOON),), {"interview_day": "Tuesday 10 March"}),
        ((interview(NOON + timedelta(minutes=1)),), {}),
        ((interview(NOON - DAY, cancelled=True),), {}),
        ((interview(NOON - 3 * DAY), interview(NOON + DAY)), {"interview_day": "Saturday 7 March"}),
        ((promise(NOON - 3 * DAY, date(2026, 3, 9)),), {"promised_day": "Monday 9 March"}),
        ((promise(NOON - 3 * DAY, date(2026, 3, 10)),), {}),
        (
            (promise(NOON - 9 * DAY, date(2026, 3, 5)), interview(NOON - DAY)),
            {"interview_day": "Monday 9 March"},
        ),
    ],
)
def test_what_is_only_booked_planned_or_overtaken_is_no_fact(
    events: tuple[AnyEvent, ...], days: dict[str, str]
) -> None:
    known = facts(*events)
    assert {name: fact for name, fact in known.items() if name.endswith("_day")} == days


def test_an_interview_without_a_time_is_over_in_the_evening() -> None:
    dated = Interview(at=NOON + 5 * HOUR, ends=NOON + 6 * HOUR, date_only=True)
    about = application(dated)

    def day_at(now: datetime) -> str | None:
        return facts_of(about, now, "", "en").get("interview_day")

    assert day_at(NOON + 5 * HOUR) is None
    assert day_at(NOON + 6 * HOUR) == "Tuesday 10 March"


def test_a_day_is_that_of_the_zone_it_was_in() -> None:
    late = replace(interview(datetime.fromisoformat("2026-03-09T23:30:00Z")), zone="Asia/Tokyo")
    assert facts(late)["interview_day"] == "Tuesday 10 March"


def test_nothing_that_a_terminal_would_obey_is_a_fact() -> None:
    about = application(company="Glo\x1b]0;x\x07bex\n", role="S\u202eRE", contacts=())
    known = facts_of(about, NOON, "Sam\r\nBcc: x", "en")
    assert known["company"] == "Glo]0;xbex"
    assert known["role"] == "SRE"
    assert known["me"] == "Sam Bcc: x"
