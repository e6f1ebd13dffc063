"""What is sent to Twilio, and what becomes of each of its answers."""

from __future__ import annotations

import errno
import shlex
import socket
import ssl
import sys
import traceback
from base64 import b64encode
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import trustme
from msgspec.structs import replace

from followup.api import Contact, DeliveryError, InputError, Message, Receipt, UnconfirmedError
from followup_sms import TwilioSettings, TwilioText
from followup_sms.post import MOST_READ
from followup_sms.twilio import PAUSES
from twilio_server import ACCOUNT, FROM, MESSAGE, TO, TOKEN, Handler, Twilio, created, serving

PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
BASIC = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
SERVICE = "MG" + "0123456789abcdef" * 2
DANA = Contact(name="Dana Lee", phone="+49 171 1234567")
NEWS = Message(subject="Our talk", body="Any news – 50 % & more?\nÜ")
PRINTS_TOKEN = shlex.join([sys.executable, "-c", f"print('{TOKEN[::-1]}'[::-1])"])
QUEUED = created(to=TO, sender=FROM, text=NEWS.body)


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with serving() as server:
        yield server


class Sender:
    """The channel with its settings; it waits for nothing and remembers how long it should."""

    def __init__(self, url: str) -> None:
        self.settings = TwilioSettings(
            account_sid=ACCOUNT, from_number=FROM, token_command=PRINTS_TOKEN, api_url=url
        )
        self.pauses: list[float] = []

    def send(self, message: Message = NEWS, contact: Contact = DANA, **changes: Any) -> Receipt:
        settings = replace(self.settings, **changes)
        return TwilioText(self.pauses.append).send(message, contact, settings)

    def complaint(self, kind: type[DeliveryError], **changes: Any) -> str:
        """What is said where it is not sent; neither it nor what led to it has the token."""
        with pytest.raises(DeliveryError) as refusal:
            self.send(**changes)
        assert type(refusal.value) is kind
        traced = traceback.TracebackException.from_exception(refusal.value, capture_locals=True)
        shown = "".join(traced.format())
        assert not [secret for secret in (TOKEN, BASIC) if secret in shown]
        assert "\n" not in str(refusal.value)
        return str(refusal.value)


@pytest.fixture
def sender(twilio: Twilio) -> Sender:
    return Sender(twilio.url)


def test_what_twilio_accepts_is_sent(twilio: Twilio, sender: Sender) -> None:
    assert sender.send() == Receipt(
        sent=True, detail=f"accepted by Twilio for +491711234567 as {MESSAGE}"
    )
    (received,) = twilio.received
    assert received.path == PATH
    assert received.form == {"To": TO, "From": FROM, "Body": "Any news – 50 % & more?\nÜ"}


def test_a_messaging_service_sends_in_place_of_a_number(twilio: Twilio, sender: Sender) -> None:
    assert sender.send(from_number="", messaging_service_sid=SERVICE).sent
    (received,) = twilio.received
    assert received.form == {"To": TO, "MessagingServiceSid": SERVICE, "Body": NEWS.body}


def test_a_number_without_a_country_is_of_the_region(twilio: Twilio, sender: Sender) -> None:
    sender.send(contact=Contact(phone="0171 1234567"), region="DE")
    assert twilio.received[0].form["To"] == TO


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("+15005550002", "no message gets from your sender to that number"),
        ("+15005550003", "your account may not write to that country"),
        ("+15005550004", "the contact answered STOP"),
        ("+15005550009", "the contact's number cannot get text messages"),
    ],
)
def test_a_refused_recipient_is_told_in_plain_words(
    twilio: Twilio, sender: Sender, phone: str, said: str
) -> None:
    complaint = sender.complaint(DeliveryError, contact=Contact(phone=phone))
    assert complaint.startswith(f"Twilio refused it: {said}")
    assert len(twilio.received) == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+15005550001", "from_number cannot send text messages: give one of your"),
        ("+15005550007", "from_number cannot send text messages: give one of your"),
        ("+15005550008", "too many messages for now: try again later"),
    ],
)
def test_a_refused_sender_is_told_in_plain_words(sender: Sender, number: str, said: str) -> None:
    assert said in sender.complaint(DeliveryError, from_number=number)


@pytest.mark.parametrize(("body", "said"), [("", "write something"), ("x" * 1601, "cut it")])
def test_a_refused_text_is_told_in_plain_words(sender: Sender, body: str, said: str) -> None:
    assert said in sender.complaint(DeliveryError, message=Message(body=body))


def test_a_wrong_token_is_told_once(twilio: Twilio, sender: Sender) -> None:
    complaint = sender.complaint(DeliveryError, token_command="echo wrong")
    assert complaint == (
        "Twilio refused it: the account and its token do not match: check account_sid and what"
        " gives the token (error 20003)"
    )
    assert len(twilio.received) == 1


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, {"code": 21999, "message": "No\x1b[31m such\nthing."}, "No[31m such thing; see the"),
        (400, {"code": 21999, "message": "x" * 9_000}, f"{'x' * 200}; see the"),
        (400, {"code": "21211"}, "it did not say why; see the Twilio console (HTTP 400)"),
        (403, b"", "it did not say why; see the Twilio console (HTTP 403)"),
        (401, b"<html>", "the account and its token do not match"),
        (404, b"\xff\x00{", "(HTTP 404)"),
        (400, b'{"x": ' + b"[" * 60_000, "(HTTP 400)"),
        (400, b"{" + b" " * 9_000_000, "(HTTP 400)"),
    ],
)
def test_a_refusal_that_nobody_foresaw_is_told_in_one_clean_line(
    twilio: Twilio, sender: Sender, status: int, body: object, said: str
) -> None:
    twilio.then(status, body)
    complaint = sender.complaint(DeliveryError)
    assert complaint.startswith("Twilio refused it: ")
    assert said in complaint
    assert len(complaint) < 300


def test_a_message_that_twilio_made_and_gave_up_at_once_was_not_sent(
    twilio: Twilio, sender: Sender
) -> None:
    twilio.then(201, {**QUEUED, "status": "failed", "error_code": 30003})
    assert "the contact's phone cannot be reached" in sender.complaint(DeliveryError)


def test_too_many_requests_are_tried_again_after_a_pause(twilio: Twilio, sender: Sender) -> None:
    twilio.then(429, {"code": 20429, "message": "Too Many Requests", "status": 429})
    twilio.then(429, b"")
    assert sender.send().sent
    assert sender.pauses == list(PAUSES)
    assert len(twilio.received) == 3
    assert len(set(map(str, twilio.received))) == 1


def test_too_many_requests_are_not_tried_for_ever(twilio: Twilio, sender: Sender) -> None:
    for _ in range(9):
        twilio.then(429, {"code": 20429, "message": "Too Many Requests", "status": 429})
    complaint = sender.complaint(DeliveryError)
    assert complaint == (
        "Twilio refused it: too many messages for now: try again later (error 20429)"
    )
    assert len(twilio.received) == 1 + len(PAUSES)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"code": 20500, "message": "An internal server error has occurred", "status": 500}),
        (502, b"<html>Bad gateway</html>"),
        (503, {"code": 20503, "message": "Service unavailable", "status": 503}),
        (504, b""),
        (201, b""),
        (201, b'{"sid": "SM'),
        (201, b'{"x": ' + b"[" * 60_000),
        (201, {**QUEUED, "sid": "\x1b]0;owned\x07"}),
        (201, {**QUEUED, "body": "x" * MOST_READ}),
        (200, {"hello": "world"}),
        (600, {}),
    ],
)
def test_what_may_have_gone_out_is_never_sent_again(
    twilio: Twilio, sender: Sender, status: int, body: object
) -> None:
    twilio.then(status, body)
    assert sender.complaint(UnconfirmedError) == (
        f"Twilio gave no clear answer (HTTP {status}): it may have been sent; look in the Twilio"
        " console (Monitor, Logs, Messaging) before you send it again"
    )
    assert len(twilio.received) == 1
    assert sender.pauses == []


def hang(handler: Handler) -> None:
    handler.server.is_over.wait()
    handler.close_connection = True


def cut(handler: Handler) -> None:
    handler.close_connection = True


def reset(handler: Handler) -> None:
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"  # on, for 0 s: closing resets
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True


def say_nonsense(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
    handler.close_connection = True


def say_headers_without_end(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 201 Created\r\n" + b"X: y\r\n" * 500)
    handler.close_connection = True


@pytest.mark.parametrize("deed", [hang, cut, reset, say_nonsense, say_headers_without_end])
def test_no_answer_after_writing_is_unconfirmed(twilio: Twilio, sender: Sender, deed: Any) -> None:
    twilio.then_do(deed)
    complaint = sender.complaint(UnconfirmedError, answer_seconds=0.3)
    assert complaint.startswith("no answer from localhost (")
    assert complaint.endswith(
        "): it may have been sent; look in the Twilio console (Monitor, Logs, Messaging)"
        " before you send it again"
    )
    assert len(twilio.received) == 1


def test_what_breaks_off_while_it_is_written_is_unconfirmed(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(self: HTTPConnection, data: bytes) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(HTTPConnection, "send", break_off)
    complaint = sender.complaint(UnconfirmedError)
    assert complaint.startswith("no answer from localhost (Broken pipe): it may have been sent")


def test_the_answer_may_take_longer_than_to_connect(twilio: Twilio, sender: Sender) -> None:
    def take_time(handler: Handler) -> None:
        handler.server.is_over.wait(0.8)
        handler.answer(201, QUEUED)

    twilio.then_do(take_time)
    assert sender.send(connect_seconds=0.4).sent


@pytest.mark.parametrize(("status", "kind"), [(400, DeliveryError), (201, UnconfirmedError)])
def test_an_answer_that_is_cut_off_counts_by_its_status(
    twilio: Twilio, sender: Sender, status: int, kind: type[DeliveryError]
) -> None:
    def begin(handler: Handler) -> None:
        head = f"HTTP/1.1 {status} X\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{{".encode()
        handler.wfile.write(head)
        handler.close_connection = True

    twilio.then_do(begin)
    assert f"(HTTP {status})" in sender.complaint(kind)


def test_credentials_follow_no_redirect(twilio: Twilio, sender: Sender) -> None:
    with serving() as elsewhere:
        twilio.then(307, b"", Location=f"{elsewhere.url}{PATH}")
        assert "(HTTP 307): it may have been sent" in sender.complaint(UnconfirmedError)
        assert elsewhere.received == []


def test_where_nothing_listens_nothing_was_sent(sender: Sender) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert sender.complaint(DeliveryError, api_url=f"http://127.0.0.1:{port}") == (
        "nothing was sent: 127.0.0.1 cannot be reached (Connection refused); try again later"
    )


def test_where_nobody_shakes_hands_nothing_was_sent(sender: Sender) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        complaint = sender.complaint(DeliveryError, api_url=url, connect_seconds=0.3)
    assert complaint.startswith("nothing was sent: 127.0.0.1 cannot be reached (")


def certificate_for(name: str, authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this process trusts, and no other."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    return authority


def test_a_server_with_a_trusted_certificate_is_believed(authority: trustme.CA) -> None:
    with serving(certificate_for("localhost", authority)) as twilio:
        assert Sender(twilio.url).send().sent


@pytest.mark.parametrize(
    ("name", "is_trusted", "said"),
    [("localhost", False, "unable to get local issuer"), ("api.twilio.com", True, "mismatch")],
)
def test_no_other_certificate_gets_the_token(
    authority: trustme.CA, name: str, is_trusted: bool, said: str
) -> None:
    with serving(certificate_for(name, authority if is_trusted else trustme.CA())) as twilio:
        complaint = Sender(twilio.url).complaint(DeliveryError)
        assert twilio.received == []
    assert complaint.startswith("nothing was sent: the certificate of localhost is not trusted (")
    assert said in complaint


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"account_sid": ""}, "[channel.sms] has no account_sid: `followup config edit` to set"),
        ({"from_number": ""}, "[channel.sms] has no sender: `followup config edit` to set from"),
        ({"token_command": "false"}, "`false` ended with status 1"),
        ({"contact": Contact(phone="0171 1234567")}, "'0171 1234567' is no phone number: begin"),
    ],
)
def test_without_what_it_needs_it_asks_nobody(
    twilio: Twilio, sender: Sender, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError) as refusal:
        sender.send(**changes)
    assert str(refusal.value).startswith(said)
    assert twilio.received == []


def test_nothing_is_logged_or_printed(
    twilio: Twilio,
    sender: Sender,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(0)
    receipt = sender.send()
    assert TOKEN not in repr((receipt, sender.settings))
    assert (caplog.text, *capfd.readouterr()) == ("", "", "")
