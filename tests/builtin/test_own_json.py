"""Our own JSON: complete, the same every time, and read back to the last fact."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given

from builders import DAY, application, interview
from exports import BERLIN, IMPORTERS, NOW, export, lists, take_in
from followup.domain.application import Application
from followup.domain.exchange import ImportOptions, UnreadableFileError

AT = "2026-01-05T09:00:00Z"


def with_event(**fields: str) -> str:
    """An application in JSON, with one event of these fields."""
    return json.dumps({"company": "Globex", "role": "SRE", "events": [fields]})


@given(lists)
def test_what_is_read_back_is_equal(applications: list[Application]) -> None:
    data = export("json", *applications)
    reading = take_in("json", data)
    assert reading.problems == ()
    assert [row.application for row in reading.rows] == applications
    assert export("json", *(row.application for row in reading.rows)) == data


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
