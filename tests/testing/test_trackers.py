"""Hooks under a real tracker, without anything that is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from followup.api import Application, InputError, Receipt, Stage, Tracker, hookimpl
from followup.testing import (
    DAY,
    NOW,
    HandClock,
    application,
    host_of,
    interview,
    load_script,
    message,
    reply,
    tracker_over,
)
from scripts import write_script


class Told:
    """A plugin that keeps what it is told."""

    def __init__(self) -> None:
        self.stages: list[tuple[Stage | None, Stage]] = []

    @hookimpl
    def stage_entered(
        self, tracker: Tracker, application: Application, stage: Stage, previous: Stage | None
    ) -> None:
        self.stages.append((previous, stage))


def test_hooks_are_told_when_the_clock_moves(tmp_path: Path) -> None:
    clock, told = HandClock(), Told()
    with tracker_over(tmp_path, told, clock=clock) as tracker:
        tracker.add(application(interview(NOW)))
        tracker.publish(tracker.board())
        clock.advance(2 * DAY)
        tracker.publish(tracker.board())
        tracker.publish(tracker.board())
    assert told.stages == [(None, Stage.COOLING), (Stage.COOLING, Stage.DUE)]


def test_what_a_hook_raises_reaches_the_test(tmp_path: Path) -> None:
    @hookimpl
    def message_sent(receipt: Receipt) -> None:
        raise InputError(receipt.detail)

    plugin = SimpleNamespace(message_sent=message_sent)
    with tracker_over(tmp_path, plugin) as tracker:
        added = tracker.add(application(interview(NOW - 3 * DAY)))
        tracker.sending.log(added.id, message(), channel="email")
        with pytest.raises(InputError, match="sent"):
            tracker.publish()


def test_the_store_is_real_and_the_configuration_that_of_the_test(tmp_path: Path) -> None:
    with tracker_over(tmp_path, name="Sam", policy={"patient": {"check_ins": 0}}) as tracker:
        id_ = tracker.add(application(interview(NOW - 3 * DAY))).id
        assert tracker.draft(id_).message.body.endswith("Sam")
        tracker.log(id_, reply(NOW))
    with tracker_over(tmp_path) as tracker:
        assert tracker.card(id_).stage is Stage.REPLIED
        tracker.undo()
        assert tracker.card(id_).stage is Stage.DUE


def test_a_plugin_that_does_not_fit_is_told_how() -> None:
    for module, fault in (
        (SimpleNamespace(register_chanels=hookimpl(lambda: ())), "there is no hook register_ch"),
        (SimpleNamespace(stage_entered=hookimpl(lambda card: None)), "card"),
        (SimpleNamespace(register_badges=hookimpl(lambda: [1])), "int"),
        (SimpleNamespace(register_rules=hookimpl(lambda: None)), "returned nothing"),
    ):
        with pytest.raises(AssertionError, match=fault):
            host_of(module)


def test_a_script_is_loaded_as_the_program_does(tmp_path: Path) -> None:
    path = write_script(
        tmp_path,
        "to-do",
        """
        from __future__ import annotations
        from dataclasses import dataclass
        from followup.api import Command, hookimpl

        @dataclass
        class Said:
            text: str

        @hookimpl
        def register_commands():
            return [Command(name="hello", title="Hello", run=lambda tracker: Said("hello").text)]
        """,
    )
    with tracker_over(tmp_path, load_script(path)) as tracker:
        assert tracker.run("hello").text == "hello"


def loaded_by(code: str) -> set[str]:
    command = [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def test_what_plugins_import_is_light() -> None:
    heavy = {"textual", "tinydb", "click"}
    assert not loaded_by("import followup.api") & heavy
    assert not loaded_by("import followup.testing") & heavy
    opened = "import pathlib, tempfile\nfrom followup.testing import tracker_over\n"
    opened += "with tracker_over(pathlib.Path(tempfile.mkdtemp())): pass"
    assert loaded_by(opened) & heavy == {"tinydb"}
