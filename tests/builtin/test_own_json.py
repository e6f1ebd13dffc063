"""Our own JSON: complete, the same every time, and read back to the last fact."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import DAY, application, applied, interview, outcome, reply
from complete import complete_lists
from exports import BERLIN, IMPORTERS, NOW, export, take_in
from followup.domain import merging
from followup.domain.application import Application
from followup.domain.exchange import ImportOptions, UnreadableFileError

AT = "2026-01-05T09:00:00Z"


def with_event(**fields: str) -> str:
    """An application in JSON, with one event of these fields."""
    return json.dumps({"company": "Globex", "role": "SRE", "events": [fields]})


@settings(deadline=None)  # the first one loads what reads and writes
@given(complete_lists)
def test_what_is_read_back_is_equal(applications: list[Application]) -> None:
    data = export("json", *applications)
    reading = take_in("json", data)
    assert reading.problems == ()
    assert [row.application for row in reading.rows] == applications
    assert export("json", *(row.application for row in reading.rows)) == data


@settings(deadline=None)  # the first one loads what reads and writes
@given(complete_lists)
def test_what_is_there_already_is_not_doubled(applications: list[Application]) -> None:
    reading = take_in("json", export("json", *applications))
    merge = merging.merge(applications, reading)
    assert (merge.new, merge.updated, merge.duplicates) == ((), (), ())
    assert len(merge.unchanged) == len(applications)


@settings(deadline=None)  # the first one loads what reads and writes
@given(complete_lists, st.integers(0, 4))
def test_what_is_missing_is_added_once(applications: list[Application], there: int) -> None:
    reading = take_in("json", export("json", *applications))
    first = merging.merge(applications[:there], reading)
    known = [*applications[:there], *(row.application for row in first.new)]
    assert len(known) == len(applications)
    again = merging.merge(known, reading)
    assert again.new == ()


def test_what_the_user_put_right_stays() -> None:
    then = application(
        applied(NOW - 30 * DAY), interview(NOW - 9 * DAY), reply(NOW - 5 * DAY), salary="50"
    )
    reading = take_in("json", export("json", then))
    moved = interview(NOW - 8 * DAY)
    now = replace(then, salary="60", url="https://globex.example", events=(then.events[0], moved))
    now = now.with_event(reply(NOW - 4 * DAY)).with_event(outcome(NOW - DAY))
    merge = merging.merge([now], reading)
    assert [row.application for row in merge.unchanged] == [now]


def test_there_is_one_application_on_each_line() -> None:
    data = export("json", application(company="Globex"), application(company="Initech"))
    first, globex, initech, last = data.decode().splitlines()
    assert (first, last) == ('{"followup": 1, "applications": [', "]}")
    assert globex.startswith('{"company":"Globex","role":"Backend Engineer",')
    assert globex.endswith(",")
    assert [row.line for row in take_in("json", data).rows] == [2, 3]
    assert initech in data.decode()


def test_nothing_of_the_clock_or_the_store_is_in_it() -> None:
    one = application(interview(NOW))
    assert export("json", one) == export("json", one, now=NOW + 9 * DAY)
    assert b'"id"' not in export("json", one)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('{"role":"SRE"}', "company"),
        ('{"company":"","role":"SRE"}', "an application needs a company and a role"),
        ('{"company":1,"role":"SRE"}', "Expected `str`, got `int`"),
        ('{"company":"G","role":"S","url":"javascript:x"}', "is no web address"),
        (with_event(event="won"), "won"),
        (with_event(event="reply", at="2026-01-05T09:00:00"), "$.events[0].at"),
        (with_event(event="reply", at="1066-01-05T09:00:00Z"), "the year 1066 is out of reach"),
        (with_event(event="reply", at=AT, zone="../x"), "unknown time zone '../x'"),
        (with_event(event="interview", at=AT, ends=AT), "the interview ends before it starts"),
        (with_event(event="promise", at=AT, by="2999-01-01"), "the year 2999 is out of reach"),
    ],
)
def test_what_is_wrong_is_a_problem_with_its_line(wrong: str, told: str) -> None:
    right = '{"company":"Globex","role":"SRE"}'
    document = f'{{"followup": 1, "applications": [\n{right},\n{wrong},\n{right}\n]}}'
    reading = take_in("json", document.encode())
    assert [row.line for row in reading.rows] == [2, 4]
    (problem,) = reading.problems
    assert problem.line == 3
    assert told in problem.text
    assert problem.text.endswith(": left out")


def test_other_zones_become_utc_and_hostile_text_is_cleaned() -> None:
    document = (
        '{"followup": 1, "applications": [{"id": 9, "company": "Glo\\u001b[31mbex\\n",'
        '"role": "SRE", "future": 1, "events":'
        '[{"event": "reply", "at": "2026-01-05T09:00:00+02:00", "text": "a\\u0000b"}]}]}'
    )
    (row,) = take_in("json", document.encode()).rows
    assert (row.application.id, row.application.company) == (0, "Glo[31mbex")
    (event,) = row.application.events
    assert (event.at.isoformat(), event.text) == ("2026-01-05T07:00:00+00:00", "ab")


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (b"[]", "this is not followup's own JSON: "),
        (b"{", "this is not followup's own JSON: "),
        (b'{"followup": 1}', "this is not followup's own JSON: "),
        (b'{"followup": 1, "applications": "\xff"}', "this is not followup's own JSON: "),
        (b'{"followup": 1, "applications": ' + b"[" * 99999, "this is not followup's own"),
        (b'{"followup": 2, "applications": []}', "written by a newer followup: update"),
    ],
)
def test_what_is_not_ours_is_refused_in_one_line(document: bytes, told: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        IMPORTERS["json"].read(BytesIO(document), ImportOptions(now=NOW, zone=BERLIN))
    assert str(refusal.value).startswith(told)
    assert "\n" not in str(refusal.value)
