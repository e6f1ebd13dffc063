"""The channels, the numbers that they take and the settings that they need."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import keyring
import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from followup.api import Contact, InputError, Message, Receipt
from followup.testing import check_channel, check_rule
from followup_sms import (
    NumberSettings,
    PhoneText,
    TwilioSettings,
    TwilioText,
    register_channels,
    register_rules,
)
from followup_sms.numbers import e164

CANARY = "canary-41c0"
ACCOUNT = "AC" + "0123456789abcdef" * 2
DANA = Contact(name="Dana Lee", phone="+49 171 1234567")


def test_the_channels_and_the_rule_keep_their_contracts() -> None:
    check_channel(PhoneText(), NumberSettings())
    check_channel(TwilioText())  # without an account it refuses
    for rule in register_rules():
        check_rule(rule)


def test_the_channels_need_a_number_and_are_fast_enough_for_etiquette() -> None:
    ways = register_channels()
    assert [(way.name, way.limit) for way in ways] == [("sms", 1600), ("sms-link", 0)]
    for way in ways:
        assert way.needs == "phone"
        assert way.can_reply
        assert way.delivers_within < timedelta(days=2)
    assert TwilioText.settings_type() == TwilioSettings()
    assert PhoneText.settings_type() == NumberSettings()


def test_a_link_opens_the_message_and_the_text_is_copied() -> None:
    message = Message(subject="Our talk", body="Any news & more?\nÜ 👍")
    assert PhoneText().send(message, DANA, NumberSettings()) == Receipt(
        detail="copied, and opened in the program that texts by your phone",
        open_url="sms:+491711234567?body=Any%20news%20%26%20more%3F%0A%C3%9C%20%F0%9F%91%8D",
        copy="Any news & more?\nÜ 👍",
    )


@given(st.text(max_size=300))
def test_a_link_has_one_recipient_and_one_body_whatever_is_written(body: str) -> None:
    url = PhoneText().send(Message(body=body), DANA, NumberSettings()).open_url
    head, _, written = url.partition("?body=")
    assert head == "sms:+491711234567"
    assert unquote(written) == body
    assert not set(written) & set("?&#=,:/@ \n")
    assert url.isascii()


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("+491711234567", ""),
        ("+49 (0) 171 / 123 45-67", ""),
        ("tel:+49-171-1234567", ""),
        ("0171 1234567", "DE"),
        ("0049 171 1234567", "DE"),
        ("011 49 171 1234567", "US"),
        ("+49 171 1234567", "US"),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, region: str) -> None:
    assert e164(written, region) == "+491711234567"


@pytest.mark.parametrize(
    ("written", "region", "said"),
    [
        ("0171 1234567", "", "begin it with + and the country, or set `region` for those without"),
        ("", "DE", "'' is no phone number: check it"),
        ("dana@example.org", "DE", "is no phone number: check it"),
        ("+49 1", "", "'+49 1' is no phone number: check it"),
        ("+999 171 1234567", "", "begin it with + and the country"),
        ("+1 212 555 01", "", "is no phone number that is in use: check its digits"),
        ("+49 171 1234567 ext. 5", "", "has an extension: text messages do not reach one"),
        ("+49171\n1234567" * 30, "", "is no phone number: check it"),
        ("\x1b[31m+49", "", "is no phone number: check it"),
    ],
)
def test_what_is_no_number_is_refused_in_one_line(written: str, region: str, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        e164(written, region)
    assert said in str(refusal.value)
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)), st.booleans())
def test_every_country_has_numbers_and_they_stay_the_same(region: str, is_national: bool) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if number is None:
        return
    style = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(
        number, style.NATIONAL if is_national else style.INTERNATIONAL
    )
    assert e164(written, region) == phonenumbers.format_number(number, style.E164)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"token": CANARY}, "token does not belong in a file: set token_command, such as `pass"),
        ({"auth_token": CANARY}, "Object contains unknown field `auth_token`"),
        ({"account_sid": CANARY}, "account_sid is none: it has to be AC followed by 32 hex"),
        ({"account_sid": ACCOUNT + "\n"}, "account_sid is none"),
        ({"account_sid": "AC/../" + "0" * 28}, "account_sid is none"),
        ({"messaging_service_sid": ACCOUNT}, "messaging_service_sid is none: it has to be MG"),
        ({"from_number": "0171 1234567"}, "from_number is no number: write it like +1415555"),
        ({"from_number": "Dana"}, "from_number is no number"),
        ({"region": "XX"}, "region 'XX' is unknown: give one such as `US` or `DE`"),
        (
            {"from_number": "+14155550123", "messaging_service_sid": "MG" + "0" * 32},
            "are two senders: keep one",
        ),
        ({"api_url": "http://api.twilio.com"}, "api_url has to start with https://"),
        ({"api_url": "http://localhost.evil.example"}, "api_url has to start with https://"),
        ({"api_url": "http://localhost@evil.example"}, "api_url has to start with https://"),
        ({"api_url": "ftp://localhost"}, "api_url has to start with https://"),
        ({"api_url": "https://"}, "api_url has to start with https://"),
        ({"api_url": "https://dana:x@api.twilio.com"}, "api_url has to end with the host"),
        ({"api_url": "https://api.twilio.com/v2"}, "api_url has to end with the host"),
        ({"api_url": "https://api.twilio.com?x=y"}, "api_url has to end with the host"),
        ({"api_url": "https://api.twilio.com:port"}, "Port could not be cast"),
        ({"connect_seconds": 0}, "Expected `float` > 0.0 - at `$.connect_seconds`"),
        ({"answer_seconds": 1e9}, "Expected `float` <= 120.0 - at `$.answer_seconds`"),
    ],
)
def test_settings_that_cannot_be_are_refused_and_never_repeated(
    table: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        convert(table, TwilioSettings)
    assert said in str(refusal.value)
    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    ["https://api.dublin.ie1.twilio.com/", "http://localhost:8080", "http://[::1]:8080"],
)
def test_the_api_may_be_elsewhere_over_tls_or_on_this_machine(url: str) -> None:
    settings = convert({"api_url": url, "account_sid": ACCOUNT}, TwilioSettings)
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert settings.messages_url == url.rstrip("/") + path


def test_without_a_command_the_keyring_has_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", lambda *of: f"{CANARY} of {of}")
    token = TwilioSettings(account_sid=ACCOUNT).fetch_token()
    assert token.reveal() == f"{CANARY} of ('followup-sms', '{ACCOUNT}')"
