"""The command that hears replies: what it prints, asks, and leaves as it was."""

from __future__ import annotations

import json
import mailbox as boxes
from pathlib import Path

import pytest

from command_line import Followup
from mail.post import mail, multipart

ADDED = ("--contact", "Dana Lee", "--email", "dana@globex.example", "--applied", "2026-02-20")
COLLEAGUE = mail("Hi Sam, news soon.", sender="Eve <eve@globex.example>", number="2")
REJECTED = mail("We won't be moving forward with your application.", number="3")
INVITED = mail("Hi Sam, could we schedule an interview next week?", number="4")


@pytest.fixture
def added(followup: Followup) -> Followup:
    followup.done("add", "Globex", "Backend Engineer", *ADDED)
    return followup


@pytest.fixture
def letter(home: Path) -> Path:
    path = home / "answer.eml"
    path.write_bytes(mail("Hi Sam,\n\nwe decide on Friday."))
    return path


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup.cli.replies._somebody_is_there", lambda: True)


def stage_of(followup: Followup) -> str:
    return str(followup.json("show", "1")["stage"])


def test_an_answer_in_a_file_is_heard_once(added: Followup, letter: Path) -> None:
    printed = added.done("replies", "--from", str(letter))
    assert printed.startswith("reply  1 Globex  Dana Lee <dana@globex.example>: Re: Backend")
    assert "1 of 1 mail heard" in printed
    assert stage_of(added) == "replied"
    assert added.done("replies", "--from", str(letter)) == "nothing new in 1 mail\n"
    added.done("undo")
    assert stage_of(added) == "due"


def test_a_trial_changes_nothing(added: Followup, letter: Path) -> None:
    assert "1 of 1 mail would be heard" in added.done("replies", "--from", str(letter), "--dry-run")
    assert stage_of(added) == "due"


def test_scripts_get_everything(added: Followup, letter: Path) -> None:
    document = added.json("replies", "--from", str(letter))
    (heard,) = document["heard"]
    assert (heard["class"], heard["application"], heard["by"]) == ("reply", 1, "address")
    assert heard["text"] == "Hi Sam,\n\nwe decide on Friday."
    assert heard["at"] == "2026-03-11T08:00:00+00:00"
    assert document["suggestions"] == []


def test_what_is_not_sure_is_listed_with_the_command_for_it(added: Followup, home: Path) -> None:
    (home / "a.eml").write_bytes(COLLEAGUE)
    printed = added.done("replies", "--from", str(home / "a.eml"))
    assert "reply  perhaps 1 Globex" in printed
    assert "`followup replies --accept 1`, or --dismiss 1" in printed
    assert stage_of(added) == "due"
    assert "a reply for 1 Globex?" in added.done("replies", "--list")
    assert added.json("replies", "--list")[0]["command"] == "followup replies --accept 1"
    assert added.done("replies", "--accept", "1").startswith("1  Globex, Backend Engineer: Replied")
    assert added.done("replies", "--list") == "nothing is left to say\n"


def test_yes_closes_nothing(added: Followup, home: Path) -> None:
    (home / "a.eml").write_bytes(REJECTED)
    printed = added.done("replies", "--from", str(home / "a.eml"), "--yes")
    assert "a rejection for 1 Globex?" in printed
    assert stage_of(added) == "replied"
    added.done("replies", "--accept", "1")
    assert stage_of(added) == "closed"


def test_yes_agrees_to_the_rest(added: Followup, home: Path) -> None:
    (home / "a.eml").write_bytes(COLLEAGUE)
    added.done("replies", "--from", str(home / "a.eml"), "--yes")
    assert stage_of(added) == "replied"


def test_an_interview_needs_a_time(added: Followup, home: Path) -> None:
    (home / "a.eml").write_bytes(INVITED)
    assert "--accept 1 --starts WHEN" in added.done("replies", "--from", str(home / "a.eml"))
    status, line = added.refused("replies", "--accept", "1")
    assert (status, "--starts WHEN" in line) == (1, True)
    added.done("replies", "--accept", "1", "--starts", "2026-03-18 15:00")
    assert stage_of(added) == "interview"


def test_a_calendar_says_when_it_is(added: Followup, home: Path) -> None:
    event = "UID:1\nDTSTART:20260318T140000Z\nDTEND:20260318T150000Z\nSUMMARY:Interview"
    calendar = f"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR"
    parts = ("text/plain", "See you"), ("text/calendar; method=REQUEST", calendar)
    (home / "a.eml").write_bytes(multipart(*parts))
    printed = added.done("replies", "--from", str(home / "a.eml"))
    assert "an interview on Wed 18 Mar 2026 15:00 for 1 Globex?" in printed
    assert "--starts" not in printed
    added.done("replies", "--accept", "1")
    assert stage_of(added) == "interview"


@pytest.mark.usefixtures("somebody")
class TestAsking:
    def test_yes_is_one_key(self, added: Followup, home: Path) -> None:
        (home / "a.eml").write_bytes(COLLEAGUE)
        added.done("replies", "--from", str(home / "a.eml"), typed="y\n")
        assert stage_of(added) == "replied"

    def test_no_is_not_asked_again(self, added: Followup, home: Path) -> None:
        (home / "a.eml").write_bytes(COLLEAGUE)
        added.done("replies", "--from", str(home / "a.eml"), typed="n\n")
        assert added.done("replies", "--list") == "nothing is left to say\n"

    def test_an_interview_is_asked_for_until_it_is_a_time(
        self, added: Followup, home: Path
    ) -> None:
        (home / "a.eml").write_bytes(INVITED)
        result = added(
            "replies", "--from", str(home / "a.eml"), typed="y\nsome day\nwed 18 mar 15:00\n"
        )
        assert result.exit_code == 0
        assert stage_of(added) == "interview"

    def test_of_two_applications_one_is_chosen(self, added: Followup, home: Path) -> None:
        added.done("add", "Globex", "Data Engineer", *ADDED)
        (home / "a.eml").write_bytes(mail("Hi Sam"))
        added.done("replies", "--from", str(home / "a.eml"), typed="2\n")
        assert added.json("show", "2")["stage"] == "replied"
        assert stage_of(added) == "due"


class TestMailboxes:
    def test_a_maildir_stays_as_it_is(self, added: Followup, home: Path, letter: Path) -> None:
        box = boxes.Maildir(home / "Maildir", create=True)
        box.add(letter.read_bytes())
        before = _all_of(home / "Maildir")
        added.done("replies", "--from", str(home / "Maildir"))
        assert stage_of(added) == "replied"
        assert _all_of(home / "Maildir") == before

    def test_an_mbox_stays_as_it_is(self, added: Followup, home: Path, letter: Path) -> None:
        path = home / "archive.mbox"
        box = boxes.mbox(path)
        box.add(mail("Lunch?", sender="mum@home.example", number="9"))
        box.add(letter.read_bytes())
        box.close()
        before = path.read_bytes(), path.stat().st_mtime_ns
        path.chmod(0o400)
        document = added.json("replies", "--from", str(path))
        assert (document["looked_at"], len(document["heard"])) == (2, 1)
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before

    def test_a_folder_of_letters_is_one_mailbox(self, added: Followup, home: Path) -> None:
        folder = home / "mails"
        folder.mkdir()
        (folder / "a.eml").write_bytes(REJECTED)
        (folder / "b.EML").write_bytes(COLLEAGUE)
        (folder / "c.txt").write_text("none")
        assert len(added.json("replies", "--from", str(folder))["heard"]) == 2

    @pytest.mark.parametrize("name", ["nowhere.eml", "empty", "outlook.msg"])
    def test_what_is_no_mailbox_is_refused(self, added: Followup, home: Path, name: str) -> None:
        (home / "empty").mkdir()
        (home / "outlook.msg").write_bytes(b"\xd0\xcf\x11\xe0rest")
        status, line = added.refused("replies", "--from", str(home / name))
        assert status == 2
        assert name in line


def test_without_a_mailbox_it_says_how_to_have_one(added: Followup) -> None:
    status, line = added.refused("replies")
    assert status == 1
    assert "[replies]" in line


def test_a_mailbox_that_cannot_be_reached_is_trouble(added: Followup, home: Path) -> None:
    config = home / "config" / "followup" / "config.toml"
    given = '[replies]\nhost = "127.0.0.1"\nport = 1\nuser = "sam"\n'
    config.write_text(f'{given}password_command = "echo canary-4711"\n', encoding="utf-8")
    status, line = added.refused("replies")
    assert status == 3
    assert "takes no connections on port 1" in line
    assert "canary-4711" not in added("--debug", "replies").output


def test_a_password_has_no_place_in_the_configuration(added: Followup, home: Path) -> None:
    config = home / "config" / "followup" / "config.toml"
    config.write_text('[replies]\nhost = "h"\npassword = "canary-4711"\n', encoding="utf-8")
    status, line = added.refused("replies")
    assert status == 2
    assert "canary" not in line


def test_hostile_mail_does_nothing_to_the_terminal(added: Followup, home: Path) -> None:
    raw = mail(
        "x\x1b]0;pwned\x07",
        subject="\x1b[2J\u202eevil",
        sender='"\x1b[31mEve" <dana@globex.example>',
    )
    (home / "a.eml").write_bytes(raw)
    for options in ((), ("--json",)):
        printed = added("replies", "--from", str(home / "a.eml"), "--dry-run", *options).output
        assert not {"\x1b", "\x07", "\u202e"} & set(printed)
        assert "evil" in printed
    assert json.loads(printed)["heard"]


def test_nothing_is_heard_while_the_clock_stands_wrong(added: Followup, letter: Path) -> None:
    added.done("log", "1", "note", "called them")
    result = added("replies", "--from", str(letter), at="2026-03-10T10:00Z")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "the clock stands before the newest recorded fact" in result.stderr
    assert stage_of(added) == "due"


def _all_of(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(one), one.stat().st_mtime_ns) for one in folder.rglob("*"))
