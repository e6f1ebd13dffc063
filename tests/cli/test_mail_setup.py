"""``config mail``: set up by questions or by options, tried on real servers, no password kept."""

from __future__ import annotations

import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend

from command_line import Followup
from smtp_servers import PASSWORD, USER, Authority, MailServer


@pytest.fixture
def config(home: Path) -> Path:
    return home / "config" / "followup" / "config.toml"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(authority: Authority) -> Iterator[MailServer]:
    with MailServer(tls=authority.context("localhost")) as server:
        yield server


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to answer."""
    monkeypatch.setattr("followup.cli.mail_trial.is_interactive", lambda: True)


class Chain(KeyringBackend):
    """A keyring that keeps what it is given."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


@pytest.fixture
def chain() -> Iterator[Chain]:
    before, chain = keyring.get_keyring(), Chain()
    keyring.set_keyring(chain)
    yield chain
    keyring.set_keyring(before)


def channels(config: Path) -> dict[str, Any]:
    tables: dict[str, Any] = tomllib.loads(config.read_text(encoding="utf-8"))["channel"]
    return tables


def given(server: MailServer, authority: Authority, *more: str) -> list[str]:
    """The options that lead to a server of the test."""
    place = ["--host", "localhost", "--port", str(server.port), "--ca-file", str(authority.file)]
    return ["config", "mail", USER, *place, *more]


@pytest.mark.usefixtures("somebody")
class TestStepByStep:
    def test_a_server_of_one_s_own(
        self, followup: Followup, config: Path, server: MailServer, authority: Authority
    ) -> None:
        config.write_text(
            '# mine\nname = "Sam Poe"\n\n[channel.email] # mail\ntimeout_seconds = 9\n'
        )
        answers = [
            USER,
            "localhost",
            "tls",
            str(server.port),
            "",
            "ask",
            str(authority.file),
            "y",
            PASSWORD,
        ]
        result = followup("config", "mail", typed="\n".join(answers) + "\n")
        assert result.exit_code == 0, result.output
        assert result.stdout.splitlines()[-1] == (
            f"localhost: encrypted (TLSv1.3), logged in as {USER}; nothing was sent"
        )
        text = config.read_text(encoding="utf-8")
        assert text.startswith('# mine\nname = "Sam Poe"\n')
        assert "[channel.email] # mail" in text
        assert channels(config) == {
            "email": {
                "timeout_seconds": 9,
                "from": f"Sam Poe <{USER}>",
                "host": "localhost",
                "port": server.port,
                "security": "tls",
                "user": USER,
                "ca_file": str(authority.file),
                "bcc_self": True,
            },
            "eml": {"from": f"Sam Poe <{USER}>"},
        }
        assert PASSWORD not in result.output + text
        assert server.logins
        assert not server.letters

    def test_a_well_known_provider_is_filled_in(
        self, followup: Followup, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("followup.cli.mail_trial.try_out", lambda config: None)
        answers = "sam@icloud.com\ncommand\npass show mail\n\n"
        output = followup.done("config", "mail", typed=answers)
        assert "iCloud, which sends by smtp.mail.me.com\n" in output
        assert "iCloud takes app-specific passwords alone: make one at https://" in output
        same = {"from": "Sam Poe <sam@icloud.com>", "password_command": "pass show mail"}
        mailbox = {
            "host": "imap.mail.me.com",
            "port": 993,
            "security": "tls",
            "user": "sam",
            "password_command": "pass show mail",
        }
        assert tomllib.loads(config.read_text(encoding="utf-8"))["replies"] == mailbox
        assert channels(config) == {
            "email": {
                "host": "smtp.mail.me.com",
                "port": 587,
                "security": "starttls",
                "user": "sam@icloud.com",
                **same,
            },
            "eml": {"from": "Sam Poe <sam@icloud.com>"},
            "imap-draft": {"from": "Sam Poe <sam@icloud.com>", **mailbox},
        }

    def test_a_provider_that_takes_no_passwords_leaves_it_to_the_mail_program(
        self, followup: Followup, config: Path
    ) -> None:
        config.write_text('[channel.email]\nhost = "old.example"\n')
        output = followup.done("config", "mail", "sam@outlook.com")
        assert "Outlook.com takes no passwords from other programs any more" in output
        assert channels(config)["email"] == {"from": "sam@outlook.com"}
        assert "your mail program sends" in followup.done("config", "mail", "--test")

    def test_the_keyring_is_given_the_password(
        self,
        followup: Followup,
        config: Path,
        server: MailServer,
        authority: Authority,
        chain: Chain,
    ) -> None:
        words = given(server, authority, "--security", "tls", "--keyring", "--no-bcc-self")
        result = followup(*words, typed=f"\n{PASSWORD}\n")
        assert result.exit_code == 0, result.output
        assert chain.kept == {("followup-mail", USER): PASSWORD}
        assert channels(config)["email"]["keyring"] is True
        assert PASSWORD not in result.output + config.read_text(encoding="utf-8")


class TestByOptions:
    def test_all_at_once(
        self, followup: Followup, config: Path, server: MailServer, authority: Authority
    ) -> None:
        command = shlex.join(
            [sys.executable, "-c", f"import os; os.write(1, {PASSWORD!r}.encode())"]
        )
        output = followup.done(*given(server, authority, "--password-command", command))
        assert output.startswith(f"saved {config}\n")
        assert output.endswith("; nothing was sent\n")
        assert "logged in" in followup.done("config", "mail", "--test")
        assert channels(config)["email"]["password_command"] == command

    def test_a_new_way_to_the_password_takes_the_place_of_the_old_one(
        self, followup: Followup, config: Path, server: MailServer, authority: Authority
    ) -> None:
        config.write_text(f'[channel.email]\npassword = "{PASSWORD}"\nkeyring = true\n')
        result = followup(*given(server, authority, "--ask"))
        assert result.exit_code == 0, result.output
        assert "localhost is not tried: nobody is here to type the password" in result.stderr
        assert not {"password", "keyring", "password_command"} & set(channels(config)["email"])
        assert PASSWORD not in config.read_text(encoding="utf-8")

    def test_a_wrong_password_is_told_in_one_line_and_the_rest_is_kept(
        self, followup: Followup, config: Path, server: MailServer, authority: Authority
    ) -> None:
        words = given(server, authority, "--password-command", "echo wrong-canary")
        result = followup(*words)
        assert result.exit_code == 3
        assert result.stderr == (
            f"followup: nothing was sent: localhost refused the user {USER} or the password"
            " (535 5.7.8): check both\n"
        )
        assert "wrong-canary" not in result.output
        assert channels(config)["email"]["host"] == "localhost"

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ((), "give your address: nobody is here to be asked"),
            (("sam@poe.example",), "give --host: nobody is here to be asked"),
            (("sam",), "'sam' is no e-mail address"),
            (("sam@poe.example", "--ask", "--keyring"), "give one of --password-command"),
            (
                ("sam@poe.example", "--host", "smtp.poe.example", "--security", "none"),
                '"none" is for this machine alone',
            ),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_written(
        self, followup: Followup, config: Path, words: tuple[str, ...], told: str
    ) -> None:
        before = config.read_bytes()
        code, line = followup.refused("config", "mail", *words)
        assert code == 2
        assert told in line
        assert config.read_bytes() == before


class TestPasswordsInTheFile:
    def test_one_is_refused_wherever_the_settings_are_used(
        self, followup: Followup, config: Path
    ) -> None:
        config.write_text(f'[channel.email]\npassword = "{PASSWORD}"\n')
        for words in (("config", "check"), ("config", "show"), ("config", "mail", "--test")):
            code, line = followup.refused(*words)
            assert code == 2
            assert "a password does not belong into a file: take it out" in line
            assert PASSWORD not in line
