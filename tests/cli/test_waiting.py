"""The bar beside what takes its time: on a terminal alone, and not beside what is quick."""

from __future__ import annotations

import io
import sys
from threading import Event

import pytest

from followup.cli import waiting


class Terminal(io.StringIO):
    """A standard error that is a terminal, and tells when something is said on it."""

    def __init__(self) -> None:
        super().__init__()
        self.has_said = Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        written = super().write(text)
        if "log.csv" in self.getvalue():
            self.has_said.set()
        return written


def test_what_takes_long_shows_a_bar_that_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm")
    with waiting.waiting("Reading [red]log.csv\x1b]0;x\x07"):
        assert terminal.has_said.wait(timeout=30)
    said = terminal.getvalue()
    assert "[red]log.csv" in said
    assert "\x1b]0;" not in said
    assert said.endswith("\x1b[2K")  # the line is empty again


def test_what_is_quick_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with waiting.waiting("Reading log.csv"):
        pass
    assert terminal.getvalue() == ""


def test_without_a_terminal_there_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def timer(*_given: object) -> None:
        raise AssertionError("nothing is to be shown")

    monkeypatch.setattr(waiting, "Timer", timer)
    with waiting.waiting("Reading log.csv"):
        pass
    assert capsys.readouterr().err == ""
