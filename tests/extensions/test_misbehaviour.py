"""Plugins that do everything wrong, all of them at once, beside one that is good."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

import hasty_worker
from builders import HOUR, NOON, HandClock, application, applied, interview
from command_line import Followup
from corpus import CORPUS, EXPECTED, GOOD
from distributions import Installation
from followup.api import Message
from followup.config import Config
from followup.domain.errors import FollowupError
from followup.extensions.outside import OutsidePlugins
from plugin_trackers import Run, a_run
from scripts import write_script
from ui_board import running_board


def use_everything(run: Run) -> dict[str, object]:
    """Ask every plugin for everything, and return what the good one and ours had to say."""
    tracker = run.tracker
    for policy in run.host.policies:
        tracker.add(application(interview(NOON), policy=policy, company=policy))
    cards = {card.application.company: card for card in tracker.board().cards()}
    judged = tracker.correspondence.lint(Message(body="Hello."))
    for _ in range(3):
        tracker.correspondence.lint(Message(body="Hello."))
    tracker.publish(tracker.board())
    box = {"email", "eml", "imap-draft", "clipboard"}
    for channel in sorted(run.host.channels.keys() - box):
        # Each to somebody else: nobody is written to twice within a minute.
        other = tracker.add(application(applied(NOON), company=channel, contacts=()))
        with suppress(FollowupError):
            message = Message(body="Hello.")
            tracker.sending.send(other.id, message, channel=channel, override="to try it")
    for importer in run.host.importers.values():
        importer.sniff(b"Company,Role\n")
    written = {exporter: BytesIO() for exporter in run.host.exporters}
    for exporter, stream in written.items():
        with suppress(FollowupError):
            tracker.export(exporter, stream)
    for command in run.host.commands:
        with suppress(FollowupError):
            tracker.run(command)
    lines = written["csv"].getvalue().splitlines()
    return {
        "verdicts": [verdict for verdict in judged if verdict.code in {"no-ask", "good"}],
        "badge": [badge for badge in tracker.badges(cards["good"]) if badge == "fine"],
        "good": cards["good"].standing,
        "patient": cards["patient"].standing,
        "csv": [line for line in lines if line.startswith((b"patient,", b"good,"))],
    }


class Aftermath(NamedTuple):
    """What came of a run with all of the corpus, and of one with the good plugin alone."""

    directory: Path
    run: Run
    said: dict[str, object]
    said_alone: dict[str, object]


CONFIG = Config(policy={"policy-cannot-be-set": {"days": 4}})


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    alone, together = tmp_path_factory.mktemp("alone"), tmp_path_factory.mktemp("together")
    with a_run(alone, {"good": GOOD}, config=CONFIG) as run:
        said_alone = use_everything(run)
    with a_run(together, {**CORPUS, "good": GOOD}, config=CONFIG) as run:
        yield Aftermath(together, run, use_everything(run), said_alone)


def test_there_are_more_than_twenty_of_them_and_each_is_expected() -> None:
    assert len(CORPUS) >= 20
    assert CORPUS.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_it_does_wrong_is_listed_with_its_phase(aftermath: Aftermath, name: str) -> None:
    plugin, expected = aftermath.run.plugin(name), EXPECTED[name]
    assert plugin.found.version
    if expected is None:
        assert (plugin.condition, plugin.faults) == ("loaded", ())
        return
    told = [(fault.phase, fault.reason) for fault in plugin.faults]
    assert any(phase == expected.phase and expected.reason in reason for phase, reason in told), (
        told
    )
    assert plugin.condition == expected.condition
    assert {fault.version for fault in plugin.faults} == {plugin.found.version}
    assert all(fault.reason.isprintable() for fault in plugin.faults)


def test_what_a_good_plugin_says_is_the_same(aftermath: Aftermath) -> None:
    assert aftermath.said == aftermath.said_alone
    assert len(aftermath.said["verdicts"]) == 2  # type: ignore[arg-type]
    assert aftermath.said["badge"] == ["fine"]
    good = aftermath.run.plugin("good")
    assert (good.condition, good.faults) == ("loaded", ())
    heard = (aftermath.directory / "plugins" / "heard").read_text().splitlines()
    # The store holds one application for each policy that there was, and each was told once.
    stored = aftermath.run.tracker.repository.applications()
    policies = [application for application in stored if application.policy]
    assert heard == [f"{each.company} interview" for each in policies]


def test_an_application_goes_by_the_default_where_its_policy_fails(aftermath: Aftermath) -> None:
    tracker = aftermath.run.tracker
    patient = tracker.card(1).standing
    assert tracker.card(1).application.company == "patient"
    failing = {name.replace("_", "-") for name in EXPECTED if name.startswith("policy_")}
    failing.remove("policy-changes-its-timeline")
    for each in tracker.repository.applications():
        if each.company in failing:
            assert tracker.card(each.id).standing == patient
            assert each.company in tracker.foresight.stand_in(each)


def test_what_is_set_aside_is_asked_no_more(aftermath: Aftermath) -> None:
    before = aftermath.run.outside.faults
    aftermath.run.tracker.correspondence.lint(Message(body="Hello."))
    codes = {fault.phase for fault in aftermath.run.outside.faults[len(before) :]}
    assert codes == set()


def test_the_command_line_lists_them(
    aftermath: Aftermath, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOLLOWUP_CONFIG", str(aftermath.directory / "config.toml"))
    monkeypatch.setenv("FOLLOWUP_STORE", str(tmp_path / "followup.json"))
    monkeypatch.setattr("followup.cli.worker.COMMAND", hasty_worker.COMMAND)
    listed = {plugin["name"]: plugin for plugin in Followup().json("plugins", "list")}
    for name, expected in EXPECTED.items():
        plugin = listed[name]
        assert plugin["source"] == "script"
        assert plugin["version"]
        if expected:
            assert plugin["condition"] in {expected.condition, "set aside"}
            fault = next(f for f in plugin["faults"] if f["phase"] == expected.phase)
            assert fault["version"] == plugin["version"]
            assert fault["at"]
    assert (listed["good"]["condition"], listed["good"]["faults"]) == ("loaded", [])
    assert listed["patient"]["condition"] == "loaded"


NOISY = (
    "prints",
    "writes_to_descriptors",
    "starts_a_child_that_prints",
    "logs_to_an_old_handler",
    "replaces_stdout",
    "closes_the_streams",
    "leaves_a_thread_that_crashes",
    "fails_at_import",
    "syntax_error",
    "exits_at_import",
    "raises",
    "segfaults",
    "spins",
)


def on_a_terminal(directory: Path, *words: str) -> list[str]:
    """The lines that the program writes to a terminal, its configuration in a directory."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, str(Path(__file__).parents[1] / "hasty_followup.py"), *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={
            **os.environ,
            "FOLLOWUP_CONFIG": str(directory / "config.toml"),
            "FOLLOWUP_STORE": str(directory / "followup.json"),
        },
    )
    os.close(theirs)
    written = b""
    with suppress(OSError):  # the other end was closed
        while read := os.read(ours, 65536):
            written += read
    os.close(ours)
    assert program.wait(timeout=30) == 0
    return written.decode().splitlines()


def test_nothing_of_theirs_reaches_the_terminal(tmp_path: Path) -> None:
    quiet, noisy = tmp_path / "quiet", tmp_path / "noisy"
    message = tmp_path / "message.txt"
    message.write_text("How is it going?")
    for directory in (quiet, noisy):
        write_script(directory, "good", GOOD)
    for name in NOISY:
        write_script(noisy, name, CORPUS[name])
    words = ("lint", "--file", str(message))
    expected, lines = on_a_terminal(quiet, *words), on_a_terminal(noisy, *words)
    assert any("fine" in line for line in expected)
    theirs = [line for line in lines if line.startswith("followup: the plugin ")]
    assert [line for line in lines if line not in theirs] == expected
    assert sorted(line.split()[3] for line in theirs) == ["segfaults", "spins"]
    assert "\x1b" not in "".join(theirs)


async def test_the_board_starts_and_answers_with_all_of_them(tmp_path: Path) -> None:
    for name, code in {**CORPUS, "good": GOOD}.items():
        write_script(tmp_path / "config", name, code)
    clock = HandClock()
    outside = OutsidePlugins(tmp_path / "config", clock.now, hasty_worker.COMMAND)
    met = [application(interview(NOON - HOUR), company=f"Company {n}") for n in range(3)]
    async with running_board(tmp_path, *met, size=(200, 50), clock=clock, outside=outside) as board:
        await board.press("j", "j")
        assert board.company == "Company 2"
        assert outside.manifest is None  # they are still being loaded
        async with asyncio.timeout(60):
            while "fine" not in board.page:
                await board.pilot.pause(0.05)
        await board.press("k")
        assert board.company == "Company 1"
        await board.press("r", "enter")
        await board.settle()
        assert "Company 1" in board.column("replied")
        heard = tmp_path / "config" / "plugins" / "heard"
        async with asyncio.timeout(60):
            while not heard.exists():
                await board.pilot.pause(0.05)
    assert heard.read_text() == "Company 1 reply\n"
    outside.close()


@pytest.mark.parametrize("name", ["sleeps", "spins", "matches_for_ever"])
async def test_whoever_waits_for_a_hung_plugin_holds_nobody_else_up(
    tmp_path: Path, name: str
) -> None:
    with a_run(tmp_path, {name: CORPUS[name]}) as run:
        run.outside.load()
        judging = asyncio.create_task(
            asyncio.to_thread(run.tracker.correspondence.lint, Message(body="Hello."))
        )
        turns = 0
        while not judging.done():
            turns += 1
            await asyncio.sleep(0.001)
        # It hangs for hundreds of these turns; one that is held up has a handful.
        assert turns > 50
        assert run.plugin(name).condition == "set aside"


PACKAGE = {
    "pyproject.toml": """
        [build-system]
        requires = ["hatchling"]
        build-backend = "hatchling.build"

        [project]
        name = "followup-misbehaving"
        version = "6.6.6"

        [project.entry-points.followup]
        fails = "misbehaving.fails"
        gone = "misbehaving.gone"
        lacking = "misbehaving:lacking"
        number = "misbehaving:NUMBER"
        equal = "misbehaving:EQUAL"
        patient = "misbehaving"
        good = "misbehaving.good"
        twin = "misbehaving.good"

        [tool.hatch.build.targets.wheel]
        packages = ["misbehaving"]
    """,
    "misbehaving/__init__.py": """
        class Equal:
            def __eq__(self, other):
                return True

            def __hash__(self):
                raise TypeError

            def __getattr__(self, name):
                raise LookupError(name)

        NUMBER = 7
        EQUAL = Equal()
    """,
    "misbehaving/fails.py": "raise ImportError('not on my watch')",
    "misbehaving/good.py": GOOD,
}


def test_those_that_are_installed_do_no_more_harm(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name, text in PACKAGE.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))
    there = Installation(tmp_path, source)
    listed = {
        (plugin["name"], plugin["source"]): plugin
        for plugin in there.json("plugins", "list", at="2026-03-11T14:00Z")
    }
    told = {
        name: (plugin["condition"], plugin["version"], plugin["fault"])
        for (name, origin), plugin in listed.items()
        if origin == "installed" and plugin["distribution"] == "followup-misbehaving"
    }
    assert told["good"] == ("loaded", "6.6.6", "")
    assert told["fails"] == ("failed", "6.6.6", "import: ImportError: not on my watch")
    assert told["gone"][2].startswith("import: ModuleNotFoundError: No module named")
    assert told["lacking"][2].startswith("import: AttributeError")
    assert told["patient"][2] == "discovery: a plugin in the box has this name"
    assert told["twin"][2].startswith("register: ")
    assert told["number"][2] == ""
    assert told["equal"][0] == "failed"
    assert listed["good", "installed"]["gives"]["rules"] == ["good"]
    assert listed["patient", "box"]["condition"] == "loaded"
