"""E-mail that the user sends: by the mail program, by a draft file."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from followup.api import Contact, InputError, Message, Thread
from followup.builtin.email import DraftFile, Email
from followup.builtin.email.settings import DraftFileSettings, EmailSettings

DANA = Contact(name="Lee, Dana “D” 李", email="dana+jobs@globex.example")
MESSAGE = Message(subject="Role & pay? 100 %", body="Hi Dana,\n\nany news? a=b&c #1")


def fields_of(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query, strict_parsing=True)


def test_the_mail_program_gets_all_of_the_message() -> None:
    assert not Email().sends(EmailSettings())
    receipt = Email().send(MESSAGE, DANA, EmailSettings())
    link = urlsplit(receipt.open_url)
    assert link.scheme == "mailto"
    assert link.path == "dana%2Bjobs@globex.example"
    assert fields_of(receipt.open_url) == {
        "subject": [MESSAGE.subject],
        "body": [MESSAGE.body.replace("\n", "\r\n")],
    }
    assert not receipt.sent


def test_the_mail_program_hears_what_the_message_answers() -> None:
    thread = Thread(message_id="<c@x>", references=("<a@x>", "<b@x>"))
    answer = msgspec.structs.replace(MESSAGE, thread=thread)
    url = Email().send(answer, DANA, EmailSettings()).open_url
    assert fields_of(url)["in-reply-to"] == ["<b@x>"]


def test_a_crafted_address_adds_no_recipient() -> None:
    crafted = Contact(email="a@b.example?bcc=evil@c.example")
    url = Email().send(MESSAGE, crafted, EmailSettings()).open_url
    assert "bcc" not in fields_of(url)


def test_the_draft_file_reads_back_as_it_was_written() -> None:
    receipt = DraftFile().send(MESSAGE, DANA, DraftFileSettings())
    assert receipt.save is not None
    assert receipt.save.name == "role-pay-100.eml"
    assert receipt.save.folder == ""
    mail = message_from_bytes(receipt.save.content, policy=default)
    (to,) = mail["To"].addresses
    assert (to.display_name, to.addr_spec) == (DANA.name, DANA.email)
    assert mail["Subject"] == MESSAGE.subject
    assert mail["X-Unsent"] == "1"
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == f"{MESSAGE.body}\n"


def test_the_draft_file_says_who_writes_and_goes_where_it_is_set_to() -> None:
    table = {"from": "Sam Poe <sam@poe.example>", "folder": "~/drafts"}
    settings = msgspec.convert(table, DraftFileSettings)
    receipt = DraftFile().send(MESSAGE, DANA, settings)
    assert receipt.save is not None
    assert receipt.save.folder == "~/drafts"
    mail = message_from_bytes(receipt.save.content, policy=default)
    assert mail["From"] == "Sam Poe <sam@poe.example>"


def test_what_a_mail_program_sends_is_named_by_it() -> None:
    table = {"from": "Sam Poe <sam@poe.example>"}
    assert Email().domain(msgspec.convert(table, EmailSettings)) == ""
    assert DraftFile().domain(msgspec.convert(table, DraftFileSettings)) == ""


def test_no_header_can_be_broken_into() -> None:
    hostile = Message(subject="x\nBcc: evil@c.example")
    contact = Contact(name="D\nBcc: e", email=DANA.email)
    receipt = DraftFile().send(hostile, contact, DraftFileSettings())
    assert receipt.save is not None
    mail = message_from_bytes(receipt.save.content, policy=default)
    assert mail["Subject"] == "x Bcc: evil@c.example"
    assert mail["Bcc"] is None


def test_an_address_that_cannot_be_one_is_refused() -> None:
    crafted = Contact(email="d@x.example\nBcc: e@x.example")
    with pytest.raises(InputError, match="is no e-mail address: correct the contact"):
        DraftFile().send(MESSAGE, crafted, DraftFileSettings())
