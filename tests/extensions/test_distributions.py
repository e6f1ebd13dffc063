"""What ships beside the box, as somebody has it who installs it with pip."""

from __future__ import annotations

import json

import pytest

from distributions import PLUGINS, Installation

NOW = "2026-11-17T16:30:00Z"  # a Tuesday, 17:30 in Berlin
INTERVIEW = ("--interview", "2026-11-17T15:00:00Z")  # it ends at 17:00 in Berlin


@pytest.fixture(scope="module")
def thanks(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("thanks"), PLUGINS / "thanks-24h")


@pytest.fixture(scope="module")
def business(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("business"), PLUGINS / "business-days")


@pytest.fixture(scope="module")
def linkedin(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("linkedin"), PLUGINS / "linkedin")


@pytest.fixture(scope="module")
def sms(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("sms"), PLUGINS / "sms")


def is_listed(there: Installation, name: str) -> bool:
    """Whether a plugin is told of, without a fault."""
    listed = {plugin["name"]: plugin for plugin in there.json("plugins", "list", at=NOW)}
    plugin = listed[name]
    assert (plugin["version"], plugin["source"]) == ("0.1.0", "installed")
    return bool(plugin["condition"] == "loaded" and plugin["faults"] == [])


def gives_policy(there: Installation, name: str) -> bool:
    """Whether a plugin is told of, and its policy."""
    policies = {policy["name"] for policy in there.json("policy", "list", at=NOW)}
    return is_listed(there, name) and name in policies


def test_thanks_24h_is_installed_and_moves_the_next_step(thanks: Installation) -> None:
    assert gives_policy(thanks, "thanks-24h")
    thanks.followup("add", "Globex", "SRE", *INTERVIEW, at=NOW)
    (change,) = thanks.json("policy", "compare", "patient", "thanks-24h", at=NOW)
    assert change["id"] == 1
    assert change["patient"]["opens"] == "2026-11-19T16:00:00+00:00"
    assert change["thanks-24h"] == {
        "step": "thank_you",
        "opens": "2026-11-17T16:00:00+00:00",
        "due": "2026-11-18T16:00:00+00:00",
    }
    (before,) = thanks.json("list", at=NOW)
    thanks.followup("policy", "use", "thanks-24h", "--for", "1", at=NOW)
    (after,) = thanks.json("list", at=NOW)
    assert (before["policy"], before["stage"]) == ("patient", "cooling")
    assert (after["policy"], after["stage"]) == ("thanks-24h", "due")
    assert after["next"]["why"] == "right after your interview ended Tue 17 Nov 17:00"


def test_business_days_is_installed_and_reads_its_settings(business: Installation) -> None:
    assert gives_policy(business, "business-days")
    business.followup("add", "Globex", "SRE", *INTERVIEW, at=NOW)
    table = '[policy.business-days]\ncountry = "US"\nemployer_zone = "America/New_York"\n'
    business.config.write_text(table, encoding="utf-8")
    business.followup("log", "1", "interview", "--starts", "2026-11-25T20:00:00Z", at=NOW)
    (change,) = business.json("policy", "compare", "patient", "business-days", at=NOW)
    assert change["patient"]["opens"] == "2026-11-27T21:00:00+00:00"
    assert change["business-days"]["opens"] == "2026-11-30T21:00:00+00:00"
    business.followup("policy", "use", "business-days", "--for", "1", at=NOW)
    (after,) = business.json("list", at=NOW)
    assert after["next"]["why"] == (
        "2 working days after your interview ended Wed 25 Nov 22:00, moved past"
        " Thanksgiving Day Thu 26 Nov to Mon 30 Nov 22:00 (16:00 in New York)"
    )
    business.config.write_text('[policy.business-days]\ncountry = "XX"\n', encoding="utf-8")
    refused = business.run("-m", "followup", "--at", NOW, "list", status=2)
    assert refused.stdout == ""
    assert refused.stderr == (
        "followup: [policy.business-days]: country 'XX' is unknown: give its ISO 3166 code,"
        " such as `US` or `DE`; `followup config edit` opens it\n"
    )


def test_linkedin_is_installed_and_holds_a_note_to_its_length(linkedin: Installation) -> None:
    assert is_listed(linkedin, "linkedin")
    dana = ("--contact", "Dana Lee", "--linkedin", "https://www.linkedin.com/in/dana-lee")
    linkedin.followup("add", "Globex", "SRE", *dana, "--applied", "2026-10-01T09:00:00Z", at=NOW)
    drafted = linkedin.json("draft", "1", "--channel", "linkedin", at=NOW)
    assert (drafted["channel"], drafted["step"]) == ("linkedin", "nudge")
    text = linkedin.home / "note.txt"
    text.write_text(f"Is there a{' long' * 54} decision about the SRE role yet?", encoding="utf-8")
    fits = linkedin.json("check", "1", "--channel", "linkedin", "--file", str(text), at=NOW)
    assert fits["verdicts"] == []
    note = ("check", "1", "--channel", "linkedin-note", "--file", str(text), "--json")
    refused = linkedin.run("-m", "followup", "--at", NOW, *note, status=1)
    (verdict,) = json.loads(refused.stdout)["verdicts"]
    assert (verdict["code"], verdict["severity"]) == ("linkedin-length", "block")
    assert verdict["message"] == "A LinkedIn note takes 300 characters, this has 313: cut 13."
    assert verdict["span"] == [300, 313]


def test_sms_is_installed_counts_segments_and_takes_no_token_in_clear(sms: Installation) -> None:
    assert is_listed(sms, "sms")
    dana = ("--contact", "Dana Lee", "--phone", "+49 171 1234567")
    sms.followup("add", "Globex", "SRE", *dana, "--applied", "2026-10-01T09:00:00Z", at=NOW)
    text = sms.home / "note.txt"
    text.write_text("Is there a decision yet? It’s been a while.", encoding="utf-8")
    for channel in ("sms", "sms-link"):
        found = sms.json("check", "1", "--channel", channel, "--file", str(text), at=NOW)
        (verdict,) = found["verdicts"]
        assert (verdict["code"], verdict["severity"]) == ("sms-segments", "info")
        assert verdict["span"] == [27, 28]
        assert verdict["message"] == ("1 segment of 70 characters (UCS-2 because of ’), 27 left.")
    sms.config.write_text('[channel.sms]\ntoken = "canary"\n', encoding="utf-8")
    refused = sms.run("-m", "followup", "config", "check", status=2)
    assert refused.stderr == (
        "followup: [channel.sms]: token does not belong in a file: set token_command, such as"
        " `pass show twilio`, or leave it to the keyring; `followup config edit` opens it\n"
    )


def test_the_tests_of_each_pass_where_it_is_installed(
    thanks: Installation, business: Installation, linkedin: Installation, sms: Installation
) -> None:
    for installation in (thanks, business, linkedin, sms):
        installation.run_tests()
