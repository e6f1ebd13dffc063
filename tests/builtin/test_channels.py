"""E-mail without an account, and the clipboard."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from followup.api import Contact, InputError, Message, Settings
from followup.builtin.clipboard import Clipboard
from followup.builtin.email import DraftFile, MailProgram

DANA = Contact(name="Lee, Dana “D” 李", email="dana+jobs@globex.example")
MESSAGE = Message(subject="Role & pay? 100 %", body="Hi Dana,\n\nany news? a=b&c #1\n")


def test_the_mail_program_gets_all_of_the_message() -> None:
    receipt = MailProgram().send(MESSAGE, DANA, Settings())
    link = urlsplit(receipt.open_url)
    assert link.scheme == "mailto"
    assert link.path == "dana%2Bjobs@globex.example"
    fields = parse_qs(link.query, strict_parsing=True)
    assert fields == {
        "subject": [MESSAGE.subject],
        "body": [MESSAGE.body.replace("\n", "\r\n")],
    }
    assert not receipt.sent


def test_a_crafted_address_adds_no_recipient() -> None:
    crafted = Contact(email="a@b.example?bcc=evil@c.example")
    link = urlsplit(MailProgram().send(MESSAGE, crafted, Settings()).open_url)
    assert "bcc" not in parse_qs(link.query)


def test_the_draft_file_reads_back_as_it_was_written() -> None:
    receipt = DraftFile().send(MESSAGE, DANA, Settings())
    assert receipt.save is not None
    assert receipt.save.name == "role-pay-100.eml"
    mail = message_from_bytes(receipt.save.content, policy=default)
    (to,) = mail["To"].addresses
    assert (to.display_name, to.addr_spec) == (DANA.name, DANA.email)
    assert mail["Subject"] == MESSAGE.subject
    assert mail["X-Unsent"] == "1"
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == MESSAGE.body


def test_no_header_can_be_broken_into() -> None:
    hostile = Message(subject="x\nBcc: evil@c.example")
    receipt = DraftFile().send(hostile, Contact(name="D\nBcc: e", email=DANA.email), Settings())
    assert receipt.save is not None
    mail = message_from_bytes(receipt.save.content, policy=default)
    assert mail["Subject"] == "x Bcc: evil@c.example"
    assert mail["Bcc"] is None


def test_an_address_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(InputError, match="is no e-mail address: correct the contact"):
        DraftFile().send(MESSAGE, Contact(email="d@x.example\nBcc: e@x.example"), Settings())


def test_the_clipboard_takes_the_body_alone() -> None:
    assert Clipboard().send(MESSAGE, Contact(), Settings()).copy == MESSAGE.body
