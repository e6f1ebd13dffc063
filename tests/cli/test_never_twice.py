"""Never twice: the real program over a real server, killed anywhere and pressed twice at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, NamedTuple

import pytest

from builders import DAY, application, interview
from followup.cli.session import SystemClock
from followup.domain.application import Contact
from followup.store.repository import Repository
from smtp_servers import MailServer

SETTINGS = """
name = "Sam Poe"
timezone = "UTC"

[channel.email]
from = "Sam Poe <sam@poe.example>"
host = "127.0.0.1"
port = {port}
security = "none"
"""


class Found(NamedTuple):
    """What is known of an application, and what the server has of it."""

    letters: int
    is_sent: bool
    is_unconfirmed: bool


class Program:
    """The program over a store of its own, with applications of which follow-ups are due."""

    def __init__(self, home: Path, server: MailServer) -> None:
        self.home, self.server = home, server
        self.store = home / "followup.json"
        self.message = home / "message.txt"
        self.message.write_text("Subject: The role\n\nIs there any news?", encoding="utf-8")
        config = home / "config" / "followup" / "config.toml"
        config.write_text(SETTINGS.format(port=server.port), encoding="utf-8")

    def fill(self, *addresses: str) -> None:
        now = SystemClock("UTC").now()
        repository = Repository(self.store)
        with repository.change("fill", now) as changes:
            for number, address in enumerate(addresses):
                held = interview(now - 3 * DAY)
                changes.add(
                    application(
                        held,
                        company=f"Company {number}",
                        contacts=(Contact(name="Dana Lee", email=address),),
                    )
                )
        repository.close()

    def begin(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "followup", "--store", str(self.store), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def send(self, id_: int) -> subprocess.Popen[str]:
        return self.begin("send", str(id_), "--file", str(self.message), "--yes")

    def done(self, *words: str) -> Any:
        process = self.begin(*words, "--json")
        printed, _ = process.communicate(timeout=60)
        return json.loads(printed)

    def letters(self, address: str) -> int:
        return sum(address in letter.recipients for letter in self.server.letters)

    def found(self, id_: int, address: str) -> Found:
        document = self.done("show", str(id_))
        first = self.done("due")[:1]
        is_unconfirmed = document["unconfirmed"] is not None
        assert is_unconfirmed == any(one["unconfirmed"] for one in first)
        sent = [event for event in document["events"] if event["event"] == "follow_up"]
        assert len(sent) <= 1
        return Found(self.letters(address), bool(sent), is_unconfirmed)


@pytest.fixture
def program(home: Path) -> Iterator[Program]:
    with MailServer(anonymous=True) as server:
        yield Program(home, server)


@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=pytest.mark.torture)])
def test_killed_anywhere_it_goes_once_or_is_unconfirmed(program: Program, kills: int) -> None:
    random = Random(kills)
    addresses = [f"dana-{number}@globex.example" for number in range(kills + 1)]
    program.fill(*addresses)
    start = perf_counter()
    first = program.send(kills + 1)
    assert first.communicate(timeout=60)[1] == ""
    longest = perf_counter() - start
    doubtful = 0
    for id_, address in enumerate(addresses[:-1], start=1):
        process = program.send(id_)
        with suppress(subprocess.TimeoutExpired):
            process.wait(longest * random.uniform(0.3, 1.05))
        process.kill()
        process.communicate()
        found = program.found(id_, address)
        if process.returncode == 0:
            assert found == Found(letters=1, is_sent=True, is_unconfirmed=False)
        assert found.letters <= 1
        assert found.letters == 0 or found.is_sent or found.is_unconfirmed
        assert not (found.is_sent and found.letters == 0)
        doubtful += found.is_unconfirmed
        again = program.send(id_)
        _, said = again.communicate(timeout=60)
        assert again.returncode == (1 if found.is_sent or found.is_unconfirmed else 0), said
        assert program.letters(address) == (found.letters or 1 - found.is_unconfirmed)
        if found.is_unconfirmed:
            # The user looks, and says so: it counts once, or goes once.
            word = "--went" if found.letters else "--did-not-go"
            settled = program.begin("send", str(id_), word)
            assert settled.communicate(timeout=60)[1] == ""
            assert program.found(id_, address) == Found(found.letters, bool(found.letters), False)
    assert all(program.letters(address) <= 1 for address in addresses)
    assert doubtful or kills < 10


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.torture)])
@pytest.mark.parametrize("is_same", [True, False])
def test_of_two_who_press_at_once_one_sends(
    program: Program, rounds: int, *, is_same: bool
) -> None:
    for number in range(rounds):
        address = f"dana-{number}@globex.example"
        program.fill(address, address.upper() if not is_same else "lee@globex.example")
        one = 2 * number + 1
        both = [program.send(one), program.send(one if is_same else one + 1)]
        said = [process.communicate(timeout=60)[1] for process in both]
        assert sorted(process.returncode for process in both) == [0, 1], said
        assert program.letters(address) + program.letters(address.upper()) == 1
