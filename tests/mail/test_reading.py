"""Reading mail: bytes of every kind become text, and nothing that is sent takes it down."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from followup.mail.history import said_in
from followup.mail.letters import Address, Letter, Mail
from followup.mail.page import page_text
from followup.mail.reading import MOST_BYTES, read, read_headers
from mail.post import NOW, mail, multipart


def mail_of(raw: bytes) -> Mail:
    return read(Letter(raw=raw), NOW)


class TestCharsets:
    @pytest.mark.parametrize(
        ("charset", "codec"),
        [
            ("utf-8", "utf-8"),
            ("iso-8859-15", "iso-8859-15"),
            ("windows-1252", "cp1252"),
            ("ISO-8859-1", "cp1252"),  # as browsers read it
            ("x-unknown", "utf-8"),
            ("x-unknown", "cp1252"),
            ("us-ascii", "utf-8"),
            ("", "utf-8"),
            ("utf-8", "cp1252"),  # it says one and is the other
            ('"utf-8', "utf-8"),
            ("zip", "utf-8"),  # a codec of Python that is no charset
            ("idna", "utf-8"),
            ("unicode_escape", "utf-8"),
        ],
    )
    def test_text_is_read_in_whatever_it_is(self, charset: str, codec: str) -> None:
        text = "Grüße aus München, schöne Straße, für später."
        kind = f"text/plain; charset={charset}" if charset else "text/plain"
        raw = mail("MARK", kind=kind).replace(b"MARK", text.encode(codec))
        assert mail_of(raw).text == text

    def test_superset_of_a_chinese_charset(self) -> None:
        raw = mail("MARK", kind="text/plain; charset=gb2312").replace(
            b"MARK", "镕你好".encode("gbk")
        )
        assert mail_of(raw).text == "镕你好"

    def test_broken_base64_and_quoted_printable(self) -> None:
        for encoding, body in (("base64", "SGVsbG8*gd29ybG"), ("quoted-printable", "Hello =ZZ=")):
            assert mail_of(mail(body, content_transfer_encoding=encoding)).text.startswith("Hello")


class TestHeaders:
    @pytest.mark.parametrize(
        ("raw", "read"),
        [
            ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= an =?iso-8859-1?Q?M=FCller?=", "Grüße an Müller"),
            ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
            ("=?utf-8?B?w7?= =?utf-8?B?w?=", "=?utf-8?B?w7?= =?utf-8?B?w?="),
            ("=?utf-8?Q?cut in=C3?= =?utf-8?Q?=BC two?=", "cut inü two"),
            ("=?x-none?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
            ("=?utf-8*en?Q?hi?=", "hi"),
            ("=?utf-8?B?????=", None),
            ("plain\r\n folded", "plain folded"),
            ("Grüße", "Grüße"),
            ("a\x1b[31m b\u202e", "a[31m b"),
        ],
    )
    def test_a_subject_is_decoded_as_far_as_it_can_be(self, raw: str, read: str | None) -> None:
        subject = mail_of(mail("x", subject=raw)).subject
        if read is not None and not read.startswith("=?"):
            assert subject == read

    @pytest.mark.parametrize(
        ("raw", "address"),
        [
            (
                "Dana Lee <Dana@Globex.example>",
                Address(name="Dana Lee", email="dana@globex.example"),
            ),
            (
                '"Lee, Dana" <dana@globex.example>',
                Address(name="Lee, Dana", email="dana@globex.example"),
            ),
            (
                "=?utf-8?Q?Lee=2C_D=C3=A4na?= <d@x.example>",
                Address(name="Lee, Däna", email="d@x.example"),
            ),
            ("d@x.example (Dana)", Address(name="Dana", email="d@x.example")),
            ("Dana <d@x.example", Address(name="Dana", email="d@x.example")),
            ("<<d@x.example>>", Address(email="d@x.example")),
            ("Däna <d@x.example>", Address(name="Däna", email="d@x.example")),
            ("nobody", Address()),
            ("", Address()),
        ],
    )
    def test_a_sender_is_made_out(self, raw: str, address: Address) -> None:
        sender = mail_of(mail("x", sender=raw)).sender
        assert sender.email == address.email
        assert sender.name == address.name or not address.email

    def test_two_addresses_in_one_are_no_contact(self) -> None:
        sender = mail_of(mail("x", sender='"dana@globex.example" <eve@evil.example>')).sender
        assert sender.email == "eve@evil.example"

    def test_references_are_kept_in_order_without_repetition(self) -> None:
        raw = mail("x", references="<a@b>\r\n <c@d> <a@b>", in_reply_to="e@f")
        assert mail_of(raw).references == ("<a@b>", "<c@d>", "<e@f>")

    @pytest.mark.parametrize(
        "date",
        [
            "",
            "nonsense",
            "99 Foo 2026",
            "Wed, 11 Mar 2026 09:00:00 +9999",
        ],
    )
    def test_a_date_that_makes_no_sense_is_none(self, date: str) -> None:
        assert mail_of(mail("x", date=date)).at is None

    def test_a_date_without_zone_is_in_utc(self) -> None:
        at = mail_of(mail("x", date="Wed, 11 Mar 2026 09:00:00 -0000")).at
        assert at == datetime(2026, 3, 11, 9, tzinfo=UTC)

    def test_mails_without_a_name_are_told_apart(self) -> None:
        one, other = (mail(text).replace(b"Message-ID", b"X-Id") for text in ("a", "b"))
        assert mail_of(one).identity != mail_of(other).identity
        assert mail_of(one).identity == mail_of(one).identity
        assert mail_of(one).message_id == ""


class TestParts:
    def test_plain_text_goes_before_its_html(self) -> None:
        raw = multipart(("text/plain", "plain"), ("text/html", "<p>html"), kind="alternative")
        assert mail_of(raw).text == "plain"

    def test_html_stands_in_for_plain_text_that_says_nothing(self) -> None:
        for plain in ("", "Your program does not show HTML."):
            html = f"<p>{'The real text of it all. ' * 5}"
            raw = multipart(("text/plain", plain), ("text/html", html), kind="alternative")
            assert mail_of(raw).text.startswith("The real text")

    def test_mails_and_files_within_a_mail_are_not_its_text(self) -> None:
        raw = multipart(
            ("text/plain", "mine"),
            ("message/rfc822", "Subject: other\n\ntheirs"),
            ("text/plain\nContent-Disposition: attachment; filename=cv.txt", "my life"),
        )
        assert mail_of(raw).text == "mine"

    def test_it_does_not_matter_how_deep_or_how_many(self) -> None:
        deep = "text"
        for number in range(300):
            deep = f"--b{number}\nContent-Type: multipart/mixed; boundary=b{number + 1}\n\n{deep}"
        mail_of(mail(deep, kind="multipart/mixed; boundary=b0"))
        many = "--b\n\nx\n" * 20_000
        mail_of(mail(many, kind="multipart/mixed; boundary=b"))

    def test_a_huge_mail_is_read_at_its_beginning(self) -> None:
        raw = multipart(("text/plain", "hello"), ("application/pdf", "x" * 3 * MOST_BYTES))
        assert mail_of(raw).text == "hello"
        assert len(mail_of(mail("word " * MOST_BYTES)).body) <= 50_000

    def test_an_invitation_keeps_its_bytes(self) -> None:
        calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR"
        encoded = base64.encodebytes(calendar).decode()
        kind = "text/calendar; charset=utf-8\nContent-Transfer-Encoding: base64"
        found = mail_of(multipart(("text/plain", "x"), (kind, encoded)))
        assert (found.calendar, found.calendar_method) == (calendar, "REQUEST")

    def test_flowed_lines_are_joined(self) -> None:
        raw = mail("one \ntwo\nthree", kind="text/plain; format=flowed")
        assert mail_of(raw).text == "one two\nthree"


class TestSaid:
    @pytest.mark.parametrize(
        "history",
        [
            "On Mon, 9 Mar 2026 at 15:02, Sam Poe <sam@x.example> wrote:\n> Hello",
            "On Mon, 9 Mar 2026 at 15:02, Sam Poe\n<sam.poe@long.example> wrote:\n\n> Hello",
            "Am 09.03.2026 um 15:02 schrieb Sam Poe <sam@x.example>:\n> Hallo",
            "Am Mo., 9. März 2026 um 15:02 Uhr schrieb Sam Poe <\nsam@x.example>:\n\n> Hallo",
            "Sam Poe schrieb am 09.03.2026 um 15:02:\n> Hallo",
            "Le lun. 9 mars 2026 à 15:02, Sam Poe <sam@x.example> a écrit :\n> Bonjour",
            "El lun, 9 mar 2026 a las 15:02, Sam Poe (<sam@x.example>)\nescribió:\n> Hola",
            "Il giorno lun 9 mar 2026 alle ore 15:02 Sam <s@x.example> ha scritto:\n> Ciao",
            "-----Original Message-----\nFrom: Sam Poe\nSubject: x\n\nHello",
            "-----Ursprüngliche Nachricht-----\nVon: Sam Poe\n\nHallo",
            "________________________________\nFrom: Sam <s@x>\nSent: Monday\nTo: D\n\nHi",
            "Von: Sam Poe <s@x>\nGesendet: Montag\nAn: Dana\nBetreff: x\n\nHallo",
            "De : Sam Poe <s@x>\nEnvoyé : lundi\nÀ : Dana\nObjet : x\n\nBonjour",
            "De: Sam Poe <s@x>\nEnviado el: lunes\nPara: Dana\nAsunto: x\n\nHola",
            "*From:* Sam <s@x>\n*Sent:* Monday\n*To:* D\n*Subject:* x\n\nHi",
            "> quoted\n> lines\n",
            "-- \nDana Lee\nGlobex",
            "Sent from my iPhone",
            "Von meinem iPad gesendet",
        ],
    )
    def test_what_others_said_is_left_out(self, history: str) -> None:
        assert said_in(f"My answer.\n\n{history}").strip("_\n ") == "My answer."

    def test_what_stands_right_above_a_quotation_is_kept(self) -> None:
        for said in ("Thanks!", "On Friday we talk.", "Dana <d@x.example>"):
            assert said_in(f"{said}\nOn Mon, 9 Mar 2026, Sam <s@x> wrote:\n> Hello") == said

    def test_what_stands_below_and_between_is_kept(self) -> None:
        body = "On Mon, Sam wrote:\n> one\nyes\n> two\nno\n-- \nDana"
        assert said_in(body) == "yes\nno"

    @pytest.mark.parametrize(
        "body",
        [
            "From: the bottom of my heart, thanks!\nSee you",
            "On Monday we start at 9.\nHe wrote to me.",
            "A list:\n- one\n- two",
            "Sent from my colleague: hello. It is so long that nobody takes it for the signature"
            " of a telephone at all",
        ],
    )
    def test_ordinary_lines_stay(self, body: str) -> None:
        assert said_in(body) == body


class TestPages:
    def test_blocks_are_lines_and_what_is_hidden_is_not_read(self) -> None:
        html = (
            "<html><head><title>t</title><style>p{}</style></head><body>"
            "<div style='display: none'>preview</div><p>Hi&nbsp;<b>Sam</b>,</p>one<br>two"
            "<script>x()</script><ul><li>a<li>b</ul></body>"
        )
        assert page_text(html) == "Hi Sam,\none\ntwo\na\nb"

    def test_quotations_are_left_out_unless_there_is_nothing_else(self) -> None:
        assert page_text("<p>mine</p><blockquote>theirs</blockquote>below") == "mine\nbelow"
        assert page_text("<blockquote>all of it</blockquote>") == "all of it"

    @pytest.mark.parametrize(
        "html",
        ["<" * 100_000, "<div>" * 100_000, "</p>" * 100_000, "<![if x]>" * 1000, "<!--" * 50_000,
         "<a href='" + "x" * 100_000, "&" * 100_000, "<p " * 50_000],
    )  # fmt: skip
    def test_hostile_pages_come_to_an_end(self, html: str) -> None:
        page_text(html)


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: " + b"=?utf-8?q?" * 100_000,
        b"From: " + b"<" * 100_000,
        b"From: " + b"a@b, " * 100_000,
        b"To: " + b'"' * 100_000,
        b"References: " + b"<a@b> " * 100_000,
        b"Content-Type: multipart/mixed; boundary=" + b"x" * 100_000,
        b"Content-Type: text/plain; " + b"a*0*=x;" * 20_000,
        b"X: y\r\n" * 100_000,
        b"\n\nOn " + b"wrote " * 100_000,
        b"\n\n" + b"not be moving " * 100_000,
        b"\n\n" + b">" * 1_000_000,
        b"\n\n" + b"From: x\n" * 100_000,
    ],
    ids=range(12),
)
def test_hostile_letters_come_to_an_end(raw: bytes) -> None:
    from followup.mail.classifying import classify

    classify(mail_of(raw))
    read_headers(Letter(raw=raw), NOW)
