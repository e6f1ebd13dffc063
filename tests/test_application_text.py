"""A whole application as TOML: what is left alone stays, what is wrong has its line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from builders import DANA, HOUR, NOON, application, applied, interview, promise, sent
from followup.application_text import ApplicationText
from followup.domain.application import Application, Contact
from followup.domain.clock import FixedClock
from followup.domain.errors import RefusedError
from followup.domain.events import FollowUp, Interview, Note, Outcome, OutcomeKind, Promise, Reply
from followup.domain.step import StepKind
from followup.domain.text import clean
from followup.editing import MistakeError

BERLIN = "Europe/Berlin"
CLOCK = FixedClock(NOON, BERLIN)  # Tue 10 Mar 2026 13:00 there
TEXTS = ('"""', "'''", "\\", 'a\nb"""\n"c', "x\x1b]0;y\x07", "[[timeline]]\nat = 1", "\u202eé", '"')


def only_patient(name: str) -> None:
    if name != "patient":
        raise RefusedError(f"no policy {name!r}")


def text_of(base: Application, zone: str = BERLIN) -> ApplicationText:
    return ApplicationText(base, FixedClock(NOON, zone), only_patient)


FULL = application(
    applied(NOON - timedelta(days=20)),
    Interview(at=NOON - timedelta(days=9), ends=NOON - timedelta(days=9) + HOUR, zone=BERLIN),
    FollowUp(
        at=datetime(2026, 3, 4, 9, 30, 12, 345, tzinfo=UTC),
        zone="Asia/Tokyo",
        step=StepKind.FOLLOW_UP,
        channel="email",
        message_id="<1@globex.example>",
    ),
    Promise(at=NOON - timedelta(days=4), by=date(2026, 3, 13), zone=BERLIN),
    contacts=(DANA, Contact(name="Ann", phone="+49 30 1")),
    tags=("remote", "python"),
    notes="# Hello\n\nthere",
)


def changed(*changes: tuple[str, str], base: Application = FULL) -> Application:
    text = text_of(base).write()
    for old, new in changes:
        assert text.count(old) == 1, text
        text = text.replace(old, new)
    return text_of(base).read(text)


def test_the_text_shows_everything_in_the_zone_of_its_user() -> None:
    text = text_of(FULL).write()
    for line in (
        'company = "Globex"',
        'tags = ["remote", "python"]',
        'notes = """\n# Hello\n\nthere"""',
        'email = "dana@globex.example"',
        'event = "interview"\nat = "2026-03-01 13:00"\nends = "14:00"',
        'at = "2026-03-04 10:30"\nstep = "follow_up"\nchannel = "email"',
        'by = "2026-03-13"',
    ):
        assert line in text
    assert "1@globex.example" not in text


@given(events=strategies.histories, zone=strategies.zones)
def test_a_timeline_that_is_left_alone_is_the_same_one(events: list[Note], zone: str) -> None:
    base = application(*events)
    assert text_of(base, zone).read(text_of(base, zone).write()) is base


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=40), min_size=6, max_size=6))
def test_no_text_breaks_out_of_its_field(texts: list[str]) -> None:
    company, role, notes, tag, name, said = texts
    base = application(
        Note(at=NOON, text=said), company=company, role=role, notes=notes, tags=(tag,),
        contacts=(Contact(name=name),),
    )  # fmt: skip
    written = text_of(base).write()
    assert not {sign for sign in written if sign != "\n" and not sign.isprintable()} - set(
        "".join(texts)
    )
    assert "\x1b" not in written
    assert text_of(base).read(written) is base
    # Nor does it hide a mistake: the line is the one of the new field.
    with pytest.raises(MistakeError) as caught:
        text_of(base).read(f"{written}\n[[timeline]]\nevent = 'x'\n")
    lines = written.split("\n")
    assert caught.value.line == len(lines) + 2


def test_nothing_is_changed_by_an_empty_text() -> None:
    assert text_of(FULL).read(" \n") is FULL


def test_fields_contacts_and_facts_are_edited() -> None:
    edited = changed(
        ('"Backend Engineer"', '"Lead Engineer"'),
        ('"+49 30 1"', '"+49 30 2"'),
        ('at = "2026-03-01 13:00"', 'at = "2026-03-02 13:00"'),
        ('by = "2026-03-13"', 'by = "2026-03-20"'),
    )
    assert edited.role == "Lead Engineer"
    assert edited.contacts == (DANA, Contact(name="Ann", phone="+49 30 2"))
    # The end went along with the start.
    assert edited.events[1] == replace(
        FULL.events[1], at=NOON - timedelta(days=8), ends=NOON - timedelta(days=8) + HOUR
    )
    assert edited.events[3] == replace(FULL.events[3], by=date(2026, 3, 20))
    assert [edited.events[0], edited.events[2]] == [FULL.events[0], FULL.events[2]]


def test_what_the_text_does_not_show_stays_with_a_fact_that_is_edited() -> None:
    edited = changed(('channel = "email"', 'channel = "phone"'))
    assert edited.events[2] == replace(FULL.events[2], channel="phone")
    moved = changed(('at = "2026-03-04 10:30"', "at = 2026-03-05T10:30:00")).events[2]
    assert moved.at == datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
    assert isinstance(moved, FollowUp)
    assert (moved.zone, moved.message_id) == (BERLIN, "<1@globex.example>")


def test_blocks_are_added_and_taken_away() -> None:
    text = text_of(FULL).write()
    head, _, rest = text.partition("[[timeline]]\nnumber = 1\n")
    rest = rest[rest.index("[[timeline]]") :]
    added = "\n[[timeline]]\nevent = 'outcome'\nat = 'yesterday'\nresult = 'offer'\n"
    edited = text_of(FULL).read(head + rest + added)
    assert edited.events[:-1] == FULL.events[1:]
    assert edited.events[-1] == Outcome(
        at=datetime(2026, 3, 9, 11, tzinfo=UTC),
        zone=BERLIN,
        date_only=True,
        result=OutcomeKind.OFFER,
    )


def test_a_fact_can_become_another_one() -> None:
    base = application(Note(at=NOON - HOUR, text="hello", zone=BERLIN))
    edited = changed(('event = "note"', 'event = "reply"'), base=base)
    assert edited.events == (Reply(at=NOON - HOUR, text="hello", zone=BERLIN),)


def test_facts_at_the_same_time_are_told_apart() -> None:
    note = Note(at=NOON, text="a")
    base = application(note, note, Note(at=NOON, text="b"))
    edited = changed(('text = "b"', 'text = "c"'), base=base)
    assert edited.events == (note, note, Note(at=NOON, text="c"))


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ('company = "Globex"', 'company = ""', "company =", "name the company"),
        ('company = "Globex"', 'firm = "x"', "firm =", "unknown field `firm`"),
        ('role = "Backend Engineer"', "", "# Edit", "missing required field `role`"),
        ('url = ""', 'url = "ftp://x"', "url =", "is no web address"),
        ('url = ""', "url = ", "url =", "Invalid value"),
        ('policy = ""', 'policy = "hasty"', "policy =", "no policy 'hasty'"),
        ('["remote", "python"]', "[1]", "tags =", "Expected `str`, got `int`"),
        ('email = ""', 'email = "x"', 'email = "x"', "is no e-mail address"),
        ('email = ""', "email = 1", "email = 1", "Expected `str`, got `int`"),
        ('"2026-03-04 10:30"', '"someday"', 'at = "some', "is no date"),
        ('"2026-03-04 10:30"', '"2026-03-11"', 'at = "2026-03-11', "has not come yet"),
        ('"2026-03-04 10:30"', '""', 'at = ""', "a date is missing"),
        ('"14:00"', '"2026-03-01 12:00"', "ends =", "ends before it starts"),
        ('event = "promise"', 'event = "vow"', "event =", "event is one of applied"),
        ('by = "2026-03-13"', "until = ''", "until =", "there is no until in promise"),
        ('step = "follow_up"', 'step = "shout"', 'step = "shout"', "'shout' is none of nudge"),
        ('channel = "email"', "channel = 5", "channel = 5", "put it in quotes"),
        ('channel = "email"', "failed = 1", "failed = 1", "failed is true or false"),
        ("number = 3", "number = 9", "number = 9", "no fact has the number 9"),
        ("number = 3", "number = 2", "step =", "2 stands above"),
        ("number = 3", "number = true", "number = true", "no fact has the number"),
    ],
)
def test_a_mistake_has_its_line(old: str, new: str, at: str, told: str) -> None:
    written = text_of(FULL).write()
    assert old in written
    text = written.replace(old, new, 1)
    with pytest.raises(MistakeError, match=told) as caught:
        text_of(FULL).read(text)
    lines = text.split("\n")
    line = lines[caught.value.line - 1]
    if told == "2 stands above":
        assert line == "number = 2"
        assert lines[caught.value.line] == 'event = "follow_up"'
    else:
        assert line.startswith(at)


def test_a_text_that_never_ends_is_wrong_at_its_end() -> None:
    with pytest.raises(MistakeError) as caught:
        text_of(FULL).read('company = """Globex\nrole = "x"\n')
    assert caught.value.line == 2


def test_a_policy_that_is_gone_may_stay() -> None:
    base = replace(FULL, policy="gone")
    assert changed(('"Globex"', '"Globex Ltd"'), base=base).policy == "gone"


def test_a_timeline_that_is_no_list_is_refused() -> None:
    with pytest.raises(MistakeError, match="above each fact") as caught:
        text_of(FULL).read('company = "a"\nrole = "b"\ntimeline = 1\n')
    assert caught.value.line == 3


def test_the_text_is_clean() -> None:
    assert clean("x\x1b]0;y\x07") in text_of(application(company="x\x1b]0;y\x07")).write()


def test_dates_without_a_time_stay_so() -> None:
    base = application(
        replace(interview(NOON - timedelta(days=3)), date_only=True),
        promise(NOON - HOUR, date(2026, 3, 12)),
        sent(NOON - timedelta(days=1)),
    )
    edited = changed(('at = "2026-03-07"', 'at = "2026-03-06"'), base=base).events[0]
    assert isinstance(edited, Interview)
    assert edited.date_only
    # It is taken to end at 18:00 in the user's zone.
    assert edited.ends == datetime(2026, 3, 6, 17, tzinfo=UTC)
