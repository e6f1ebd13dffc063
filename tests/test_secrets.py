"""Secrets: where they come from, and that nothing shows them."""

from __future__ import annotations

import logging
import shlex
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from followup import secrets
from followup.api import InputError, Secret, secret_from_command, secret_from_keyring
from followup.extensions.isolation import guard
from followup.secrets import store_in_keyring

CANARY = "canary-5f1e"


def python(code: str) -> str:
    """A command that runs a line of Python."""
    return shlex.join([sys.executable, "-c", code])


class Chain(KeyringBackend):
    """A keyring that has one secret, and can be locked."""

    priority = 1.0

    def __init__(self) -> None:
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked("Failed to unlock\nthe \x1b[31mcollection!")
        return CANARY if (service, username) == ("mail", "dana lee") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


@pytest.fixture
def chain() -> Iterator[Chain]:
    before, chain = keyring.get_keyring(), Chain()
    keyring.set_keyring(chain)
    yield chain
    keyring.set_keyring(before)


def test_a_secret_is_masked_however_it_is_written(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(CANARY)
    logging.getLogger("followup").error("with %s and %r", secret, [secret])
    written = [str(secret), repr(secret), f"{secret}", f"{ {'token': secret} }", caplog.text]
    assert CANARY not in "".join(written)
    assert secret.reveal() == CANARY


@pytest.mark.parametrize("ending", ["", "\\n", "\\r\\n", "\\nlogin: dana\\n"])
def test_a_command_gives_the_first_line_that_it_prints(ending: str) -> None:
    command = python(f"import os; os.write(1, '{CANARY} Ü {ending}'.encode())")
    assert secret_from_command(command).reveal() == f"{CANARY} Ü "


def test_a_command_runs_without_a_shell_and_without_input(tmp_path: Path) -> None:
    there = tmp_path / "made-by-a-shell"
    code = "import sys; print(sys.argv[1:], sys.stdin.read())"
    printed = secret_from_command(f"{python(code)} $HOME; touch {there}").reveal()
    assert printed == f"['$HOME;', 'touch', '{there}'] "
    assert not there.exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "is empty: name one"),
        (" ", "is empty: name one"),
        ("pass 'show", "`pass 'show` is no command: No closing quotation; check its quotes"),
        ("/no/such/pass x", "`/no/such/pass x` cannot be run: No such file or directory"),
        (python(f"print('{CANARY[::-1]}'[::-1]); exit(3)"), "ended with status 3: run it yourself"),
        (python("print()"), "printed no secret"),
        (python("print('\\nsecond line')"), "printed no secret"),
        (python(f"import os; os.write(1, b'{CANARY[::-1]}'[::-1] + bytes([255]))"), "printed no s"),
    ],
)
def test_a_command_that_gives_none_is_told_in_one_line_without_its_output(
    command: str, said: str
) -> None:
    with pytest.raises(InputError) as refusal:
        secret_from_command(command)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert CANARY not in "".join(traceback.format_exception(refusal.value))


def test_a_command_that_hangs_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "COMMAND_SECONDS", 0.5)
    code = f"import time; print('{CANARY[::-1]}'[::-1], flush=True); time.sleep(600)"
    with pytest.raises(InputError, match=r"took longer than 0\.5 s: run it yourself") as refusal:
        secret_from_command(python(code))
    assert CANARY not in "".join(traceback.format_exception(refusal.value))


def test_a_command_that_hangs_is_told_before_its_channel_is_ended() -> None:
    """Or a message that nothing came of would be one of which nobody knows whether it went."""
    assert guard.SECONDS["channel"] >= secrets.COMMAND_SECONDS * 2


def test_the_keyring_gives_the_secret_of_a_user_of_a_service(chain: Chain) -> None:
    assert secret_from_keyring("mail", "dana lee").reveal() == CANARY


def test_what_the_keyring_has_not_is_told_with_how_to_put_it_there(chain: Chain) -> None:
    with pytest.raises(InputError) as refusal:
        secret_from_keyring("sms", "dana lee")
    assert str(refusal.value) == (
        "the keyring has no such secret: `keyring set sms 'dana lee'` puts it there"
    )


def test_a_keyring_that_stays_locked_is_told_in_one_clean_line(chain: Chain) -> None:
    chain.is_locked = True
    with pytest.raises(InputError) as refusal:
        secret_from_keyring("mail", "dana lee")
    assert str(refusal.value) == (
        "the keyring cannot be read: Failed to unlock the [31mcollection!;"
        " unlock it, or set a command that prints the secret"
    )


def test_a_keyring_is_given_a_secret(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, ...]] = []
    monkeypatch.setattr(chain, "set_password", lambda *what: given.append(what))
    store_in_keyring("mail", "dana lee", Secret(CANARY))
    assert given == [("mail", "dana lee", CANARY)]


def test_a_keyring_that_takes_none_is_told_without_it(chain: Chain) -> None:
    with pytest.raises(InputError) as refusal:
        store_in_keyring("mail", "dana lee", Secret(CANARY))
    assert str(refusal.value) == (
        "the keyring cannot be written: NotImplementedError; unlock it, or set a command that"
        " prints the secret"
    )
    assert CANARY not in "".join(traceback.format_exception(refusal.value))


def test_without_keyring_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(InputError, match=r"`pip install 'followup\[keyring\]'`"):
        secret_from_keyring("mail", "dana")


def test_plugins_that_need_no_secret_do_not_wait_for_what_fetches_them() -> None:
    code = "import followup.api, sys; print({'keyring', 'subprocess'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
