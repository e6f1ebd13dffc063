"""Invitations on the command line: in, moved, undone, and with whom where they don't say."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendars import DANA_SAYS, calendar, event
from command_line import Followup

TITLE = "SUMMARY:Technical interview"


@pytest.fixture
def invitation(tmp_path: Path) -> Path:
    path = tmp_path / "invite.ics"
    path.write_bytes(calendar(event(TITLE, DANA_SAYS)))
    return path


def test_an_invitation_becomes_an_interview(followup: Followup, invitation: Path) -> None:
    followup.done("import", str(invitation))
    (card,) = followup.json("list")
    assert (card["company"], card["stage"]) == ("Globex", "interview")
    assert card["contacts"][0]["email"] == "dana@globex.example"


def test_moving_it_is_one_step_back(followup: Followup, invitation: Path) -> None:
    followup.done("import", str(invitation))
    moved = event(TITLE, DANA_SAYS, "DTSTART:20260320T120000Z", "SEQUENCE:1")
    invitation.write_bytes(calendar(moved))
    followup.done("import", str(invitation))
    (interview,) = followup.json("show", "1")["events"]
    assert interview["at"].startswith("2026-03-20")
    followup.done("undo")
    (interview,) = followup.json("show", "1")["events"]
    assert interview["at"].startswith("2026-03-12")


def test_the_user_says_whose_it_is(followup: Followup, invitation: Path) -> None:
    invitation.write_bytes(calendar(event(TITLE)))
    said = followup.done("import", str(invitation))
    assert "say it by --company NAME or --for ID" in said
    followup.done("add", "Initech", "SRE")
    followup.done("import", str(invitation), "--for", "1")
    assert followup.json("show", "1")["stage"] == "interview"
    invitation.write_bytes(calendar(event(TITLE, uid="two")))
    followup.done("import", str(invitation), "--company", "Hooli")
    assert {card["company"] for card in followup.json("list")} == {"Hooli", "Initech"}


def test_one_that_is_not_there_is_said(followup: Followup, invitation: Path) -> None:
    result = followup("import", str(invitation), "--for", "7")
    assert result.exit_code == 1
    assert "7" in result.stderr


def test_a_broken_file_is_one_line_and_stores_nothing(followup: Followup, invitation: Path) -> None:
    invitation.write_bytes(calendar(event(TITLE, "DTSTART:soon")))
    result = followup("import", str(invitation))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "line 5: 'Technical interview' 'soon' is no date or time" in result.stderr
    assert followup.json("list") == []
