"""``run`` and ``tick``, and what scripts are told by the program in fresh processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import hasty_worker
from builders import HandClock, reply
from command_line import Followup
from plugin_trackers import a_run
from scripts import write_script

Installed = Callable[..., subprocess.CompletedProcess[str]]

LISTENER = """
import os
from followup.api import hookimpl

def tell(*words):
    # One write of one line: several processes may tell at once.
    line = " ".join(map(str, words)) + "\\n"
    out = os.open(os.environ["TOLD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(out, line.encode())
    os.close(out)

@hookimpl
def event_recorded(application, event):
    tell(application.company, event.name)

@hookimpl
def stage_entered(application, stage, previous):
    tell(application.company, previous, "->", stage)

@hookimpl
def message_sent(application, message, receipt):
    tell(application.company, message.body, receipt.detail)
"""

ECHO = """
from followup.api import Note, hookimpl

@hookimpl
def event_recorded(tracker, application, event):
    if event.name != "note":
        tracker.log(application.id, Note(at=tracker.now(), zone=tracker.zone, text="noted"))
"""

PING_PONG = """
from followup.api import Note, hookimpl

@hookimpl
def event_recorded(tracker, application, event):
    tracker.log(application.id, Note(at=tracker.now(), zone=tracker.zone, text="and on"))
"""

COMMANDS = """
from followup.api import Applied, Application, Command, Note, Outcome, hookimpl

def close_all(tracker):
    cards = tracker.list()
    for card in cards:
        tracker.log(
            card.id, Outcome(at=tracker.now(), zone=tracker.zone, result="withdrawn")
        )
    print("so be it \\x1b[31m")
    return f"{len(cards)} closed"

def fail(tracker):
    tracker.log(1, Note(at=tracker.now(), zone=tracker.zone, text="begun"))
    raise ValueError("no luck")

@hookimpl
def register_commands():
    return [
        Command(name="close-all", title="Close them all", run=close_all),
        Command(name="fail", title="Fail", run=fail),
    ]
"""


@pytest.fixture
def config(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("followup.cli.worker.COMMAND", hasty_worker.COMMAND)
    monkeypatch.setenv("TOLD", str(home / "told"))
    return home / "config" / "followup"


@pytest.fixture
def told(home: Path) -> Callable[[], list[str]]:
    """What scripts were told since the last time."""

    def take() -> list[str]:
        path = home / "told"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines

    return take


class TestRun:
    @pytest.fixture(autouse=True)
    def commands(self, followup: Followup, config: Path) -> None:
        write_script(config, "commands", COMMANDS)
        followup.done("--no-plugins", "add", "Globex", "SRE", "--applied", "2026-03-10")

    def test_commands_are_listed_and_run(self, followup: Followup) -> None:
        assert followup.done("run") == "close-all  Close them all\nfail  Fail\n"
        assert followup.json("run")[0] == {"name": "close-all", "title": "Close them all"}
        assert followup.done("run", "close-all") == "so be it [31m\n1 closed\n"
        assert followup.json("list")[0]["stage"] == "closed"

    def test_what_a_script_changes_is_undone_like_any_other(self, followup: Followup) -> None:
        said = followup.json("run", "close-all")
        assert said["text"] == "1 closed"
        (entry, *_) = followup.json("history")
        assert entry["what"] == "log outcome for Globex"
        followup.done("undo")
        assert followup.json("list")[0]["stage"] == "applied"
        followup.done("redo")
        assert followup.json("list")[0]["stage"] == "closed"

    def test_one_that_fails_is_told_in_a_line(self, followup: Followup) -> None:
        result = followup("run", "fail")
        assert result.exit_code == 1
        assert result.stdout == ""
        assert (
            "command fail: ValueError: no luck; `followup plugins info commands`" in result.stderr
        )
        # What it did before stands, and can be taken back.
        assert followup.json("history")[0]["what"] == "log note for Globex"

    def test_one_that_there_is_not_is_refused(self, followup: Followup) -> None:
        assert followup.refused("run", "nothing") == (
            1,
            "no command 'nothing': there are close-all, fail; see `followup plugins list`",
        )


class TestEvents:
    @pytest.fixture(autouse=True)
    def listener(self, config: Path) -> None:
        write_script(config, "listener", LISTENER)

    def test_facts_and_columns_are_told_by_the_command_that_brings_them(
        self, followup: Followup, told: Callable[[], list[str]]
    ) -> None:
        followup.done("add", "Globex", "SRE", "--interview", "2026-03-09 10:00")
        assert told() == ["Globex interview", "Globex None -> due"]
        followup.done("log", "1", "reply")
        assert told() == ["Globex reply", "Globex due -> replied"]
        followup.done("undo")
        assert told() == ["Globex replied -> due"]
        followup.done("list")
        followup.done("tick")
        assert told() == []
        followup.done("remove", "1")
        followup.done("tick")
        assert told() == []

    def test_what_was_missed_is_told_by_the_next_tick(
        self, followup: Followup, told: Callable[[], list[str]]
    ) -> None:
        followup.done("add", "A", "SRE", "--interview", "2026-03-11 16:00")
        followup.done("add", "B", "SRE", "--interview", "2026-03-12 16:00")
        followup.done("--no-plugins", "add", "C", "SRE", "--applied", "2026-03-11")
        told()
        followup.done("--no-plugins", "tick", at="2026-03-30T00:00Z")
        assert told() == []
        followup.done("tick", at="2026-03-30T00:00Z")
        assert told() == [
            "A interview -> cooling",
            "B interview -> cooling",
            "A cooling -> due",
            "B cooling -> due",
            "C None -> due",
        ]
        for clock in ("2026-03-30T00:00Z", "2026-03-12T00:00Z", "2026-03-30T01:00Z"):
            followup("tick", at=clock)
        assert told() == []

    def test_nothing_is_done_while_the_clock_stands_wrong(
        self, followup: Followup, told: Callable[[], list[str]]
    ) -> None:
        followup.done("add", "Globex", "SRE", "--applied", "2026-03-10")
        followup.done("log", "1", "reply")
        told()
        result = followup("tick", at="2026-03-11T00:00Z")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "the clock stands before the newest recorded fact" in result.stderr
        assert told() == []

    def test_what_a_script_records_is_told_to_it_as_well(
        self, followup: Followup, config: Path, told: Callable[[], list[str]]
    ) -> None:
        write_script(config, "echo", ECHO)
        followup.done("add", "Globex", "SRE", "--applied", "2026-03-10")
        assert sorted(told()) == ["Globex None -> applied", "Globex applied", "Globex note"]
        assert [entry["what"] for entry in followup.json("history")] == [
            "log note for Globex",
            "add Globex, SRE",
        ]
        followup.done("undo")
        assert len(followup.json("show", "1")["events"]) == 1

    def test_two_that_answer_each_other_come_to_an_end(
        self, followup: Followup, config: Path
    ) -> None:
        for name in ("ping", "pong"):
            write_script(config, name, PING_PONG)
        followup.done("add", "Globex", "SRE", "--applied", "2026-03-10")
        events = followup.json("show", "1")["events"]
        # The fact and the column that it brought are two pieces of news, with five echoes each:
        # both scripts heard of eleven facts and answered every time.
        assert len(events) == 1 + 2 * 11


def test_two_ticks_at_once_tell_each_change_once(home: Path, config: Path) -> None:
    write_script(config, "listener", LISTENER)
    companies = [f"C{number}" for number in range(4)]
    followup = Followup()
    for company in companies:
        followup.done("add", company, "SRE", "--interview", "2026-03-11 16:00")
    (home / "told").unlink()
    for clock in ("2026-03-11T15:30Z", "2026-03-11T16:30Z", "2026-03-14T00:00Z"):
        words = [sys.executable, "-m", "followup", "--at", clock, "tick"]
        ticks = [subprocess.Popen(words, env=dict(os.environ)) for _ in range(3)]
        assert [tick.wait(timeout=60) for tick in ticks] == [0, 0, 0]
    assert sorted((home / "told").read_text().splitlines()) == sorted(
        f"{company} {change}"
        for company in companies
        for change in ("interview -> cooling", "cooling -> due")
    )


def test_a_board_and_a_tick_tell_each_change_once(
    config: Path, told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_script(config, "listener", LISTENER)
    monkeypatch.setenv("FOLLOWUP_STORE", str(config / "followup.json"))
    followup = Followup()
    followup.done("add", "Globex", "SRE", "--interview", "2026-03-10 10:00")
    with a_run(config, clock=HandClock(datetime(2026, 3, 12, 14, tzinfo=UTC))) as board:
        told()
        board.tracker.log(1, reply(board.clock.now()))
        followup.done("tick", at="2026-03-12T15:00Z")
        assert told() == ["Globex cooling -> due", "Globex due -> replied"]
        board.tracker.refresh()
        board.tracker.publish(board.tracker.board())
        assert told() == ["Globex reply"]
