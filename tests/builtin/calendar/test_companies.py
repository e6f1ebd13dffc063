"""With whom an interview is, where its title alone does not say."""

from __future__ import annotations

import pytest

from builders import application
from calendars import calendar, event, merged

SAM = "ATTENDEE;CN=Sam Poe:mailto:sam.poe@gmail.com"


def sent_by(address: str, name: str = "Jo Roe") -> str:
    return f"ORGANIZER;CN={name}:mailto:{address}"


@pytest.mark.parametrize(
    "lines",
    [
        ("SUMMARY:Meeting", sent_by("jo@hooli.example")),
        ("SUMMARY:Jo Roe / Sam Poe", sent_by("jo@mail.hr.hooli.example")),
        ("SUMMARY:Sam Poe's Zoom Meeting", sent_by("jo@hooli.example")),
        ("SUMMARY:Sam Poe and Hooli Recruiting", sent_by("jo@hooli.example")),
        ("SUMMARY:Hooli Software Engineer Interview", sent_by("jo@hooli.example")),
        ("SUMMARY:Interview", sent_by("inbox@teamtailor-mail.com", "Hooli Recruiting")),
        ("SUMMARY:Interview", "LOCATION:https://hooli.zoom.us/j/1"),
        ("SUMMARY:Interview", "LOCATION:Hooli HQ\\, 1 Main Street"),
        ("SUMMARY:Interview", "DESCRIPTION:Thank you for applying to Hooli. See you!"),
        ("SUMMARY:Call", "DESCRIPTION:About your application for Data Analyst at Hooli."),
        ("SUMMARY:Sam & Jo", "DESCRIPTION:15min intro call with Hooli\\nPowered by Calendly.com"),
        # The candidate has a domain of their own.
        (
            "SUMMARY:Interview",
            sent_by("no-reply@greenhouse.io", "Greenhouse"),
            "ATTENDEE;CN=Sam Poe:mailto:me@sampoe.example",
            "ATTENDEE;CN=Jo Roe:mailto:jo@hooli.example",
        ),
    ],
)
def test_the_rest_says_it(lines: tuple[str, ...]) -> None:
    (row,) = merged(calendar(event(*lines, SAM))).new
    assert row.application.company == "Hooli"


@pytest.mark.parametrize(
    ("domain", "company"),
    [
        ("initech-systems.example", "Initech Systems"),
        ("pied-piper.co.uk", "Pied Piper"),
        ("mueller-soehne.example", "Müller & Söhne"),
    ],
)
def test_a_domain_is_spelled_as_the_text_does(domain: str, company: str) -> None:
    lines = ("SUMMARY:Interview", "DESCRIPTION:Müller & Söhne", sent_by(f"jo@{domain}"))
    (row,) = merged(calendar(event(*lines))).new
    assert row.application.company == company


@pytest.mark.parametrize(
    "address",
    [
        *("jo@gmail.com", "jo@calendly.com", "jo@goodtime.io", "jo@greenhouse.io", "jo@lever.co"),
        *("jo@ashbyhq.com", "jo@zoom.us", "jo@google.com", "jo@microsoft.com", "jo@hays.com"),
        *("jo@techrecruiters.example", "jo@randstad.nl", "jo@rekruter-partners.example"),
    ],
)
def test_who_stands_between_is_no_company(address: str) -> None:
    change = merged(calendar(event("SUMMARY:Interview", sent_by(address), SAM)))
    assert not change.new
    assert "does not say with whom" in change.left_out[0].text


@pytest.mark.parametrize("line", ["DESCRIPTION:with the Pied Piper team", "LOCATION:Pied Piper"])
def test_a_company_that_is_known_is_seen_anywhere(line: str) -> None:
    known = application(company="Pied Piper", contacts=(), id=4)
    change = merged(calendar(event("SUMMARY:Interview", line)), known)
    assert [row.application.id for row in change.updated] == [4]


@pytest.mark.parametrize(
    "title", ["Webinar: ace your interview", "Interview prep", "Mock interview"]
)
def test_practice_is_no_interview(title: str) -> None:
    change = merged(calendar(event(f"SUMMARY:{title}", sent_by("kim@coach.example"))))
    assert not change.new
    assert "like no interview" in change.left_out[0].text
