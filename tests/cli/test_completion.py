"""What the shell offers for a word begun, asked as bash, zsh and fish ask."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from command_line import Followup
from followup.cli.main import cli


def offered(*words: str) -> list[str]:
    """What is offered for the last of these words."""
    environment = {
        "_FOLLOWUP_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["followup", *words]),
        "COMP_CWORD": str(len(words)),
    }
    result = CliRunner().invoke(cli, [], env=environment, prog_name="followup")
    assert result.stderr == ""
    return [line.partition(",")[2] for line in result.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["lo"], ["log"]),
        (["log", "3", "re"], ["reopen", "reply"]),
        (["log", "3", "outcome", "acc"], ["accepted"]),
        (["list", "--stage", "last"], ["last-call"]),
        (["list", "--js"], ["--json"]),
        (["draft", "3", "--channel", "cl"], ["clipboard"]),
        (["draft", "3", "--step", "check"], ["check-in"]),
        (["policy", "use", "pat"], ["patient"]),
        (["export", "i"], ["ics"]),
        (["import", "a.txt", "--format", "z"], ["zip"]),
    ],
)
def test_the_word_is_completed(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_ids_are_those_of_the_store_that_is_meant(followup: Followup, home: Path) -> None:
    other = home / "other.json"
    followup.done("--store", str(other), "add", "Initech", "SRE")
    for _ in range(10):
        followup.done("add", "Globex", "Backend Engineer")
    assert offered("show", "1") == ["1", "10"]
    assert offered("log", "") == [str(number) for number in range(1, 11)]
    assert offered("policy", "use", "patient", "--for", "9") == ["9"]
    assert offered("--store", str(other), "show", "") == ["1"]


def test_a_shell_that_shows_more_shows_companies(followup: Followup) -> None:
    followup.done("add", "Glo\x1b[31mbex", "Backend\nEngineer")
    environment = {
        "_FOLLOWUP_COMPLETE": "fish_complete",
        "COMP_WORDS": "followup show ",
        "COMP_CWORD": "",
    }
    told = CliRunner().invoke(cli, [], env=environment, prog_name="followup").stdout
    assert told == "plain,1\tGlo[31mbex, Backend Engineer\n"


def test_a_store_that_cannot_be_read_offers_nothing_and_is_left_alone(home: Path) -> None:
    broken = home / "broken.json"
    broken.write_text("[]", encoding="utf-8")
    assert offered("--store", str(broken), "show", "") == []
    assert broken.read_text(encoding="utf-8") == "[]"


def test_asking_makes_no_store(home: Path) -> None:
    assert offered("show", "") == []
    assert not (home / "data" / "followup" / "followup.json").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.defpath)
    environment = {"_FOLLOWUP_COMPLETE": f"{shell}_source"}
    result = CliRunner().invoke(cli, [], env=environment, prog_name="followup")
    assert result.exit_code == 0
    assert f"_FOLLOWUP_COMPLETE={shell}_complete" in result.stdout
