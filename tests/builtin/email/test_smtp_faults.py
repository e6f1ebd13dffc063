"""What goes wrong while sending: surely not sent, or nobody knows, and never half."""

from __future__ import annotations

import re
import time
from typing import Any

import msgspec
import pytest

from followup.api import Contact, DeliveryError, Message, Secret, UnconfirmedError
from followup.builtin.email import Email, smtp
from followup.builtin.email.settings import EmailSettings
from smtp_servers import CUT, HANG, PASSWORD, USER, Authority, ScriptedServer, silent_port

DANA = Contact(name="Dana", email="dana@globex.example")
MESSAGE = Message(subject="The role", body="Any news?")


def settings(port: int, **more: Any) -> EmailSettings:
    table = {
        "from": USER,
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "timeout_seconds": 0.3,
    }
    return msgspec.convert({**table, **more}, EmailSettings)


def fault_of(script: dict[str, bytes], **more: Any) -> tuple[DeliveryError, list[str]]:
    """What comes of a server that acts so, and the commands that it heard."""
    with ScriptedServer(script) as server:
        with pytest.raises(DeliveryError) as refusal:
            Email().send(MESSAGE, DANA, settings(server.port, **more))
        assert "\n" not in str(refusal.value)
        return refusal.value, server.heard


@pytest.mark.parametrize("stage", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"451 4.3.0 Come back\x1b[31m later", "451 4.3.0 Come back[31m later; try again later"),
        (b"550-5.7.1 No\r\n550 5.7.1 way", "550 5.7.1 No 5.7.1 way; see what it says"),
        (b"nonsense", "; see what it says"),
        (CUT, "127.0.0.1 hung up: try again later"),
        (HANG, "127.0.0.1 did not answer in time: try again later"),
    ],
)
def test_before_the_letter_it_is_surely_not_sent(stage: str, answer: bytes, told: str) -> None:
    fault, heard = fault_of({stage: answer, "HELO": answer})
    assert not isinstance(fault, UnconfirmedError)
    assert str(fault).startswith("nothing was sent: 127.0.0.1 ")
    assert str(fault).endswith(told)
    assert "." not in heard


@pytest.mark.parametrize(
    ("stage", "what"),
    [
        ("MAIL", f"refused the sender {USER}: 550"),
        ("RCPT", "refused the recipient dana@globex.example: 550"),
        ("DATA", "refused the message: 550"),
        (".", "refused the message: 550"),
    ],
)
def test_a_refusal_says_what_was_refused(stage: str, what: str) -> None:
    fault, _ = fault_of({stage: b"550 5.1.1 Nobody here"})
    assert what in str(fault)


def test_a_refused_copy_for_oneself_is_a_refusal_of_all() -> None:
    class Choosy(ScriptedServer):
        """Takes Dana, and not the copy."""

        def _says(self, connection: Any, word: str) -> bool:
            if word == "RCPT" and USER in self.heard[-1]:
                connection.sendall(b"550 5.1.1 Not you\r\n")
                return True
            return super()._says(connection, word)

    with Choosy({}) as server:
        with pytest.raises(DeliveryError, match=f"refused the recipient {re.escape(USER)}"):
            Email().send(MESSAGE, DANA, settings(server.port, bcc_self=True))
        assert "DATA" not in server.heard


@pytest.mark.parametrize("answer", [b"451 4.3.0 Disk full", b"554 5.6.0 Spam", b"421 Going down"])
def test_a_letter_that_is_refused_in_the_end_is_surely_not_sent(answer: bytes) -> None:
    fault, heard = fault_of({".": answer})
    assert not isinstance(fault, UnconfirmedError)
    assert answer.decode() in str(fault)
    assert "." in heard


def test_a_line_that_is_cut_while_it_is_secured_is_told(authority: Authority) -> None:
    with ScriptedServer({"greeting": CUT}) as server:
        account = settings(server.port, security="tls")
        with pytest.raises(DeliveryError, match=r"no TLS with 127\.0\.0\.1 |no connection to"):
            Email().send(MESSAGE, DANA, account)


@pytest.mark.parametrize("answer", [CUT, HANG, b"nonsense", b"354 Go on", b"250 " + b"x" * 10_000])
def test_once_the_letter_is_complete_silence_is_doubt(answer: bytes) -> None:
    fault, heard = fault_of({".": answer})
    assert isinstance(fault, UnconfirmedError)
    assert "did not say whether it took the message" in str(fault)
    assert "look into your mailbox before you send it again" in str(fault)
    assert "." in heard


def test_a_line_that_is_cut_within_the_letter_is_no_doubt() -> None:
    class Rude(ScriptedServer):
        """Goes away as soon as the letter begins."""

        def _says(self, connection: Any, word: str) -> bool:
            said = super()._says(connection, word)
            if word == "DATA":
                connection.recv(10)
                return False
            return said

    # More than the line holds while nobody reads.
    long = b"many words\r\n" * 3_000_000
    envelope = smtp.Envelope(sender=USER, recipients=(DANA.email,))
    with Rude({}) as server, pytest.raises(DeliveryError, match="hung up") as refusal:
        smtp.send(long, envelope, settings(server.port, timeout_seconds=20), None)
    assert not isinstance(refusal.value, UnconfirmedError)
    assert "." not in server.heard


@pytest.mark.parametrize("goodbye", [CUT, HANG, b"500 No", b"nonsense"])
def test_what_was_taken_is_sent_however_the_goodbye_goes(
    goodbye: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("followup.builtin.email.smtp.GOODBYE_SECONDS", 0.3)
    with ScriptedServer({"QUIT": goodbye}) as server:
        assert Email().send(MESSAGE, DANA, settings(server.port)).sent
        assert server.heard[-1].upper() == "QUIT"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"535 5.7.8 Bad", f"refused the user {USER} or the password (535 5.7.8): check both"),
        (b"454 4.7.0 Later", "the password (454 4.7.0)"),
        (b"535 you said " + PASSWORD.encode(), "the password (535): check both"),
        (CUT, "hung up"),
        (HANG, "did not answer in time"),
    ],
)
def test_a_login_that_fails_is_told_without_the_password(
    authority: Authority, answer: bytes, told: str
) -> None:
    with ScriptedServer({"AUTH": answer}, authority.context("127.0.0.1")) as server:
        account = settings(
            server.port, security="tls", user=USER, ca_file=str(authority.file), timeout_seconds=2
        )
        with pytest.raises(DeliveryError) as refusal:
            Email().send(MESSAGE, DANA, account, Secret(PASSWORD))
        assert told in str(refusal.value)
        assert PASSWORD not in str(refusal.value)
        assert not any(line.startswith(("MAIL", "mail")) for line in server.heard)


def test_a_server_without_logins_is_told(authority: Authority) -> None:
    script = {"EHLO": b"250 mail.test"}
    with ScriptedServer(script, authority.context("127.0.0.1")) as server:
        account = settings(server.port, security="tls", user=USER, ca_file=str(authority.file))
        with pytest.raises(DeliveryError, match="offers no way to log in with this password"):
            Email().send(MESSAGE, DANA, account, Secret(PASSWORD))


def test_a_known_provider_comes_with_its_hint(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "followup.builtin.email.providers.hint_for", lambda settings: "make an app password"
    )
    script = {"AUTH": b"535 5.7.8 Bad"}
    with ScriptedServer(script, authority.context("127.0.0.1")) as server:
        account = settings(server.port, security="tls", user=USER, ca_file=str(authority.file))
        with pytest.raises(DeliveryError, match=r"\(535 5\.7\.8\): make an app password$"):
            Email().send(MESSAGE, DANA, account, Secret(PASSWORD))


def test_a_server_that_is_not_there_is_told() -> None:
    with silent_port() as port, pytest.raises(DeliveryError) as refusal:
        Email().send(MESSAGE, DANA, settings(port))
    assert str(refusal.value) == (
        f"nothing was sent: 127.0.0.1 takes no connections on port {port}: check host and port"
    )
    nowhere = settings(25, host="no-such-host.invalid", security="tls", timeout_seconds=20)
    with pytest.raises(DeliveryError, match=r"no-such-host\.invalid cannot be found"):
        Email().send(MESSAGE, DANA, nowhere)


def test_a_silent_server_holds_nobody_up_for_ever(authority: Authority) -> None:
    began = time.monotonic()
    with (
        ScriptedServer({"greeting": HANG}) as server,
        pytest.raises(DeliveryError, match="in time"),
    ):
        Email().send(MESSAGE, DANA, settings(server.port, timeout_seconds=0.2))
    with ScriptedServer({"greeting": HANG}) as server:  # it waits for a handshake all the same
        account = settings(server.port, security="tls", timeout_seconds=0.2)
        with pytest.raises(DeliveryError, match=r"did not answer within 0\.2 s"):
            Email().send(MESSAGE, DANA, account)
    assert time.monotonic() - began < 60
