"""Letters read back as they were shown: subject, people, body, and their place in a thread."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup.api import Contact, InputError, Message, Thread, clean, clean_page
from followup.builtin.email.addresses import mailbox, person
from followup.builtin.email.composing import composed, recipient_of

SAM = mailbox("Sam Poe <sam@poe.example>")
DANA = person("Dana Lee", "dana@globex.example")
NOON = datetime(2026, 3, 10, 12, 30, 59, tzinfo=UTC)
THREAD = Thread(
    message_id="<c@poe.example>", references=("<a@poe.example>", "<b@globex.example>"), at=NOON
)
ODD = [
    "Lee, Dana",
    'Dana "D" Lee',
    "Dana (HR) <dana>",
    "Dana\r\nBcc: eve@evil.example",
    "Grüße aus 東京 😀",
    "דנה לי",
    "a\u202eb\u2066c",
    "=?utf-8?q?Eve?=",
    "\\",
    "Ü" * 200,
    "ü, " * 80,
    "x" * 400,
    "😀 Grüße, “so” " * 20,
    ";:@[]",
]


def read(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def unfolded(content: bytes, header: str) -> str:
    """A header as it stands in the letter, its lines joined (RFC 5322, section 2.2.3)."""
    found = re.search(rf"^{header}: (.*(?:\r\n[ \t].*)*)\r\n".encode(), content, re.MULTILINE)
    assert found
    return found[1].decode().replace("\r\n", "")


@given(st.text(max_size=300) | st.sampled_from(ODD))
@example("😀 Grüße, “so” " * 20)
@example("=??Q??=")
@example("Ü =?utf-8?q?Eve?= " * 20)
def test_a_subject_reads_back_as_it_was_shown(subject: str) -> None:
    content = composed(Message(subject=subject, body="Hi"), DANA, SAM)
    assert str(make_header(decode_header(unfolded(content, "Subject")))) == clean(subject)
    assert read(content)["Subject"] == clean(subject)
    assert "Bcc" not in read(content)


@given(st.text(max_size=200) | st.sampled_from(ODD))
@example("=??Q??=")
@example("Lee, =?utf-8?q?Eve?= " * 10)
def test_a_name_reads_back_as_it_was_shown_and_adds_nobody(name: str) -> None:
    content = composed(Message(body="Hi"), person(name, "dana@globex.example"), SAM)
    ((shown, address),) = getaddresses([unfolded(content, "To")])
    assert str(make_header(decode_header(shown))) == clean(name)
    assert address == "dana@globex.example"
    (to,) = read(content)["To"].addresses
    assert to.addr_spec == "dana@globex.example"


@given(st.text(max_size=400), st.text(max_size=100))
def test_every_line_is_ascii_and_short(body: str, subject: str) -> None:
    content = composed(Message(subject=subject, body=body, thread=THREAD), DANA, SAM)
    assert content.isascii()
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    head, _, _ = content.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    ("body", "encoding"),
    [("Any news?", "7bit"), ("Grüße", "quoted-printable"), ("x" * 1000, "quoted-printable")],
)
def test_a_body_needs_no_more_than_seven_bits(body: str, encoding: str) -> None:
    mail = read(composed(Message(body=body), DANA, SAM))
    assert mail["Content-Transfer-Encoding"] == encoding
    assert mail["Content-Type"].params == {"charset": "utf-8", "format": "flowed"}
    assert mail.get_content().replace("\r\n", "\n") == f"{body}\n"


def test_a_letter_stands_in_its_thread_and_follows_from_what_it_is_given_alone() -> None:
    message = Message(subject="Re: The role", body="Any news?", thread=THREAD)
    content = composed(message, DANA, SAM)
    assert content == composed(message, DANA, SAM)
    mail = read(content)
    assert mail["Message-ID"] == "<c@poe.example>"
    assert mail["In-Reply-To"] == "<b@globex.example>"
    assert mail["References"].split() == ["<a@poe.example>", "<b@globex.example>"]
    assert mail["Date"].datetime == NOON
    assert str(mail["From"]) == "Sam Poe <sam@poe.example>"
    assert set(mail) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }


def test_long_names_of_messages_stay_whole() -> None:
    names = tuple(f"<{letter * 180}@poe.example>" for letter in "abcdefgh")
    content = composed(Message(body="Hi", thread=Thread(references=names)), DANA, SAM)
    assert unfolded(content, "References").split() == list(names)
    assert unfolded(content, "In-Reply-To") == names[-1]


def test_a_message_without_a_thread_has_none_of_its_headers() -> None:
    mail = read(composed(Message(subject="Hi", body="Hi"), DANA, None))
    assert not {"From", "Date", "Message-ID", "In-Reply-To", "References"} & set(mail)


@pytest.mark.parametrize("name", ["<a@b>\r\nBcc: eve@evil.example", "<a@b>\nX: y"])
def test_a_broken_name_breaks_into_no_header(name: str) -> None:
    with pytest.raises(InputError, match="cannot be a letter"):
        composed(Message(thread=Thread(message_id=name)), DANA, SAM)


def test_a_domain_of_any_script_is_written_as_name_servers_know_it() -> None:
    content = composed(Message(body="Hi"), person("", "jo@bücher.straße.example"), SAM)
    assert unfolded(content, "To") == "jo@xn--bcher-kva.xn--strae-oqa.example"


def test_a_user_of_any_script_stays_as_it_is() -> None:
    content = composed(Message(subject="Grüße", body="Hi"), person("Ünal", "ünal@x.example"), SAM)
    assert "<ünal@x.example>" in unfolded(content, "To")
    assert unfolded(content, "Subject").isascii()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dana",
        "@globex.example",
        "dana@",
        "dana@globex.example, eve@evil.example",
        "dana@globex.example\nBcc: eve@evil.example",
        "<dana@globex.example>",
        "dana lee@globex.example",
        '"dana lee"@globex.example',
        "dana@[127.0.0.1]",
        "dana@globex..example",
        "dana@-globex.example",
        "da\u202ena@globex.example",
        "dana@glo\u202ebex.example",
        "dana@x.example?bcc=eve@evil.example>",
    ],
)
def test_what_is_no_address_of_one_person_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="is no e-mail address: correct the contact"):
        recipient_of(Contact(email=address))


@given(st.text(max_size=60))
def test_no_address_gets_past_its_line(address: str) -> None:
    try:
        recipient = recipient_of(Contact(email=address))
    except InputError:
        return
    content = composed(Message(body=clean_page(address)), recipient, SAM)
    assert unfolded(content, "To") == recipient.address


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("sam@poe.example", "", "sam@poe.example"),
        (" Sam Poe <sam@poe.example> ", "Sam Poe", "sam@poe.example"),
        ('"Poe, Sam" <sam@poe.example>', "Poe, Sam", "sam@poe.example"),
        ("<sam@poe.example>", "", "sam@poe.example"),
    ],
)
def test_the_sender_is_written_as_people_write_it(text: str, name: str, address: str) -> None:
    assert (mailbox(text).name, mailbox(text).address) == (name, address)
