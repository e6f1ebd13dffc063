"""The report that is written in Markdown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from msgspec.structs import replace

from builders import DAY, application, applied, interview, outcome, sent
from exports import BERLIN, HOSTILE, NOW, export, lists
from followup.domain.application import Application
from followup.domain.events import Applied, Note
from followup.domain.step import StepKind


def test_it_tells_the_story_of_each_application() -> None:
    one = application(
        Applied(at=NOW - 20 * DAY, zone=BERLIN, date_only=True),
        interview(NOW - 9 * DAY),
        replace(sent(NOW - 6 * DAY, StepKind.FOLLOW_UP), subject="Thank you"),
        Note(at=NOW - 5 * DAY, text="they\nmove"),
        location="Rome",
        source="LinkedIn",
        notes="kind\npeople",
    )
    assert export("md", one).decode() == (
        "# Job applications\n"
        "\n"
        "1 in all, as of 2026-03-10. Times: Europe/Berlin.\n"
        "\n"
        "| Applied    | Company | Role             | Found    | Contact  | Result  |\n"
        "| ---------- | ------- | ---------------- | -------- | -------- | ------- |\n"
        "| 2026-02-18 | Globex  | Backend Engineer | LinkedIn | Dana Lee | Waiting |\n"
        "\n"
        "## Globex: Backend Engineer\n"
        "\n"
        "- Stage: Waiting\n"
        "- Location: Rome\n"
        "- Found: LinkedIn\n"
        "- Contact: Dana Lee, dana@globex.example\n"
        "- Next: Check-in from 2026-03-11 13:00,"
        " 7 days after your last message Wed 4 Mar 13:00\n"
        "\n"
        "Stages:\n"
        "\n"
        "- 2026-02-18 00:00 Applied\n"
        "- 2026-02-28 13:00 Follow up\n"
        "- 2026-03-01 12:00 Interview\n"
        "- 2026-03-01 13:00 Too early\n"
        "- 2026-03-03 13:00 Follow up\n"
        "- 2026-03-04 13:00 Waiting\n"
        "\n"
        "Facts:\n"
        "\n"
        "- 2026-02-18 applied\n"
        "- 2026-03-01 12:00 interview\n"
        "- 2026-03-04 13:00 follow-up by email: Thank you\n"
        "- 2026-03-05 13:00 note: they move\n"
        "\n"
        "> kind\n"
        "> people\n"
    )


def test_they_stand_in_the_order_of_applying() -> None:
    ones = [
        application(applied(NOW - days * DAY), company=company)
        for days, company in ((3, "Third"), (9, "First"), (5, "Second"))
    ]
    told = export("md", *ones, application(outcome(NOW - 7 * DAY), company="Ended")).decode()
    places = [told.index(f"## {company}:") for company in ("First", "Ended", "Second", "Third")]
    assert places == sorted(places)
    assert "| rejected, 2026-03-03 |" in told


@settings(deadline=None)  # the first one loads what writes it
@given(lists)
def test_nothing_in_it_is_more_than_text(applications: list[Application]) -> None:
    html = MarkdownIt("commonmark").enable("table").render(export("md", *applications).decode())
    for tag in ("<a", "<img", "<script", "<code", "<em", "<strong", "<hr", "<ol", "<h3"):
        assert tag not in html
    assert (html.count("<h1>"), html.count("<h2>")) == (1, len(applications))
    assert html.count("<td") == 6 * len(applications)


@pytest.mark.parametrize(
    "line", ["===", "---", "# x", "- x", "+ x", "1. x", "1) x", "> x", "| a | b |", "```", "    x"]
)
def test_lines_of_notes_are_lines_and_no_more(line: str) -> None:
    told = export("md", application(notes=f"x\n{line}\ny", url="https://globex.example")).decode()
    html = MarkdownIt("commonmark").enable("table").render(told)
    (quote,) = re.findall(r"<blockquote>\n<p>(.*?)</p>\n</blockquote>", html, re.DOTALL)
    assert unescape(quote) == f"x\n{line.strip()}\ny"


@pytest.mark.parametrize(
    "text", ["https://evil.example/x", "WWW.evil.example", "dana@evil.example"]
)
def test_only_addresses_that_were_checked_become_links(text: str) -> None:
    one = application(company=text, role=text, source=text, notes=text, contacts=())
    told = export("md", one, application(url="https://globex.example")).decode()
    html = MarkdownIt("gfm-like").render(told)
    assert re.findall(r'<a href="([^"]*)"', html) == ["https://globex.example"]
    assert unescape(html).count(text) == 7


def test_hostile_text_is_shown_as_it_is() -> None:
    html = MarkdownIt("commonmark").render(export("md", application(location=HOSTILE)).decode())
    shown = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert "- g, h;" in shown
    assert '=x|"# <script>alert(1)</script> [a](javascript:x) ![b](c) `d` *e* ' in shown
