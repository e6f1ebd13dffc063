"""The mailbox on a real server: what is new is read, and nothing in it changes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import DANA, HOUR, HandClock
from followup.config import Config
from followup.domain.errors import InputError, MailboxError
from followup.domain.events import Reply
from followup.domain.mailbox import FolderMark
from followup.domain.message import Message, Thread
from followup.domain.outbox import Intent
from followup.domain.secret import Secret
from followup.domain.stage import Stage
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.mail.imap import Mailbox, password_of
from followup.store.repository import Repository
from followup.tracker import Tracker
from mail.dovecot import CANARY, USER, Dovecot, needed, running
from mail.post import NOW, OURS, mail, pursued

READ_ONLY = ("STATUS ", "EXAMINE ", "LIST ", "UID SEARCH ", "UID FETCH ", "LOGOUT", "CAPABILITY")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

pytestmark = needed


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with running() as dovecot:
        yield dovecot


@pytest.fixture
def mailbox(server: Dovecot) -> Iterator[Dovecot]:
    """The server, its folders empty."""
    yield server
    with server.opened() as client:
        for folder in ("INBOX", "Gesendet"):
            _, (count,) = client.select(folder)
            if count and int(count):
                client.store("1:*", "+FLAGS", "\\Deleted")
                client.expunge()
    server.forget_commands()


def tracker_of(server: Dovecot, folder: Path, **settings: object) -> Tracker:
    command = f"cat {server.home}/password"
    (server.home / "password").write_text(CANARY, encoding="utf-8")
    given = {"password_command": command, **settings}
    config = Config(replies=server.settings(**given))
    host = PluginHost(builtin_plugins("0"))
    return Tracker(Repository(folder / "followup.json"), host, config, HandClock(NOW))


@pytest.fixture
def tracker(mailbox: Dovecot, tmp_path: Path) -> Iterator[Tracker]:
    tracker = tracker_of(mailbox, tmp_path)
    tracker.add(pursued())
    yield tracker
    tracker.close()


def test_an_answer_stops_the_sequence_and_is_heard_once(mailbox: Dovecot, tracker: Tracker) -> None:
    mailbox.put(mail("Hi Sam, we decide on Friday.", in_reply_to=OURS))
    mailbox.put(mail("Lunch?", sender="mum@home.example", number="2"))
    heard = tracker.hearing.listen()
    assert [str(one.heard.kind) for one in heard.news] == ["reply"]
    assert heard.looked_at == 2
    assert tracker.card(1).stage is Stage.REPLIED
    assert tracker.hearing.listen().looked_at == 0  # only what is new is looked at


def test_nothing_in_the_mailbox_changes(mailbox: Dovecot, tracker: Tracker) -> None:
    for number in ("1", "2", "3"):
        mailbox.put(mail("Hi Sam", in_reply_to=OURS, number=number))
    with mailbox.opened() as client:
        client.select("INBOX")
        client.store("2", "+FLAGS", "(\\Flagged $Label1)")
    mailbox.put(mail("New and recent", in_reply_to=OURS, number="4"))
    before = mailbox.state()
    assert any("new/" in str(one) for one in before)  # one that no client has seen yet
    mailbox.forget_commands()
    tracker.hearing.listen()
    assert mailbox.state() == before
    commands = mailbox.commands()
    assert commands
    assert [one for one in commands if not one.startswith(READ_ONLY)] == []
    assert [one for one in commands if "BODY[" in one] == []


def test_bodies_are_read_only_of_what_may_matter(mailbox: Dovecot, tracker: Tracker) -> None:
    mailbox.put(mail("Lunch?", sender="mum@home.example", number="1"))
    mailbox.put(mail("Hi Sam", number="2"))
    mailbox.forget_commands()
    tracker.hearing.listen()
    fetched = [one for one in mailbox.commands() if "BODY.PEEK[]" in one]
    assert len(fetched) == 1


def test_folders_that_were_made_anew_are_read_anew(mailbox: Dovecot) -> None:
    mailbox.put(mail("Hi Sam"))
    with Mailbox(mailbox.settings(), Secret(CANARY)) as box:
        stale = FolderMark(validity=1, last_uid=10_000)
        fresh = box.new_in("INBOX", stale, LONG_AGO)
        assert len(fresh.uids) == 1
        assert box.new_in("INBOX", fresh.mark, LONG_AGO).uids == ()


def test_a_doubtful_message_is_found_in_the_sent_folder(mailbox: Dovecot) -> None:
    mailbox.put(mail("Hello", number="sent"), "Gesendet")  # marked by the server, not by name
    with Mailbox(mailbox.settings(), Secret(CANARY)) as box:
        wanted = ["<sent@globex.example>", "<lost@globex.example>", '<"odd>', ""]
        assert list(box.found_sent(wanted)) == ["<sent@globex.example>"]
        assert list(box.found_sent([])) == []


def test_what_is_in_the_sent_folder_was_sent(mailbox: Dovecot, tracker: Tracker) -> None:
    thread = Thread(message_id="<doubtful@globex.example>", at=NOW)
    intent = Intent(
        application_id=1,
        message=Message(body="Any news?", thread=thread),
        channel="email",
        contact=DANA,
        at=NOW - 2 * HOUR,
        until=NOW - HOUR,
        process=1,
    )
    with tracker.repository.change("send", NOW) as changes:
        changes.post(intent)
    assert tracker.hearing.listen().confirmed == ()
    mailbox.put(mail("Any news?", number="doubtful"), "Gesendet")
    assert tracker.hearing.listen(dry_run=True).confirmed == ()
    assert tracker.hearing.listen().confirmed == (1,)
    assert not tracker.outbox.unconfirmed()


def test_the_password_is_nowhere(
    mailbox: Dovecot, tracker: Tracker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.put(mail("Hi Sam", in_reply_to=OURS))
    caplog.set_level(0)
    tracker.hearing.listen()
    tracker.repository.close()
    kept = [one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()]
    assert kept
    assert not any(CANARY.encode() in one for one in kept)
    assert CANARY not in f"{caplog.text}{tracker.config!r}{vars(tracker.hearing)}"


def test_starttls_is_verified_like_tls(mailbox: Dovecot) -> None:
    settings = mailbox.settings(port=mailbox.starttls, security="starttls")
    with Mailbox(settings, Secret(CANARY)) as box:
        assert box.new_in("INBOX", None, LONG_AGO).uids == ()


def test_no_line_is_left_open_where_starttls_fails(mailbox: Dovecot) -> None:
    over = threading.Event()

    def serve(server: socket.socket) -> None:
        """Offer no STARTTLS, and wait for the end of the line."""
        client, _ = server.accept()
        with client, client.makefile("rb") as lines:
            client.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in lines:
                tag = line.split()[0]
                client.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
        over.set()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=[server], daemon=True)
        thread.start()
        settings = mailbox.settings(
            host="127.0.0.1", port=server.getsockname()[1], security="starttls"
        )
        with pytest.raises(MailboxError) as caught:
            Mailbox(settings, Secret(CANARY)).__enter__()
        # What was raised is held, and with it whatever its frames have left open.
        assert over.wait(10), caught
        thread.join()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"ca_file": ""}, "is not trusted"),
        ({"host": "127.0.0.1"}, "is for another host"),
        ({"port": 1}, "takes no connections on port 1"),
        ({"host": "nowhere.invalid"}, "cannot be found"),
        ({"folders": ("Nope",)}, "does not open a folder"),
    ],
)
def test_trouble_is_told_in_one_line(
    mailbox: Dovecot, tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    tracker = tracker_of(mailbox, tmp_path, **changed)
    with pytest.raises(MailboxError, match=told) as caught:
        tracker.hearing.listen()
    assert "\n" not in str(caught.value)
    assert CANARY not in str(caught.value)
    tracker.close()


def test_a_wrong_password_is_told_without_it(mailbox: Dovecot) -> None:
    with pytest.raises(MailboxError, match=f"refused the user {USER}") as caught:
        Mailbox(mailbox.settings(), Secret("wrong-4711")).__enter__()
    assert "4711" not in str(caught.value)
    assert caught.value.__context__ is None  # what the server said may repeat the password


def test_there_has_to_be_a_password(mailbox: Dovecot) -> None:
    with pytest.raises(InputError, match="set password_command"):
        password_of(mailbox.settings())


class Rude:
    """A server that greets, and then says nothing more or hangs up."""

    def __init__(self, *, hangs: bool) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._hangs, self._over = hangs, threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        client, _ = self._socket.accept()
        with client:
            client.sendall(b"* OK ready\r\n")
            client.recv(1000)
            if self._hangs:
                self._over.wait(30)

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()


@pytest.mark.parametrize(("hangs", "told"), [(True, "did not answer"), (False, "broke")])
def test_a_server_that_hangs_or_drops_is_let_go(mailbox: Dovecot, hangs: bool, told: str) -> None:
    rude = Rude(hangs=hangs)
    settings = mailbox.settings(
        host="127.0.0.1", port=rude.port, security="none", timeout_seconds=0.3
    )
    with pytest.raises(MailboxError, match=told):
        Mailbox(settings, Secret("x")).__enter__()
    rude.close()


def test_the_time_of_a_reply_is_its_date_but_no_later_than_it_came(
    mailbox: Dovecot, tracker: Tracker
) -> None:
    mailbox.put(mail("Hi", in_reply_to=OURS, date="Wed, 11 Mar 2099 09:00:00 +0100"))
    tracker.hearing.listen()
    (reply,) = [one for one in tracker.application(1).events if isinstance(one, Reply)]
    assert reply.at == NOW
