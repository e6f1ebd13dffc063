"""``plugins``: what is loaded, what could not be, what is not wanted, and the ways out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import hasty_worker
from command_line import Followup
from plugin_trackers import FINE, rule_script
from scripts import write_script

FAILS = 'raise LookupError("no \\x1b[31mluck")\n'
HANGS = rule_script("import time; time.sleep(3600)", "hangs")


@pytest.fixture
def config(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of the configuration; plugins that hang there do not for long."""
    monkeypatch.setattr("followup.cli.worker.COMMAND", hasty_worker.COMMAND)
    return home / "config" / "followup"


def listed(followup: Followup) -> dict[str, dict[str, Any]]:
    """The plugins that did not ship in the box, by name."""
    plugins = followup.json("plugins", "list")
    return {plugin["name"]: plugin for plugin in plugins if plugin["source"] != "box"}


def conditions(followup: Followup) -> dict[str, str]:
    return {name: plugin["condition"] for name, plugin in listed(followup).items()}


class TestListing:
    def test_those_in_the_box_are_listed_first(self, followup: Followup) -> None:
        (first, *_), lines = followup.json("plugins", "list"), followup.done("plugins", "list")
        assert (first["name"], first["source"], first["condition"]) == ("patient", "box", "loaded")
        assert first["gives"] == {"policies": ["patient"]}
        assert lines.splitlines()[0].split()[::2] == ["patient", "loaded", "patient"]
        assert followup.done("plugins") == lines

    def test_others_are_listed_with_what_they_give_and_do_wrong(
        self, followup: Followup, config: Path
    ) -> None:
        os.utime(write_script(config, "good", rule_script(FINE, "good")), (0, 0))
        write_script(config, "fails", FAILS)
        plugins = listed(followup)
        assert plugins["good"] == {
            "name": "good",
            "version": "1970-01-01 00:00:00",
            "source": "script",
            "distribution": "",
            "condition": "loaded",
            "hooks": ["register_rules"],
            "gives": {"rules": ["good"]},
            "fault": "",
            "faults": [],
        }
        (fault,) = plugins["fails"]["faults"]
        assert plugins["fails"]["condition"] == "failed"
        assert (fault["phase"], fault["reason"]) == ("import", "LookupError: no [31mluck")
        assert fault["version"] == plugins["fails"]["version"]
        assert 'raise LookupError("no' in fault["traceback"]
        last, before = followup.done("plugins", "list").splitlines()[:-3:-1]
        assert last.split()[:1] == ["good"]
        assert "loaded  rules good" in last
        assert "failed  import: LookupError: no [31mluck" in before

    def test_all_about_one_is_told(self, followup: Followup, config: Path) -> None:
        path = write_script(config, "fails", FAILS)
        told = followup.done("plugins", "info", "fails").splitlines()
        assert told[0].startswith("fails ")
        assert told[0].endswith(" failed")
        assert told[1].split() == ["from", str(path)]
        assert told[2].endswith("import: LookupError: no [31mluck")
        assert told[-1] == "LookupError: no [31mluck"
        assert followup.json("plugins", "info", "fails")["source"] == "script"
        assert followup.refused("plugins", "info", "nobody") == (
            1,
            "no plugin 'nobody'; see `followup plugins list`",
        )

    def test_the_doctor_says_what_is_wrong(self, followup: Followup, config: Path) -> None:
        write_script(config, "good", rule_script(FINE, "good"))
        assert followup.done("plugins", "doctor").endswith("plugins, nothing wrong with them\n")
        write_script(config, "fails", FAILS)
        write_script(config, "open", "").chmod(0o666)
        result = followup("plugins", "doctor")
        assert result.exit_code == 1
        assert "fails: failed\n  import: LookupError" in result.stdout
        assert "open: failed\n  discovery: others can write" in result.stdout
        assert "good" not in result.stdout
        unwell = json.loads(followup("plugins", "doctor", "--json").stdout)
        assert {plugin["name"] for plugin in unwell} == {"fails", "open"}


class TestTurningOff:
    def test_one_that_is_disabled_is_not_loaded(self, followup: Followup, config: Path) -> None:
        ran = config / "ran"
        write_script(config, "mine", f"open({str(ran)!r}, 'w')")
        assert followup.done("plugins", "disable", "mine") == "mine is not loaded any more\n"
        assert conditions(followup) == {"mine": "disabled"}
        assert not ran.exists()
        assert followup.done("plugins", "enable", "mine") == "mine is loaded from now on\n"
        assert conditions(followup) == {"mine": "loaded"}
        assert ran.exists()

    def test_one_that_hangs_is_set_aside_until_it_is_enabled(
        self, followup: Followup, config: Path
    ) -> None:
        write_script(config, "hangs", HANGS)
        write_script(config, "good", rule_script(FINE, "good"))
        result = followup("lint", "-", typed="How is it going?")
        assert result.exit_code == 0
        assert "fine" in result.stdout
        assert result.stderr == (
            "followup: the plugin hangs was set aside: `followup plugins info hangs` says why\n"
        )
        assert conditions(followup) == {"hangs": "set aside", "good": "loaded"}
        again = followup("lint", "-", typed="How is it going?")
        assert (again.stdout, again.stderr) == (result.stdout, "")
        note = followup("plugins", "list").stderr
        assert "`followup plugins enable NAME` gives one that was set aside another chance" in note
        followup.done("plugins", "enable", "hangs")
        assert conditions(followup) == {"hangs": "loaded", "good": "loaded"}

    @pytest.mark.parametrize("verb", ["enable", "disable"])
    def test_only_those_of_others_can_be(self, followup: Followup, config: Path, verb: str) -> None:
        assert followup.refused("plugins", verb, "patient") == (
            1,
            "patient ships in the box and stays",
        )
        assert followup.refused("plugins", verb, "nobody")[0] == 1
        code, line = followup.refused("--no-plugins", "plugins", verb, "patient")
        assert (code, line) == (
            1,
            "no plugins are looked for in this run: leave --no-plugins out",
        )


class TestWaysOut:
    @pytest.fixture(autouse=True)
    def scripts(self, config: Path) -> None:
        for name in ("a", "b", "c"):
            write_script(config, name, rule_script(FINE, name))

    def test_without_plugins_none_is_found(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert conditions(followup) == dict.fromkeys("abc", "loaded")
        boxed = followup.json("--no-plugins", "plugins", "list")
        assert {plugin["source"] for plugin in boxed} == {"box"}
        monkeypatch.setenv("FOLLOWUP_NO_PLUGINS", "1")
        assert conditions(followup) == {}

    @pytest.mark.parametrize(
        ("wanted", "found"), [("a", "a"), ("a,c", "ac"), (" c , a ,", "ac"), ("d", ""), ("", "abc")]
    )
    def test_only_those_that_are_wanted(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch, wanted: str, found: str
    ) -> None:
        monkeypatch.setenv("FOLLOWUP_PLUGINS", wanted)
        assert set(conditions(followup)) == set(found)

    def test_nothing_is_started_where_none_is_needed(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("followup.cli.worker.COMMAND", ("/nothing/here",))
        assert followup.json("list") == []
        assert followup("due").exit_code == 1
        assert followup.done("config", "path")


@pytest.mark.parametrize("start", [["-m", "followup"], ["-P", "-m", "followup"]])
def test_nothing_is_run_of_the_current_directory(home: Path, start: list[str]) -> None:
    here = home / "here"
    info = here / "planted-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: planted\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[followup]\nplanted = planted\n")
    planted = "open({!r}, 'a').write(__name__)\n".format(str(home / "ran"))
    for name in ("planted", "msgspec", "pluggy", "tinydb", "holidays", "socket", "struct"):
        (here / f"{name}.py").write_text(planted)
    write_script(here, "script", planted)
    write_script(home / "config" / "followup", "good", rule_script(FINE, "good"))
    done = subprocess.run(
        [sys.executable, *start, "plugins", "list", "--json"],
        cwd=here,
        capture_output=True,
        check=True,
        timeout=60,
    )
    plugins = {plugin["name"]: plugin for plugin in json.loads(done.stdout)}
    assert plugins["good"]["condition"] == "loaded"
    assert "planted" not in plugins
    assert "script" not in plugins
    assert not (home / "ran").exists()


def test_the_program_ends_with_no_word_of_plugins(
    installed: Callable[..., subprocess.CompletedProcess[str]], home: Path
) -> None:
    write_script(home / "config" / "followup", "good", rule_script(FINE, "good"))
    done = installed("plugins", "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "good" in done.stdout
