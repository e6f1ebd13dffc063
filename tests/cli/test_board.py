"""``followup`` without a command, and ``demo``."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import threading
from pathlib import Path

import pytest

from command_line import Followup
from followup.tracker import Tracker
from terminal import Terminal


def test_without_a_terminal_the_board_is_printed(followup: Followup) -> None:
    followup.done("add", "Late", "SRE", "--interview", "2026-03-03 10:00")
    followup.done("add", "Cool", "Engineer", "--interview", "2026-03-11 10:00")
    followup.done("add", "Gone", "SRE")
    followup.done("log", "3", "outcome", "rejected")
    assert followup.done() == (
        "followup  1 to do now · next opens in 44 h (Cool)  Wed 11 Mar 15:00\n"
        "\n"
        "◔ Too early  1\n"
        "  2  Cool  Engineer  opens in 44 h\n"
        "\n"
        "● Follow up  1\n"
        "  1  Late  SRE  6 d overdue\n"
        "\n"
        "× Closed  1\n"
        "  3  Gone  SRE  rejected Wed 11 Mar\n"
    )


def test_last_calls_are_counted_apart(followup: Followup) -> None:
    followup.done("add", "Calling", "SRE", "--interview", "2026-02-10 10:00")
    followup.done("log", "1", "follow-up", "--on", "2026-02-13")
    assert followup.done().startswith("followup  1 last call  Wed 11 Mar 15:00\n")


def test_a_first_run_shows_three_ways_in(followup: Followup) -> None:
    printed = followup.done()
    for way in ("`followup add COMPANY ROLE`", "`followup import FILE`", "`followup demo`"):
        assert way in printed


def test_wrong_settings_of_a_policy_are_one_line_and_no_screen(
    followup: Followup, home: Path
) -> None:
    followup.done("add", "Acme", "SRE", "--interview", "2026-03-03 10:00")
    config = home / "config" / "followup" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[policy.patient]\nfollow_up_after_hours = "two days"\n')
    terminal = Terminal()
    assert terminal.status() == 2
    assert terminal.said == (
        "followup: [policy.patient]: Expected `float`, got `str` - at `$.follow_up_after_hours`;"
        " `followup config edit` opens it\r\n"
    )


def test_an_interrupt_is_quiet(followup: Followup, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(tracker: Tracker) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Tracker, "board", interrupt)
    result = followup()
    assert (result.exit_code, result.output) == (1, "\n")


class TestDemo:
    def test_it_leaves_nothing_behind(self, followup: Followup, home: Path) -> None:
        printed = followup.done("demo")
        assert "◆ Last call  1" in printed
        assert not list(home.glob("followup-demo-*"))
        assert followup.json("list") == []

    def test_its_store_can_be_kept(self, followup: Followup, home: Path) -> None:
        path = followup.done("demo", "--count", "50", "--into", str(home / "x"), "--no-open")
        assert path == f"{home / 'x' / 'followup.json'}\n"
        assert len(followup.json("--store", path.strip(), "list")) == 50
        code, line = followup.refused("demo", "--into", str(home / "x"))
        assert code == 1
        assert "is there already" in line

    def test_without_opening_it_the_store_stays(self, followup: Followup) -> None:
        path = Path(followup.done("demo", "--no-open").strip())
        assert path.parent.parent == Path(tempfile.gettempdir())
        assert path.is_file()


def test_on_a_terminal_the_board_opens_full_screen(home: Path) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
    board = subprocess.Popen(
        [sys.executable, "-m", "followup", "demo"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    drawn = b""
    while b"Initech" not in drawn:
        drawn += os.read(ours, 65536)
    os.write(ours, b"q")
    # The terminal has to be read, or the program could not finish writing to it.
    threading.Thread(target=_drain, args=(ours,), daemon=True).start()
    assert board.wait(timeout=30) == 0
    assert not list(home.glob("followup-demo-*"))


def _drain(terminal: int) -> None:
    with contextlib.suppress(OSError):
        while os.read(terminal, 65536):
            pass
