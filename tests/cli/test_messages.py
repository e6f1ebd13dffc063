"""``draft``, ``check`` and ``lint``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Followup

Use = Callable[[str], None]
GOOD = "Thank you for your time. What are the next steps?"
LONG = "One is enough. Two will do. Three is too much?"


@pytest.fixture(autouse=True)
def one(followup: Followup) -> None:
    """Interviewed until 15:00 UTC on 9 March, so that the follow-up opens at 15:00 on the 11th."""
    followup.done(
        "add", "Globex", "SRE", "--contact", "Dana Lee", "--email", "dana@globex.example",
        "--interview", "2026-03-09T14:00Z",
    )  # fmt: skip


def test_a_draft_is_a_message_that_breaks_no_rule(followup: Followup) -> None:
    drafted = followup.done("draft", "1")
    assert drafted.startswith("Subject: SRE at Globex")
    assert "Hi Dana," in drafted
    assert "Sam Poe" in drafted
    later = "2026-03-11T15:00Z"
    assert followup.done("check", "1", "-", typed=drafted, at=later) == (
        "nothing to object to, 2 sentences\n"
    )


def test_a_draft_for_scripts(followup: Followup) -> None:
    document = followup.json("draft", "1", "--step", "check-in", "--channel", "clipboard")
    assert (document["step"], document["channel"]) == ("check_in", "clipboard")
    assert document["subject"] == "SRE at Globex: checking in"


def test_a_draft_can_be_edited_before_it_is_printed(followup: Followup, editor: Use) -> None:
    editor("text = text.replace('Hi Dana', 'Dear Dana')")
    assert "Dear Dana," in followup.done("draft", "1", "--edit")


def test_a_block_is_exit_status_1_and_says_until_when(followup: Followup) -> None:
    result = followup("check", "1", "-", "--json", typed=GOOD)
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert (document["ok"], document["sentences"]) == (False, 2)
    (verdict,) = document["verdicts"]
    assert (verdict["code"], verdict["severity"]) == ("too-early", "block")
    assert verdict["until"] == "2026-03-11T15:00:00+00:00"
    assert list(verdict) == ["code", "severity", "message", "until", "span"]


def test_verdicts_in_words(followup: Followup) -> None:
    result = followup("check", "1", "-", typed="Dear [Name], " + LONG, at="2026-03-12")
    assert result.exit_code == 1
    block, warn = result.stdout.splitlines()
    assert block.startswith("block  placeholder: [Name] ")
    assert warn.startswith("warn  too-long: ")


def test_nobody_to_write_to_blocks_unless_the_channel_needs_nobody(followup: Followup) -> None:
    followup.done("add", "Initech", "SRE", "--interview", "2026-03-01 10:00")
    result = followup("check", "2", "--json", typed=GOOD)
    assert result.exit_code == 1
    assert [it["code"] for it in json.loads(result.stdout)["verdicts"]] == ["no-contact"]
    assert followup("check", "2", "--channel", "clipboard", typed=GOOD).exit_code == 0


def test_lint_needs_no_application(followup: Followup, home: Path) -> None:
    file = home / "message.txt"
    file.write_text(f"Subject: Hello [Name]\n\n{LONG}", encoding="utf-8-sig")
    result = followup("lint", "--file", str(file), "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert [verdict["code"] for verdict in document["verdicts"]] == ["placeholder", "too-long"]
    assert document["verdicts"][0]["span"] is None
    assert followup("lint", "--step", "last-call", typed=LONG).exit_code == 0


@pytest.mark.parametrize(
    ("words", "typed", "status", "told"),
    [
        (["check", "7", "-"], GOOD, 1, "no application 7"),
        (["check", "1", "--file", "nowhere.txt"], "", 2, "nowhere.txt"),
        (["check", "1", "--channel", "pigeon"], GOOD, 1, "no channel 'pigeon'"),
        (["draft", "1", "--channel", "pigeon"], "", 1, "no channel 'pigeon'"),
        (["draft", "1", "--step", "poke"], "", 2, "'poke' is not one of 'nudge'"),
        (["lint"], b"\xff\xfe\x00\x01", 2, "not text in UTF-8"),
        (["lint", "-", "--step", "poke"], "", 2, "'poke' is not one of"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    followup: Followup, words: list[str], typed: str | bytes, status: int, told: str
) -> None:
    code, line = followup.refused(*words, typed=typed)
    assert code == status
    assert told in line
