"""Sending by real servers: encrypted, logged in, and to nobody but those who were shown."""

from __future__ import annotations

import shlex
import socket
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from followup.api import Contact, DeliveryError, InputError, Message, Secret, Thread
from followup.builtin.email import Email
from followup.builtin.email.settings import EmailSettings
from followup.builtin.email.smtp import check
from followup.testing import check_channel
from smtp_servers import PASSWORD, USER, Authority, MailServer, Wire

DANA = Contact(name="Lee, Dana", email="dana@globex.example")
MESSAGE = Message(
    subject="Re: Rôle 😀",
    body="Hi Dana,\n\n.any news?\nFrom there?\n..",
    thread=Thread(
        message_id="<c@poe.example>",
        references=("<a@poe.example>",),
        at=datetime(2026, 3, 10, 12, tzinfo=UTC),
    ),
)


def settings(port: int, authority: Authority | None = None, **more: Any) -> EmailSettings:
    table = {"from": f"Sam Poe <{USER}>", "host": "localhost", "port": port, "timeout_seconds": 20}
    if authority:
        table |= {"user": USER, "ca_file": str(authority.file)}
    return msgspec.convert({**table, **more}, EmailSettings)


@pytest.fixture(params=["tls", "starttls"])
def security(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def server_of(authority: Authority, security: str, *names: str, **more: Any) -> MailServer:
    how: dict[str, Any] = {security: authority.context(*(names or ("localhost",)))}
    return MailServer(**how, **more)


def test_the_server_gets_exactly_what_was_composed(authority: Authority, security: str) -> None:
    with server_of(authority, security) as server:
        account = settings(server.port, authority, security=security)
        receipt = Email().send(MESSAGE, DANA, account, Secret(PASSWORD))
        (letter,) = server.letters
        assert letter.content == Email().compose(MESSAGE, DANA, account)
        assert (letter.sender, letter.recipients) == (USER, ("dana@globex.example",))
        assert receipt.sent
        assert receipt.detail == "localhost took it for dana@globex.example"


def test_nobody_learns_what_this_machine_is_called(
    authority: Authority, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ask in ("getfqdn", "gethostname"):
        monkeypatch.setattr(socket, ask, lambda *_: "canary.machine.example")
    with server_of(authority, security) as server:
        account = settings(server.port, authority, security=security)
        Email().send(MESSAGE, DANA, account, Secret(PASSWORD))
        assert set(server.hellos) == {"[127.0.0.1]"}
        assert b"canary" not in server.letters[0].content
        assert Email().domain(account) == "poe.example"


def test_a_copy_for_oneself_is_in_no_header(authority: Authority) -> None:
    with server_of(authority, "tls") as server:
        account = settings(server.port, authority, bcc_self=True)
        Email().send(MESSAGE, DANA, account, Secret(PASSWORD))
        (letter,) = server.letters
        assert letter.recipients == ("dana@globex.example", USER)
        assert b"bcc" not in letter.content.lower()
        Email().send(MESSAGE, Contact(email=USER), account, Secret(PASSWORD))
        assert server.letters[1].recipients == (USER,)


@pytest.mark.parametrize(("mechanism", "password"), [("LOGIN", "plain-5f1e"), ("PLAIN", PASSWORD)])
def test_it_logs_in_as_the_server_offers(
    authority: Authority, mechanism: str, password: str
) -> None:
    with server_of(authority, "tls", mechanisms=(mechanism,), password=password) as server:
        Email().send(MESSAGE, DANA, settings(server.port, authority), Secret(password))
        assert server.logins == [mechanism]
        assert len(server.letters) == 1


def test_the_password_comes_from_a_command(authority: Authority) -> None:
    code = f"import os; os.write(1, {PASSWORD!r}.encode())"
    command = shlex.join([sys.executable, "-c", code])
    with server_of(authority, "tls") as server:
        account = settings(server.port, authority, password_command=command)
        assert not Email().asks(account)
        assert Email().send(MESSAGE, DANA, account).sent


def test_without_any_password_it_asks_and_sends_nothing(authority: Authority) -> None:
    with server_of(authority, "tls") as server:
        account = settings(server.port, authority)
        assert Email().asks(account) == f"Password of {USER} at localhost"
        with pytest.raises(InputError, match="nobody was there to type the password"):
            Email().send(MESSAGE, DANA, account)
        assert not server.logins


def test_this_machine_alone_may_do_without_tls() -> None:
    with MailServer(anonymous=True) as server:
        account = settings(server.port, security="none")
        assert Email().send(MESSAGE, DANA, account).sent
        assert len(server.letters) == 1


def test_an_address_of_any_script_goes_where_the_server_takes_it(authority: Authority) -> None:
    dana = Contact(name="Dänä", email="dänä@bücher.example")
    with server_of(authority, "tls", utf8=True) as server:
        account = settings(server.port, authority)
        Email().send(MESSAGE, dana, account, Secret(PASSWORD))
        assert server.letters[0].recipients == ("dänä@xn--bcher-kva.example",)
        assert server.letters[0].content == Email().compose(MESSAGE, dana, account)
    with server_of(authority, "tls") as server:
        with pytest.raises(DeliveryError, match="takes no addresses with letters beyond ASCII"):
            Email().send(MESSAGE, dana, settings(server.port, authority), Secret(PASSWORD))
        assert not server.letters


def test_it_keeps_the_contract_of_a_channel(authority: Authority) -> None:
    with server_of(authority, "tls", password="x", anonymous=True) as server:
        check_channel(Email(), settings(server.port, authority, user=""))
        assert {letter.recipients for letter in server.letters} == {("dana@globex.example",)}


def test_a_check_sends_nothing_and_says_how_it_went(authority: Authority, security: str) -> None:
    with server_of(authority, security) as server:
        account = settings(server.port, authority, security=security)
        said = check(account, Secret(PASSWORD))
        assert said == (f"localhost: encrypted (TLSv1.3), logged in as {USER}; nothing was sent")
        assert server.logins
        assert not server.letters


class TestWhatIsNotTrusted:
    """No password and no letter gets onto a line that is not verified, or not encrypted."""

    def refused(self, account: EmailSettings) -> str:
        with pytest.raises(DeliveryError) as refusal:
            Email().send(MESSAGE, DANA, account, Secret(PASSWORD))
        said = str(refusal.value)
        assert said.startswith("nothing was sent: ")
        assert "\n" not in said
        return said

    def test_an_unknown_certificate(self, authority: Authority, security: str) -> None:
        with server_of(authority, security) as server, Wire(server.port) as wire:
            account = settings(wire.port, security=security, user=USER)
            assert "the certificate of localhost is not trusted" in self.refused(account)
            assert not server.logins

    def test_a_certificate_of_another_host(self, authority: Authority, security: str) -> None:
        with server_of(authority, security, "mail.evil.example") as server:
            account = settings(server.port, authority, security=security)
            assert "localhost shows is for another host" in self.refused(account)
            account = settings(server.port, authority, security=security, host="127.0.0.1")
            assert "127.0.0.1 shows is for another host" in self.refused(account)
            assert not server.logins

    def test_starttls_that_is_taken_out_on_the_way(self, authority: Authority) -> None:
        def strip(said: bytes) -> bytes:
            return said.replace(b"250-STARTTLS\r\n", b"").replace(b"250 STARTTLS", b"250 HELP")

        with server_of(authority, "starttls") as server, Wire(server.port, strip) as wire:
            account = settings(wire.port, authority, security="starttls")
            assert "localhost offers no STARTTLS" in self.refused(account)
            assert wire.sent.upper().split(b"\r\n")[0].startswith(b"EHLO")
            assert b"AUTH" not in wire.sent.upper()
            assert b"MAIL" not in wire.sent.upper()

    def test_starttls_that_is_refused(self, authority: Authority) -> None:
        def refuse(said: bytes) -> bytes:
            return b"454 4.7.0 Not now\r\n" if said.startswith(b"220 Ready") else said

        with server_of(authority, "starttls") as server, Wire(server.port, refuse) as wire:
            account = settings(wire.port, authority, security="starttls")
            assert "454 4.7.0 Not now" in self.refused(account)
            assert b"AUTH" not in wire.sent.upper()

    def test_tls_where_the_server_speaks_none(self) -> None:
        with MailServer(anonymous=True) as server:
            account = settings(server.port, user=USER)
            assert f"localhost speaks no TLS on port {server.port}" in self.refused(account)

    def test_a_wrong_password(self, authority: Authority, security: str) -> None:
        with server_of(authority, security, password="another") as server:
            account = settings(server.port, authority, security=security)
            said = self.refused(account)
            assert f"localhost refused the user {USER} or the password (535 5.7.8)" in said
            assert said.endswith(": check both")
            assert server.logins == ["PLAIN"]
            assert not server.letters

    def test_a_password_that_the_server_cannot_take(self, authority: Authority) -> None:
        with server_of(authority, "tls", mechanisms=("LOGIN",)) as server:
            said = self.refused(settings(server.port, authority))
            assert "localhost offers no way to log in with this password" in said

    def test_what_goes_over_the_wire_tells_nothing(
        self, authority: Authority, security: str
    ) -> None:
        with server_of(authority, security) as server, Wire(server.port) as wire:
            account = settings(wire.port, authority, security=security)
            Email().send(MESSAGE, DANA, account, Secret(PASSWORD))
            assert len(server.letters) == 1
            for told in (b"AUTH", b"MAIL", b"dana", b"news", USER.encode(), PASSWORD.encode()):
                assert told not in wire.sent
