"""What may be set for e-mail, and what is refused with what to do instead."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from followup.builtin.email import ServerDraft
from followup.builtin.email.providers import all_providers, hint_for, provider_of
from followup.builtin.email.settings import EmailSettings, ServerDraftSettings
from followup.config import parse_config
from followup.domain.errors import InputError
from smtp_servers import PASSWORD

FULL = {"from": "Sam Poe <sam@poe.example>", "host": "mail.poe.example", "user": "sam"}


def converted(**table: Any) -> EmailSettings:
    return msgspec.convert({**FULL, **table}, EmailSettings)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"password": PASSWORD}, "a password does not belong into a file: take it out and set"),
        ({"password": ""}, "a password does not belong into a file"),
        ({"password": 12}, "a password does not belong into a file"),
        ({"password_command": "pass", "keyring": True}, "are both set: keep one of them"),
        ({"security": "none", "user": ""}, '"none" is for this machine alone: set "tls" or'),
        ({"security": "none", "host": "localhost"}, "nobody logs in without TLS: take user out"),
        ({"security": "maybe"}, "Invalid enum value 'maybe'"),
        ({"from": ""}, "from is missing, your own address: `followup config mail` sets it up"),
        ({"from": "sam"}, "from: 'sam' is no e-mail address: give yours, as Dana Lee <dana@"),
        ({"port": 70_000}, "Expected `int` <= 65535"),
        ({"timeout_seconds": 0}, "Expected `float` > 0"),
        ({"hots": "x"}, "unknown field `hots`"),
    ],
)
def test_what_cannot_be_is_refused(table: dict[str, Any], told: str) -> None:
    with pytest.raises(msgspec.ValidationError) as refusal:
        converted(**table)
    assert told in str(refusal.value)
    assert PASSWORD not in str(refusal.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_this_machine_may_do_without_tls(host: str) -> None:
    assert converted(host=host, security="none", user="").security == "none"


@pytest.mark.parametrize(
    "host", ["localhost.evil.example", "127.0.0.1.nip.io", "LOCALHOST", "10.0.0.1"]
)
def test_what_only_looks_like_this_machine_may_not(host: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="is for this machine alone"):
        converted(host=host, security="none", user="")


def test_the_configuration_says_where_a_password_stands() -> None:
    config = parse_config(f'[channel.email]\npassword = "{PASSWORD}"\n', "config.toml")
    with pytest.raises(InputError) as refusal:
        config.channel_settings("email", EmailSettings)
    assert str(refusal.value).startswith("[channel.email]: a password does not belong into a file")
    assert PASSWORD not in str(refusal.value)


def test_a_password_is_among_no_defaults() -> None:
    assert "password" not in msgspec.to_builtins(EmailSettings())


def test_it_asks_where_nothing_gives_the_password() -> None:
    asks = ServerDraft().asks
    table = {"from": "sam@poe.example", "host": "imap.poe.example", "user": "sam"}
    assert (
        asks(msgspec.convert(table, ServerDraftSettings)) == "Password of sam at imap.poe.example"
    )
    for more in ({"keyring": True}, {"password_command": "pass"}, {"user": ""}):
        assert asks(msgspec.convert({**table, **more}, ServerDraftSettings)) == ""
    assert asks(ServerDraftSettings()) == ""


def test_every_provider_is_told_apart_by_its_domains() -> None:
    domains = [domain for one in all_providers() for domain in one.domains]
    assert len(domains) == len(set(domains))
    for one in all_providers():
        assert one.domains
        assert one.smtp.port in {465, 587, 1025}
        assert (one.smtp.port == 465) == (one.smtp.security == "tls")
        assert "none" not in {one.smtp.security, one.imap.security}
        assert not one.hint.endswith(".")


@pytest.mark.parametrize(
    ("address", "host", "user"),
    [
        ("sam@gmail.com", "smtp.gmail.com", "sam@gmail.com"),
        ("sam@GMX.de", "mail.gmx.net", "sam@GMX.de"),
        ("sam@web.de", "smtp.web.de", "sam"),
        ("sam@proton.me", "127.0.0.1", "sam@proton.me"),
    ],
)
def test_an_address_tells_its_servers(address: str, host: str, user: str) -> None:
    provider = provider_of(address)
    assert provider
    assert provider.smtp.host == host
    assert provider.smtp.user(address) == user


def test_nobody_knows_every_domain() -> None:
    assert provider_of("sam@poe.example") is None
    assert provider_of("") is None


@pytest.mark.parametrize(
    ("host", "sender", "hint"),
    [
        ("smtp.gmail.com", "sam@poe.example", "https://myaccount.google.com/apppasswords"),
        ("127.0.0.1", "Sam <sam@proton.me>", "Proton Mail Bridge has to run"),
        ("127.0.0.1", "sam@poe.example", ""),
        ("mail.poe.example", "sam@gmail.com", ""),
    ],
)
def test_the_host_tells_what_to_know_about_passwords(host: str, sender: str, hint: str) -> None:
    told = hint_for(converted(**{"host": host, "from": sender}))
    assert hint in told
    assert bool(hint) is bool(told)
