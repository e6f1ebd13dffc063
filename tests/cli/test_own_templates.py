"""The user's own templates on the command line: offered first, and their mistakes told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Followup
from scripts import write_script

OWN = "step: follow_up\nsubject: $role, again\n\n$greeting\n\nAny news from $company?\n"
GERMAN = "step: follow_up\nlanguage: de\nsubject: $role\n\n$greeting\n\nwie geht es weiter?\n"


@pytest.fixture(autouse=True)
def one(followup: Followup) -> None:
    """Interviewed on 9 March."""
    followup.done(
        "add", "Globex", "SRE", "--contact", "Dana Lee", "--email", "dana@globex.example",
        "--interview", "2026-03-09T14:00Z",
    )  # fmt: skip


@pytest.fixture
def write(home: Path) -> Callable[[str, str], Path]:
    """Put a template of the user's beside the configuration."""

    def put(name: str, text: str) -> Path:
        path = home / "config" / "followup" / "templates" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


Write = Callable[[str, str], Path]


def test_they_come_before_those_in_the_box(followup: Followup, write: Write) -> None:
    write("mine.txt", OWN)
    write("german.txt", GERMAN)
    assert followup.done("draft", "1") == (
        "Subject: SRE, again\n\nHi Dana,\n\nAny news from Globex?\n"
    )
    assert followup.json("draft", "1")["template"] == "own-2-mine"
    assert followup.json("draft", "1", "--variant", "2")["template"] == "en-follow_up-day"
    assert followup.json("draft", "1", "--language", "de")["template"] == "own-1-german"
    assert "wie geht es weiter?" in followup.done("draft", "1", "--language", "DE")
    assert followup.done("--no-plugins", "draft", "1").startswith("Subject: SRE, again\n")


def test_variants_go_round_and_round(followup: Followup) -> None:
    names = [
        followup.json("draft", "1", "--variant", str(number))["template"] for number in range(1, 6)
    ]
    assert len(set(names)) == 4
    assert names[4] == names[0] == "en-follow_up-day"
    code, line = followup.refused("draft", "1", "--variant", "0")
    assert code == 2
    assert "0 is not in the range" in line


def test_the_language_is_the_usual_one_unless_another_is_named(
    followup: Followup, home: Path
) -> None:
    config = home / "config" / "followup" / "config.toml"
    config.write_text('language = "fr"\n', encoding="utf-8")
    assert "du lundi 9 mars" in followup.done("draft", "1")
    assert "am Montag, dem 9. März, " in followup.done("draft", "1", "--language", "de")
    document = followup.json("draft", "1", "--language", "es", "--step", "check-in")
    assert document["language"] == "es"
    assert "del que hablamos el lunes 9 de marzo" in document["body"]


def test_english_stands_in_and_says_so(followup: Followup) -> None:
    result = followup("draft", "1", "--language", "it")
    assert result.exit_code == 0
    assert result.stdout.startswith("Subject: SRE at Globex: following up")
    assert result.stderr == "followup: no template fits in 'it': this one is in 'en'\n"


def test_a_template_without_a_language_is_in_the_users(
    followup: Followup, home: Path, write: Write
) -> None:
    config = home / "config" / "followup" / "config.toml"
    config.write_text('language = "de"\n', encoding="utf-8")
    write("mine.txt", OWN)
    assert "Guten Tag Dana Lee," in followup.done("draft", "1")
    assert "Hi Dana," in followup.done("draft", "1", "--language", "en")


def test_a_mistake_is_told_and_the_rest_goes_on(followup: Followup, write: Write) -> None:
    bad = write("bad.txt", OWN.replace("$company", "$firm"))
    write("mine.txt", OWN)
    result = followup("draft", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith("Subject: SRE, again\n")
    told = f"followup: {bad}:6: there is no $firm; there are $company, "
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1
    write("worse.txt", "no header")
    draft = followup("draft", "1")
    assert draft.stderr.splitlines()[1] == (
        "followup: 1 more of your templates cannot be used: see `followup config check`"
    )
    check = followup("config", "check")
    assert check.exit_code == 2
    assert check.stdout == ""
    first, second = check.stderr.splitlines()
    assert first.startswith(told)
    assert f"{bad.with_name('worse.txt')}:1: " in second


def test_sound_templates_are_no_news(followup: Followup, write: Write) -> None:
    write("mine.txt", OWN)
    assert followup.done("config", "check").endswith("config.toml is sound\n")
    assert followup.done("list")


def test_a_broken_configuration_can_still_be_edited(
    followup: Followup, home: Path, write: Write, editor: Callable[[str], None]
) -> None:
    write("mine.txt", OWN)
    config = home / "config" / "followup" / "config.toml"
    config.write_text("language =", encoding="utf-8")
    editor("text = 'language = \"en\"\\n'")
    assert followup.done("config", "edit", at=None) == f"saved {config}\n"


def test_nothing_is_read_from_the_current_directory(
    followup: Followup, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "templates").mkdir()
    (home / "templates" / "planted.txt").write_text(OWN, encoding="utf-8")
    monkeypatch.chdir(home)
    assert followup.json("draft", "1")["template"] == "en-follow_up-day"


def test_they_are_listed_like_any_plugin(followup: Followup, write: Write) -> None:
    listed = {one["name"] for one in followup.json("plugins", "list")}
    assert "own-templates" not in listed
    write("mine.txt", OWN)
    plugins = {one["name"]: one for one in followup.json("plugins", "list")}
    assert plugins["own-templates"]["gives"] == {"templates": ["own-1-mine"]}


def test_scripts_get_them_too(followup: Followup, home: Path, write: Write) -> None:
    write("mine.txt", OWN)
    write_script(
        home / "config" / "followup",
        "drafting",
        "from followup.api import Command, hookimpl\n"
        "@hookimpl\n"
        "def register_commands():\n"
        "    run = lambda tracker: tracker.draft(1).template\n"
        "    return [Command(name='which', title='Which template', run=run)]\n",
    )
    assert followup.done("run", "which") == "own-1-mine\n"
