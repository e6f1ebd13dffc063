"""``followup tick`` notifies on the desktop, by a program that stands in for the system's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Followup

Installed = Callable[..., subprocess.CompletedProcess[str]]

NOTIFY = """\
#!{python}
import json, pathlib, sys
with pathlib.Path({out!r}).open("a", encoding="utf-8") as out:
    out.write(json.dumps(sys.argv[1:]) + "\\n")
sys.exit({status})
"""
ENDED = ("2026-03-09T14:00:00Z", "2026-03-09T15:00:00Z")
OPENED = "2026-03-11T15:00:00Z"  # 16:00 in Berlin
BEFORE = "2026-03-11T14:59:00Z"


class Desk:
    """A desktop: a ``notify-send`` of its own on the PATH, and what it was told."""

    def __init__(self, home: Path) -> None:
        self.programs = home / "programs"
        self.programs.mkdir()
        self._out = home / "notified"

    def has_notify_send(self, status: int = 0) -> None:
        program = self.programs / "notify-send"
        text = NOTIFY.format(python=sys.executable, out=str(self._out), status=status)
        program.write_text(text, encoding="utf-8")
        program.chmod(0o700)

    def told(self) -> list[list[str]]:
        lines = self._out.read_text(encoding="utf-8").splitlines() if self._out.exists() else []
        return [json.loads(line) for line in lines]


@pytest.fixture
def desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(home)
    monkeypatch.setenv("PATH", str(desk.programs))
    return desk


def remind(home: Path, **settings: object) -> None:
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    config = home / "config" / "followup" / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text("\n".join([text, "[reminders]", *lines, ""]), encoding="utf-8")


def add(followup: Followup, company: str = "Globex") -> None:
    starts, ends = ENDED
    followup.done("add", company, "SRE", at=ends)
    id_ = str(len(followup.json("list", at=ends)))
    followup.done("log", id_, "interview", "--starts", starts, "--ends", ends, at=ends)


def test_a_step_that_opens_is_notified_of_once(followup: Followup, home: Path, desk: Desk) -> None:
    desk.has_notify_send()
    remind(home, desktop=True)
    add(followup)
    for at in (BEFORE, OPENED, OPENED, "2026-03-12T09:00:00Z"):
        assert followup.done("tick", at=at) == ""
    assert desk.told() == [["--app-name=followup", "--", "followup", "1 follow-up opened: Globex"]]


def test_nobody_is_notified_who_does_not_want_it(
    followup: Followup, home: Path, desk: Desk
) -> None:
    desk.has_notify_send()
    add(followup)
    followup.done("tick", at=OPENED)
    remind(home, terminal="bell")  # that is for the board
    followup.done("tick", at=OPENED)
    assert desk.told() == []


def test_several_are_one_notification_after_quiet_hours(
    followup: Followup, home: Path, desk: Desk
) -> None:
    desk.has_notify_send()
    remind(home, desktop=True, quiet="15:30-18:00")
    add(followup, "Globex")
    add(followup, "Initech")
    for at in (OPENED, "2026-03-11T16:59:00Z", "2026-03-11T17:00:00Z", "2026-03-11T18:00:00Z"):
        followup.done("tick", at=at)
    assert [words[-1] for words in desk.told()] == ["2 follow-ups opened: Globex, Initech"]


def test_no_company_is_named_where_none_shall_be(
    followup: Followup, home: Path, desk: Desk
) -> None:
    desk.has_notify_send()
    remind(home, desktop=True, names=False)
    add(followup)
    followup.done("tick", at=OPENED)
    assert desk.told()[0][2:] == ["followup", "1 follow-up opened"]


def test_a_hostile_name_is_text(followup: Followup, home: Path, desk: Desk) -> None:
    desk.has_notify_send()
    remind(home, desktop=True)
    add(followup, "Evil; $(touch owned) <b>&\x1b[31m\nCorp")
    followup.done("tick", at=OPENED)
    (words,) = desk.told()
    assert words[-1].startswith("1 follow-up opened: Evil; $(touch owned) &lt;b&gt;&amp;")
    assert words[-1].isprintable()
    assert not (home / "owned").exists()


def test_without_a_desktop_it_is_said_once(followup: Followup, home: Path, desk: Desk) -> None:
    assert desk.told() == []
    remind(home, desktop=True)
    add(followup)
    result = followup("tick", at=OPENED)
    assert (result.exit_code, result.stdout) == (0, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("followup: 1 follow-up opened: Globex; there is neither notify-send")
    assert followup.done("tick", at=OPENED) == ""


def test_a_desktop_that_fails_is_said_in_one_line(
    followup: Followup, home: Path, desk: Desk
) -> None:
    desk.has_notify_send(status=1)
    remind(home, desktop=True)
    add(followup)
    result = followup("tick", at=OPENED)
    assert result.exit_code == 0
    assert "XDG_RUNTIME_DIR" in result.stderr
    assert followup.done("tick", at=OPENED) == ""


def test_ticks_at_the_same_time_notify_once(
    followup: Followup, installed: Installed, home: Path, desk: Desk
) -> None:
    desk.has_notify_send()
    remind(home, desktop=True)
    for number in range(4):
        add(followup, f"C{number}")
    program = Path(sys.executable).with_name("followup")
    ticks = [
        subprocess.Popen([program, "--at", OPENED, "tick"], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [tick.communicate(timeout=60)[1] for tick in ticks] == [b""] * 4
    names = [name for words in desk.told() for name in words[-1].partition(": ")[2].split(", ")]
    assert installed("--at", OPENED, "tick").stderr == ""
    assert sorted(names) in (["C0", "C1", "C2", "C3"], ["C0", "C1", "C2 and 1 more"])


def test_quiet_hours_that_are_none_are_refused(followup: Followup, home: Path) -> None:
    remind(home, quiet="at night")
    code, line = followup.refused("tick")
    assert code == 2
    assert "quiet: at night is no time of the day" in line
