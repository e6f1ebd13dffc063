"""Drafts in the user's own mailbox, on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import msgspec
import pytest

from followup.api import Contact, DeliveryError, InputError, Message, Receipt, Secret
from followup.builtin.email import ServerDraft
from followup.builtin.email.imap import check
from followup.builtin.email.settings import ServerDraftSettings
from mail import dovecot
from mail.dovecot import CANARY, USER, Dovecot
from smtp_servers import Authority, ScriptedServer, silent_port

DANA = Contact(name="Lee, Dana", email="dana@globex.example")
MESSAGE = Message(subject="Rôle 😀", body="Hi Dana,\n\nany news?")

pytestmark = dovecot.needed


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.running() as server:
        yield server


def settings(server: Dovecot, **more: Any) -> ServerDraftSettings:
    table = {
        "from": "Sam Poe <sam@poe.example>",
        "host": "localhost",
        "port": server.starttls if more.get("security") == "starttls" else server.tls,
        "user": USER,
        "ca_file": str(server.authority),
        "timeout_seconds": 20,
    }
    return msgspec.convert({**table, **more}, ServerDraftSettings)


def drafts(server: Dovecot, folder: str) -> list[tuple[bytes, bytes]]:
    """What a folder has, each with its flags."""
    with server.opened() as client:
        client.select(folder, readonly=True)
        _, data = client.fetch("1:*", "(FLAGS BODY.PEEK[])")
        return [(item[0], item[1]) for item in data if isinstance(item, tuple)]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_draft_is_where_the_server_keeps_them(server: Dovecot, security: str) -> None:
    account = settings(server, security=security)
    assert not ServerDraft().sends(account)
    receipt = ServerDraft().send(MESSAGE, DANA, account, Secret(CANARY))
    assert receipt.detail == "saved in Entwürfe: send it from your mail program"
    assert receipt == Receipt(detail=receipt.detail)
    flags, content = drafts(server, "Entw&APw-rfe")[-1]
    assert b"\\Draft" in flags
    assert content == ServerDraft().compose(MESSAGE, DANA, account)
    mail = message_from_bytes(content, policy=default)
    assert mail["Subject"] == "Rôle 😀"
    assert mail["From"] == "Sam Poe <sam@poe.example>"
    assert "X-Unsent" not in mail


def test_a_draft_goes_where_it_is_told_to(server: Dovecot) -> None:
    account = settings(server, folder="Gesendet")
    assert "Gesendet" in ServerDraft().send(MESSAGE, DANA, account, Secret(CANARY)).detail
    assert len(drafts(server, "Gesendet")) == 1


def test_a_folder_that_is_not_there_is_told(server: Dovecot) -> None:
    account = settings(server, folder="Nowhere")
    with pytest.raises(DeliveryError) as refusal:
        ServerDraft().send(MESSAGE, DANA, account, Secret(CANARY))
    assert str(refusal.value).startswith("no draft was saved: localhost refused it (")
    assert "check security, and `folder`, the folder of drafts" in str(refusal.value)


def test_a_check_saves_nothing(server: Dovecot) -> None:
    before = server.state()
    said = check(settings(server), Secret(CANARY))
    assert said == f"localhost: encrypted, logged in as {USER}; drafts go to Entwürfe"
    assert server.state() == before


def refused(account: ServerDraftSettings, password: str = CANARY) -> str:
    with pytest.raises(DeliveryError) as refusal:
        ServerDraft().send(MESSAGE, DANA, account, Secret(password))
    said = str(refusal.value)
    assert said.startswith("no draft was saved: ")
    assert "\n" not in said
    assert password not in said
    return said


@pytest.mark.parametrize("password", ["wrong-canary", "wrong-cänäry"])
def test_a_wrong_password_is_told_without_it(server: Dovecot, password: str) -> None:
    said = refused(settings(server), password)
    assert said.endswith(f"localhost refused the user {USER} or the password: check both")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_what_is_not_trusted_gets_nothing(
    server: Dovecot, authority: Authority, security: str
) -> None:
    other = settings(server, security=security, ca_file=str(authority.file))
    assert "the certificate of localhost is not trusted" in refused(other)
    other = settings(server, security=security, host="127.0.0.1")
    assert "the certificate that 127.0.0.1 shows is for another host" in refused(other)


def test_starttls_that_is_not_offered_ends_it(server: Dovecot) -> None:
    class Plain(ScriptedServer):
        """A server of IMAP without STARTTLS, which keeps what it hears."""

        def _talk(self, connection: Any) -> None:
            connection.sendall(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n")
            for line in connection.makefile("rb"):
                tag, command, *_ = line.decode().split()
                self.heard.append(command)
                said = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" if command == "CAPABILITY" else ""
                connection.sendall(f"{said}{tag} OK done\r\n".encode())

    with Plain({}) as plain:
        assert "refused it (" in refused(settings(server, security="starttls", port=plain.port))
        assert set(plain.heard) <= {"CAPABILITY", "LOGOUT"}


def test_a_server_that_is_not_there_is_told(server: Dovecot) -> None:
    with silent_port() as port:
        said = refused(settings(server, port=port))
        assert said.endswith(f"localhost takes no connections on port {port}: check host and port")


def test_what_is_missing_is_told(server: Dovecot, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="names no host and user: `followup config mail`"):
        ServerDraft().send(MESSAGE, DANA, ServerDraftSettings())
    with pytest.raises(InputError, match="nobody was there to type the password"):
        ServerDraft().send(MESSAGE, DANA, settings(server))
    broken = settings(server, ca_file=str(tmp_path / "none.pem"))
    with pytest.raises(InputError, match=r"ca_file .*none\.pem cannot be used"):
        ServerDraft().send(MESSAGE, DANA, broken, Secret(CANARY))
