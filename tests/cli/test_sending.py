"""``followup send``: shown, asked about, sent, and settled where nobody knows."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Followup
from followup import handoff
from followup.cli import sending
from followup.cli.demo_store import throw_away
from followup.cli.session import Session
from radio import radio_script
from scripts import write_script
from smtp_servers import silent_port
from terminal import Terminal

SHOWN = """\
to       Dana Lee <dana@globex.example>
by       radio
subject  The role

Is there any news?

"""


@pytest.fixture
def due(followup: Followup) -> None:
    """An application of which a follow-up is due."""
    followup.done(
        "add", "Globex", "Engineer", "--contact", "Dana Lee", "--email", "dana@globex.example",
        "--interview", "3 days ago", at=None,
    )  # fmt: skip


@pytest.fixture
def radio(home: Path) -> Callable[[str], None]:
    """Install a channel that does this before it sends."""

    def install(does: str = "pass") -> None:
        notes = (
            f"with open({str(home / 'sent')!r}, 'a') as sent:\n"
            "    sent.write(f'{contact.email}: {message.subject}: {message.body}\\n')"
        )
        code = radio_script(f"{does}\n{notes}", needs="email")
        write_script(home / "config" / "followup", "radio", code)

    install()
    return install


@pytest.fixture
def message(home: Path) -> str:
    path = home / "message.txt"
    path.write_text("Subject: The role\n\nIs there any news?", encoding="utf-8")
    return str(path)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the user types, who sits at a terminal."""
    typed: list[str] = []
    monkeypatch.setattr(sending, "is_answered", lambda: True)
    return typed


def what_went(home: Path) -> list[str]:
    path = home / "sent"
    return path.read_text().splitlines() if path.exists() else []


pytestmark = pytest.mark.usefixtures("due", "radio")


class TestSending:
    def test_it_is_shown_and_sent_after_a_yes(
        self, followup: Followup, home: Path, message: str, answers: list[str]
    ) -> None:
        sent = ("send", "1", "--channel", "radio", "--file", message)
        no = followup(*sent, at=None, typed="n\n")
        assert (no.exit_code, no.stdout) == (1, SHOWN)
        assert "Send it? [y/N]" in no.stderr
        assert what_went(home) == []
        yes = followup(*sent, at=None, typed="y\n")
        assert (yes.exit_code, yes.stdout) == (
            0,
            f"{SHOWN}1  Globex, Engineer: Waiting, next in 7 d\n",
        )
        assert what_went(home) == ["dana@globex.example: The role: Is there any news?"]
        (event,) = followup.json("show", "1", at=None)["events"][1:]
        assert (event["event"], event["channel"], event["step"]) == (
            "follow_up", "radio", "follow_up",
        )  # fmt: skip

    def test_without_a_terminal_it_is_refused(
        self, followup: Followup, home: Path, message: str
    ) -> None:
        refused = followup("send", "1", "--channel", "radio", "--file", message, at=None)
        assert refused.exit_code == 1
        assert refused.stderr == ("followup: nobody is there to ask: --yes sends without asking\n")
        assert what_went(home) == []

    def test_the_receipt_as_json(self, followup: Followup, message: str) -> None:
        sent = followup(
            "send", "1", "--channel", "radio", "--file", message, "--yes", "--json", at=None
        )
        assert sent.exit_code == 0
        document = json.loads(sent.stdout)
        assert document.pop("at")
        assert document == {
            "id": 1,
            "sent": True,
            "logged": True,
            "detail": "250 OK",
            "channel": "radio",
            "message_id": "",
            "open_url": "",
            "copy": "",
            "file": None,
        }
        assert sent.stderr == SHOWN

    def test_the_template_goes_where_there_is_no_draft(
        self, followup: Followup, home: Path
    ) -> None:
        drafted = followup.json("draft", "1", at=None)
        followup.done("send", "1", "--channel", "radio", "--yes", at=None)
        sent = "\n".join(what_went(home))
        assert sent == f"dana@globex.example: {drafted['subject']}: {drafted['body']}"

    def test_what_is_piped_in_goes(self, followup: Followup, home: Path) -> None:
        followup.done(
            "send", "1", "-", "--channel", "radio", "--yes", at=None, typed="Is there any news?"
        )
        assert what_went(home) == ["dana@globex.example: : Is there any news?"]

    def test_a_block_is_told_and_needs_a_reason(
        self, followup: Followup, home: Path, message: str
    ) -> None:
        followup.done("log", "1", "interview", "--starts", "3 hours ago", at=None)
        words = ("send", "1", "--channel", "radio", "--file", message, "--yes")
        blocked = followup(*words, at=None)
        assert blocked.exit_code == 1
        assert blocked.stdout.startswith("block  too-early: ")
        assert "--override" in blocked.stderr
        as_json = followup(*words, "--json", at=None)
        assert as_json.exit_code == 1
        assert json.loads(as_json.stdout)["verdicts"][0]["code"] == "too-early"
        assert what_went(home) == []
        followup.done(*words, "--override", "they asked me to", at=None)
        assert followup.json("show", "1", at=None)["events"][-1]["override"] == "they asked me to"

    def test_never_with_a_clock_that_was_set(
        self, followup: Followup, home: Path, message: str
    ) -> None:
        code, line = followup.refused(
            "send", "1", "--channel", "radio", "--file", message, "--yes", at="tomorrow"
        )
        assert (code, line) == (1, "nothing is sent while --at sets the clock: leave it out")
        assert what_went(home) == []

    def test_never_twice_within_a_minute(
        self, followup: Followup, home: Path, message: str
    ) -> None:
        words = ("send", "1", "--channel", "radio", "--file", message, "--yes")
        followup.done(*words, at=None)
        again = followup(*words, "--override", "once more", at=None)
        assert again.exit_code == 1
        assert "went to Dana Lee less than a minute ago: wait" in again.stderr
        followup.done("undo", at=None)
        assert followup(*words, at=None).exit_code == 1
        assert len(what_went(home)) == 1


def test_nobody_made_up_gets_a_letter(home: Path) -> None:
    config = home / "config" / "followup" / "config.toml"
    config.write_text('[channel.email]\nfrom = "sam@poe.example"\nhost = "smtp.poe.example"\n')
    session = Session()
    with throw_away(session) as tracker:
        assert not tracker.sending.sends("email")
    assert session.tracker.sending.sends("email")
    session.close()


class TestTrouble:
    def test_what_could_not_be_sent_is_one_line(
        self, followup: Followup, radio: Callable[[str], None], message: str
    ) -> None:
        radio("raise DeliveryError('550 no such mailbox: correct the contact')")
        failed = followup("send", "1", "--channel", "radio", "--file", message, "--yes", at=None)
        assert failed.exit_code == 3
        assert failed.stderr == "followup: 550 no such mailbox: correct the contact\n"
        shown = followup.done("show", "1", at=None)
        assert "550 no such mailbox" in shown
        assert followup.json("show", "1", at=None)["unconfirmed"] is None

    def test_a_channel_that_crashes_is_set_aside_and_its_message_unconfirmed(
        self, followup: Followup, radio: Callable[[str], None], message: str
    ) -> None:
        radio("os._exit(7)")
        lost = followup("send", "1", "--channel", "radio", "--file", message, "--yes", at=None)
        assert lost.exit_code == 3
        told = "nobody knows whether the message went out, for Radio ended the process (status 7)"
        assert told in lost.stderr
        assert followup.json("due", at=None)[0]["unconfirmed"]
        followup.done("send", "1", "--did-not-go", at=None)

    @pytest.fixture
    def unconfirmed(
        self, due: None, followup: Followup, radio: Callable[[str], None], message: str
    ) -> None:
        """A message of which nobody knows whether it went."""
        radio("raise UnconfirmedError('cut: nobody knows whether it went')")
        lost = followup("send", "1", "--channel", "radio", "--file", message, "--yes", at=None)
        assert lost.exit_code == 3
        assert lost.stderr == "followup: cut: nobody knows whether it went\n"
        radio("pass")

    @pytest.mark.usefixtures("unconfirmed")
    def test_it_is_the_first_thing_to_do(self, followup: Followup) -> None:
        followup.done("add", "Initech", "Admin", "--interview", "9 days ago", at=None)
        followup.done("log", "1", "interview", "--starts", "in 3 days", at=None)
        first, second = followup.done("due", at=None).splitlines()
        assert first.split("  ")[-1] == "▲ unconfirmed: did it go?"
        assert "Initech" in second
        documents = followup.json("due", at=None)
        assert [bool(document["unconfirmed"]) for document in documents] == [True, False]
        shown = followup.done("show", "1", at=None)
        assert "may have gone out" in shown
        assert "`followup send 1 --went` or `--did-not-go`" in shown

    @pytest.mark.usefixtures("unconfirmed")
    def test_it_is_not_sent_again(self, followup: Followup, home: Path, message: str) -> None:
        again = followup("send", "1", "--channel", "radio", "--file", message, "--yes", at=None)
        assert again.exit_code == 1
        assert "`followup send 1 --went` or `--did-not-go`" in again.stderr
        assert what_went(home) == []

    @pytest.mark.usefixtures("unconfirmed")
    def test_it_went(self, followup: Followup) -> None:
        assert "Waiting" in followup.done("send", "1", "--went", at=None)
        (event,) = followup.json("show", "1", at=None)["events"][1:]
        assert event["text"] == "Is there any news?"
        assert followup.json("list", at=None)[0]["unconfirmed"] is None

    @pytest.mark.usefixtures("unconfirmed")
    def test_it_is_no_part_of_what_is_exported(self, followup: Followup, home: Path) -> None:
        exported = followup.done("export", "json", at=None)
        assert "Is there any news?" not in exported
        path = home / "exported.json"
        path.write_text(exported)
        other = ("--store", str(home / "other.json"))
        followup.done(*other, "import", str(path), at=None)
        (document,) = json.loads(followup.done(*other, "list", "--json", at=None))
        assert document["unconfirmed"] is None

    @pytest.mark.usefixtures("unconfirmed")
    def test_it_is_settled_as_json(self, followup: Followup) -> None:
        assert followup.json("send", "1", "--went", at=None)["events"][-1]["event"] == "follow_up"

    @pytest.mark.usefixtures("unconfirmed")
    def test_it_did_not_go(self, followup: Followup, home: Path) -> None:
        assert "Follow up" in followup.done("send", "1", "--did-not-go", at=None)
        followup.done("send", "1", "--yes", at=None)
        assert what_went(home) == ["dana@globex.example: The role: Is there any news?"]

    def test_there_is_nothing_to_settle(self, followup: Followup) -> None:
        for word in ("--went", "--did-not-go"):
            code, line = followup.refused("send", "1", word, at=None)
            assert code == 1
            assert line.startswith("no message is unconfirmed there")


class TestHandOffs:
    def test_the_text_is_printed_and_counts_once_the_user_says_so(
        self, followup: Followup, message: str, answers: list[str]
    ) -> None:
        words = ("send", "1", "--channel", "clipboard", "--file", message)
        not_yet = followup(*words, at=None, typed="y\nn\n")
        assert not_yet.exit_code == 0
        assert not_yet.stdout.endswith("Is there any news?\n")
        assert "once it is sent, `followup send 1 --went`" in not_yet.stderr
        assert followup.json("list", at=None)[0]["stage"] == "due"
        sent = followup(*words, at=None, typed="y\ny\n")
        assert "Waiting" in sent.stdout
        assert followup.json("show", "1", at=None)["events"][-1]["channel"] == "clipboard"

    def test_with_yes_it_is_handed_off_and_not_on_the_timeline(
        self, followup: Followup, message: str
    ) -> None:
        given = followup(
            "send", "1", "--channel", "clipboard", "--file", message, "--yes", "--json", at=None
        )
        document = json.loads(given.stdout)
        assert (document["sent"], document["logged"]) == (False, False)
        assert document["copy"] == "Is there any news?"
        assert followup.json("list", at=None)[0]["stage"] == "due"
        assert "Waiting" in followup.done("send", "1", "--went", at=None)
        assert followup.json("show", "1", at=None)["events"][-1]["text"] == "Is there any news?"
        assert followup.refused("send", "1", "--went", at=None)[0] == 1

    def test_a_draft_file_is_saved(
        self, followup: Followup, home: Path, message: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(handoff, "downloads", lambda: home / "downloads")
        saved = followup("send", "1", "--channel", "eml", "--file", message, "--yes", at=None)
        assert saved.exit_code == 0
        (path,) = (home / "downloads").iterdir()
        assert str(path) in saved.stderr
        assert b"Is there any news?" in path.read_bytes()


class TestAtATerminal:
    def test_stopped_while_it_is_sent_it_is_unconfirmed(
        self, followup: Followup, radio: Callable[[str], None], home: Path, message: str
    ) -> None:
        radio("Path(__file__).with_suffix('.waits').touch(); time.sleep(3600)")
        terminal = Terminal("send", "1", "--channel", "radio", "--file", message)
        terminal.until("Send it?")
        terminal.type("y\n")
        waits = home / "config" / "followup" / "plugins" / "radio.waits"
        while not waits.exists():
            time.sleep(0.005)
        terminal.type("\x03")
        assert terminal.status() == 3
        assert "stopped while it was being sent: nobody knows" in terminal.said
        assert followup.json("due", at=None)[0]["unconfirmed"]

    def test_a_password_is_typed_unseen(self, followup: Followup, home: Path, message: str) -> None:
        config = home / "config" / "followup" / "config.toml"
        with silent_port() as port:
            config.write_text(
                "[channel.email]\n"
                'from = "sam@poe.example"\nhost = "127.0.0.1"\nuser = "sam"\n'
                f"port = {port}\n"
            )
            terminal = Terminal("send", "1", "--channel", "email", "--file", message)
            terminal.until("Send it?")
            terminal.type("y\n")
            terminal.until("Password of sam at 127.0.0.1: ")
            terminal.type("canary-91\n")
            assert terminal.status() == 3
        assert "takes no connections" in terminal.said
        assert "canary" not in terminal.said
        for path in home.rglob("*"):
            assert path.is_dir() or b"canary" not in path.read_bytes()

    def test_without_a_terminal_nobody_can_type_it(
        self, followup: Followup, home: Path, message: str
    ) -> None:
        config = home / "config" / "followup" / "config.toml"
        config.write_text(
            '[channel.email]\nfrom = "sam@poe.example"\nhost = "127.0.0.1"\nuser = "sam"\n'
        )
        refused = followup("send", "1", "--channel", "email", "--file", message, "--yes", at=None)
        assert refused.exit_code == 1
        assert "Password of sam at 127.0.0.1: nobody is there to type it" in refused.stderr
