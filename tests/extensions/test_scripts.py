"""The scripts in plugins/scripts, each in the folder of a user, under the real program."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from builders import DAY, NOON
from distributions import PLUGINS, Program
from followup.testing import (
    applied,
    card,
    check_badge,
    check_rule,
    load_script,
    outcome,
)
from scripts import write_script

SCRIPTS = sorted((PLUGINS / "scripts").glob("*.py"))
NOW = "2026-11-17T12:00:00Z"  # a Tuesday, 13:00 in Berlin
LATER = "2026-11-20T12:00:00Z"
NOTIFIER = f"""\
#!{sys.executable}
import json, pathlib, sys
with pathlib.Path(__file__).with_name("shown").open("a") as shown:
    print(json.dumps(sys.argv[1:]), file=shown)
"""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def use(program: Program, name: str) -> None:
    """Copy a script to where a user puts it; it has to be there without a fault."""
    code = (PLUGINS / "scripts" / f"{name}.py").read_text(encoding="utf-8")
    write_script(program.home, name, code)
    (listed,) = [
        plugin for plugin in program.json("plugins", "list", at=NOW) if plugin["name"] == name
    ]
    assert (listed["condition"], listed["source"], listed["faults"]) == ("loaded", "script", [])


def add(program: Program, *args: str, company: str = "Globex") -> None:
    program.followup("add", company, "SRE", *args, at=NOW)


def use_notifier(program: Program, name: str = "notify-send") -> Path:
    """Have a command in place of the desktop's, and return the file in which it keeps its words."""
    notifier = program.home / "bin" / name
    notifier.parent.mkdir()
    notifier.write_text(NOTIFIER, encoding="utf-8")
    notifier.chmod(0o700)
    return notifier.with_name("shown")


def test_a_notification_comes_once_when_a_card_is_due(program: Program) -> None:
    shown = use_notifier(program)
    use(program, "desktop_notification")
    add(program, "--interview", "2026-11-17T09:00:00Z", company="<b>Globex</b>; $(touch x)")
    program.followup("tick", at=NOW)
    assert not shown.exists()
    program.followup("tick", at=LATER)
    program.followup("tick", at=LATER)
    (words,) = map(json.loads, shown.read_text(encoding="utf-8").splitlines())
    assert words == [
        "--app-name=followup",
        "--",
        "Follow up: <b>Globex</b>; $(touch x)",
        "SRE. 48 h after your interview ended Tue 17 Nov 11:00",
    ]


def test_markup_in_a_notification_is_shown_as_it_is(program: Program) -> None:
    shown = use_notifier(program)
    use(program, "desktop_notification")
    program.followup("add", "Globex", "<i>SRE</i>", "--interview", "2026-11-17T09:00:00Z", at=NOW)
    program.followup("tick", at=LATER)
    assert "&lt;i&gt;SRE&lt;/i&gt;" in shown.read_text(encoding="utf-8")


def test_a_mac_is_handed_the_words_as_arguments_of_a_script(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = use_notifier(program, "osascript")
    script = load_script(PLUGINS / "scripts" / "desktop_notification.py")
    monkeypatch.setenv("PATH", str(shown.parent))
    script.notify('Due: "Globex"', "SRE. Now")
    (words,) = map(json.loads, shown.read_text(encoding="utf-8").splitlines())
    assert words == ["-e", script.APPLESCRIPT, 'Due: "Globex"', "SRE. Now"]
    shown.with_name("osascript").unlink()
    script.notify("Due", "nobody is there to show it")


def test_a_card_that_is_new_is_no_news(program: Program) -> None:
    shown = use_notifier(program)
    use(program, "desktop_notification")
    add(program, "--interview", "2026-11-10T09:00:00Z")
    program.followup("tick", at=NOW)
    assert not shown.exists()


def test_the_journal_has_a_line_for_every_fact_in_order(program: Program) -> None:
    use(program, "markdown_journal")
    add(program, "--applied", "2026-11-01T09:00:00Z", company="*Globex*")
    program.followup("log", "1", "reply", "--text", "Yes:\n- [Tuesday]", at=NOW)
    journal = program.home / "followup-journal.md"
    assert journal.read_text(encoding="utf-8") == dedent(
        """\
        - 2026-11-01 **\\*Globex\\***, SRE: applied
        - 2026-11-17 **\\*Globex\\***, SRE: they answered (Yes: - \\[Tuesday\\])
        """
    )


def test_the_summary_says_what_was_and_what_is_to_do(program: Program) -> None:
    use(program, "weekly_summary")
    add(program, "--interview", "2026-11-12T09:00:00Z")
    add(program, "--applied", "2026-10-01", "--interview", "2026-11-19T09:00Z", company="Acme")
    add(program, "--interview", "2026-11-13T09:00:00Z", company="Initech")
    program.followup("log", "3", "reply", at=NOW)
    ran = program.json("run", "weekly-summary", at=NOW)
    assert ran["text"] == dedent(
        """\
        Applications sent: 0
        Interviews held: 2
        Messages sent: 0
        Answers: 1
        Closed: 0

        To do:
          Globex, SRE: due Sun 15 Nov 11:00

        Interviews ahead:
          Acme, SRE: Thu 19 Nov 10:00"""
    )


def test_words_to_avoid_are_marked_and_warned_of(program: Program) -> None:
    use(program, "words_to_avoid")
    add(program, "--interview", "2026-11-10T09:00:00Z", "--email", "dana@globex.example")
    text = program.home / "message.txt"
    text.write_text("I adjust to this! Just say: is there any news?", encoding="utf-8")
    checked = program.json("check", "1", "--file", str(text), at=NOW)
    assert checked["ok"] is True
    assert [(one["code"], one["severity"], one["span"]) for one in checked["verdicts"]] == [
        ("words-to-avoid", "warn", [16, 17]),
        ("words-to-avoid", "warn", [18, 22]),
    ]


def test_what_has_gone_quiet_is_closed_and_can_be_undone(program: Program) -> None:
    use(program, "close_quiet")
    for company in ("Globex", "Acme", "Initech"):
        add(program, "--applied", "2026-07-01", company=company)
    for sent_to in ("1", "3"):
        program.followup("log", sent_to, "follow-up", at="2026-08-01T09:00:00Z")
    program.followup("log", "3", "promise", "--by", "2027-01-01", at="2026-08-02T09:00:00Z")
    assert program.json("run", "close-quiet", at=NOW)["text"] == "closed as ghosted: Globex"
    stages = {card["company"]: card["stage"] for card in program.json("list", at=NOW)}
    assert stages == {"Acme": "due", "Initech": "waiting", "Globex": "closed"}
    assert program.json("run", "close-quiet", at=NOW)["text"] == "nothing has gone quiet for long"
    program.followup("undo", at=NOW)
    assert program.json("show", "1", at=NOW)["stage"] == "waiting"


def test_the_badge_counts_days_on_open_cards(program: Program) -> None:
    use(program, "days_since_applied")
    (gives,) = [
        plugin["gives"]
        for plugin in program.json("plugins", "list", at=NOW)
        if plugin["name"] == "days_since_applied"
    ]
    assert gives == {"badges": ["days-since-applied"]}

    (badge,) = load_script(PLUGINS / "scripts" / "days_since_applied.py").register_badges()
    check_badge(badge)
    assert badge.text(card(applied(NOON - 12 * DAY)), NOON) == "12 d"
    assert badge.text(card(applied(NOON - 12 * DAY), outcome(NOON - DAY)), NOON) == ""


def test_the_rule_keeps_its_contract() -> None:
    (rule,) = load_script(PLUGINS / "scripts" / "words_to_avoid.py").register_rules()
    check_rule(rule)


def test_every_script_is_described_and_tested() -> None:
    described = (PLUGINS / "scripts" / "README.md").read_text(encoding="utf-8")
    tests = Path(__file__).read_text(encoding="utf-8")
    for path in SCRIPTS:
        assert f"`{path.name}`" in described
        assert f'use(program, "{path.stem}")' in tests
