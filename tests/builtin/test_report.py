"""The report that is written in Markdown."""

from __future__ import annotations

from hypothesis import given
from markdown_it import MarkdownIt
from msgspec.structs import replace

from builders import DAY, application, interview, sent
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
        notes="kind\npeople",
    )
    assert export("md", one).decode() == (
        "# Job applications\n"
        "\n"
        "1 in all, as of 2026-03-10.\n"
        "\n"
        "## Waiting\n"
        "\n"
        "### Globex: Backend Engineer\n"
        "\n"
        "- Location: Rome\n"
        "- Contact: Dana Lee, dana@globex.example\n"
        "- Next: Check-in from 2026-03-11 13:00,"
        " 7 days after your last message Wed 4 Mar 13:00\n"
        "- 2026-02-18 applied\n"
        "- 2026-03-01 12:00 interview\n"
        "- 2026-03-04 13:00 follow-up by email: Thank you\n"
        "- 2026-03-05 13:00 note: they move\n"
        "\n"
        "> kind\n"
        "> people\n"
    )


@given(lists)
def test_nothing_in_it_is_more_than_text(applications: list[Application]) -> None:
    html = MarkdownIt("commonmark").render(export("md", *applications).decode())
    for tag in ("<a", "<img", "<script", "<code", "<em", "<strong", "<hr", "<ol", "<h4"):
        assert tag not in html
    assert html.count("<h3>") == len(applications)


def test_hostile_text_is_shown_as_it_is() -> None:
    html = MarkdownIt("commonmark").render(export("md", application(location=HOSTILE)).decode())
    shown = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert "- g, h;" in shown
    assert '=x|"# <script>alert(1)</script> [a](javascript:x) ![b](c) `d` *e* ' in shown
