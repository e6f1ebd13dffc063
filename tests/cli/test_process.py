"""The installed program in a process of its own: exit statuses, one line, pipes, signals."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup import __version__

Run = Callable[..., subprocess.CompletedProcess[str]]


def only_line(result: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr of a run that printed nothing else."""
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert "Traceback" not in line
    return line


def test_an_interview_cools_for_48_hours_to_the_second(installed: Run) -> None:
    # It starts at 15:00 and ends an hour later, 48 hours before the second clock.
    assert installed("add", "Globex", "SRE", "--interview", "2026-03-10T15:00:00Z").returncode == 0
    stages = []
    for clock in ("2026-03-12T15:59:00Z", "2026-03-12T16:00:00Z"):
        result = installed("--at", clock, "list", "--json")
        assert (result.returncode, result.stderr) == (0, "")
        stages.append(json.loads(result.stdout)[0]["stage"])
    assert stages == ["cooling", "due"]
    assert installed("--at", "2026-03-12T15:59:00Z", "due").returncode == 1
    assert installed("--at", "2026-03-12T16:00:00Z", "due").returncode == 0


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--at", "yesterdayish", "list", "--json"], 2, "'yesterdayish' is no date"),
        (["--at", "yesterdayish"], 2, "'yesterdayish' is no date"),
        (["log", "999", "reply"], 1, "no application 999"),
        (["import", "missing.csv"], 2, "cannot read missing.csv: No such file"),
        (["import", "."], 2, ". is not a file"),
        (["import", "binary.dat"], 2, "binary.dat"),
        (["import", "empty.csv"], 2, "empty.csv"),
        (["import", "header.csv"], 2, "header.csv"),
        (["--store", "binary.dat", "list"], 3, "cannot read the store binary.dat"),
        (["--store", "empty.csv", "list"], 3, "cannot read the store empty.csv"),
        (["--store", ".", "list"], 3, "cannot read the store ."),
        (["--store", "empty.csv/x.json", "add", "a", "b"], 3, "the store empty.csv/x.json"),
        (["lst"], 2, "No such command 'lst'; see `followup --help`"),
        (["--colour"], 2, "No such option"),
        (["due"], 1, "nothing found"),
    ],
)
def test_what_goes_wrong_is_one_line_and_a_status(
    installed: Run, home: Path, words: list[str], status: int, told: str
) -> None:
    (home / "binary.dat").write_bytes(bytes(range(256)) * 8)
    (home / "empty.csv").write_bytes(b"")
    (home / "header.csv").write_bytes(b"Company,Role,Applied\n")
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    result = installed(*words, cwd=home)
    line = only_line(result)
    assert line.startswith("followup: ")
    assert told in line
    assert result.returncode == status
    assert {p.name: p.read_bytes() for p in home.iterdir() if p.is_file()} == before


def test_a_store_that_cannot_be_written_is_left_as_it_was(installed: Run, home: Path) -> None:
    store = home / "followup.json"
    assert installed("--store", str(store), "add", "Globex", "SRE").returncode == 0
    before = store.read_bytes()
    result = installed(
        "--store", str(store), "log", "1", "reply",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )  # fmt: skip
    assert result.returncode == 3
    assert f"cannot write the store {store}: File too large" in only_line(result)
    assert store.read_bytes() == before


def test_debug_shows_where(installed: Run) -> None:
    result = installed("--debug", "log", "999", "reply")
    assert result.returncode == 1
    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("followup: no application 999")


def test_a_fault_of_ours_is_one_line_too(home: Path) -> None:
    program = (
        "import followup.cli.looking as looking\n"
        "from followup.cli.main import main\n"
        "looking.listed = None\n"
        "main()\n"
    )
    subprocess.run([sys.executable, "-m", "followup", "add", "a", "b"], check=True, stdout=-3)
    result = subprocess.run(
        [sys.executable, "-c", program, "list", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 3
    assert "unexpected TypeError" in only_line(result)


def test_a_configuration_that_is_wrong_is_named(installed: Run, home: Path) -> None:
    config = home / "config" / "followup" / "config.toml"
    config.write_text("name = 1\n", encoding="utf-8")
    result = installed("list")
    assert result.returncode == 2
    assert f"{config}: Expected `str`, got `int` - at `$.name`" in only_line(result)


class TestZone:
    @pytest.fixture(autouse=True)
    def no_zone_in_the_configuration(self, home: Path) -> None:
        (home / "config" / "followup" / "config.toml").unlink()

    def zone_of_reply(self, installed: Run) -> Any:
        installed("add", "Globex", "SRE")
        shown = installed("--at", "2026-07-01 12:00", "log", "1", "reply", "--json")
        return json.loads(shown.stdout)["events"][-1]

    def test_it_is_the_systems(self, installed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TZ", "Asia/Kathmandu")
        event = self.zone_of_reply(installed)
        assert (event["zone"], event["at"]) == ("Asia/Kathmandu", "2026-07-01T06:15:00+00:00")

    def test_the_configurations_goes_before_it(self, installed: Run, home: Path) -> None:
        config = home / "config" / "followup" / "config.toml"
        config.write_text('timezone = "America/New_York"\n', encoding="utf-8")
        event = self.zone_of_reply(installed)
        assert (event["zone"], event["at"]) == ("America/New_York", "2026-07-01T16:00:00+00:00")

    @pytest.mark.parametrize(
        "zone", ["Mars/Base", "CET-1CEST,M3.5.0,M10.5.0/3", "../../etc/passwd"]
    )
    def test_one_that_is_not_known_is_told(
        self, installed: Run, monkeypatch: pytest.MonkeyPatch, zone: str
    ) -> None:
        monkeypatch.setenv("TZ", zone)
        result = installed("list")
        assert result.returncode == 2
        assert "time zone" in only_line(result)
        assert "Europe/Berlin" in result.stderr


class TestPipes:
    def test_a_reader_that_leaves_early_is_no_error(self, installed: Run) -> None:
        path = installed("demo", "--count", "2000", "--no-open").stdout.strip()
        reading = subprocess.Popen(
            [sys.executable, "-m", "followup", "--store", path, "list", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert reading.stdout is not None
        assert reading.stderr is not None
        assert reading.stdout.read(10).startswith(b"[")
        reading.stdout.close()
        told = reading.stderr.read()
        reading.stderr.close()
        reading.wait()
        assert told == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
    @pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["export", "csv"]])
    def test_an_output_that_is_full_is_told_in_one_line(
        self, installed: Run, words: list[str]
    ) -> None:
        installed("add", "Globex", "SRE")
        with Path("/dev/full").open("wb") as full:
            result = subprocess.run(
                [sys.executable, "-m", "followup", *words],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        told = "followup: cannot write the output: No space left on device; send it elsewhere\n"
        assert (result.returncode, result.stderr) == (3, told)

    def test_an_encoding_without_the_glyphs_is_no_error(self, installed: Run) -> None:
        installed("add", "Globex", "SRE")
        result = installed("list", env={**os.environ, "PYTHONIOENCODING": "latin-1"})
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.startswith("1  ? Applied  Globex  SRE")


def test_it_is_a_module_too(home: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "followup", "--version"], capture_output=True, text=True, check=True
    )
    assert result.stdout == f"followup {__version__}\n"


def test_nothing_is_loaded_from_the_current_directory(home: Path) -> None:
    folder = home / "planted"
    folder.mkdir()
    # Without the ones that Python itself loads before it starts a module.
    for name in ("click", "csv", "json", "tinydb", "typing", "textual", "tzlocal"):
        (folder / f"{name}.py").write_text("raise SystemExit('planted')\n", encoding="utf-8")
    metadata = folder / "evil-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: evil\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[followup]\nevil = click\n", encoding="utf-8")
    for words in (["add", "Globex", "SRE"], ["list", "--json"], ["plugins", "list"]):
        result = subprocess.run(
            [sys.executable, "-m", "followup", *words],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, "")
        assert "evil" not in result.stdout


def test_the_shell_can_complete_commands(installed: Run) -> None:
    env = {**os.environ, "_FOLLOWUP_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    result = installed(env={**env, "COMP_WORDS": "followup l"})
    assert result.stdout.splitlines() == ["plain,list", "plain,log", "plain,lint"]


def test_a_script_pays_for_little(installed: Run) -> None:
    """What no screen, no phrase and no other command needs is not loaded."""
    installed("add", "Globex", "SRE")
    program = (
        "import sys\n"
        "from followup.cli.main import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, "due", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = set(result.stderr.split())
    assert "followup.store.repository" in loaded
    heavy = {"textual", "dateparser", "arrow", "icalendar", "charset_normalizer", "tomlkit"}
    heavy |= {"asyncio", "email", "followup.ui", "followup.cli.log", "followup.importing"}
    assert not loaded & heavy
