"""The ledger: who failed, who is set aside or not wanted, from one run to the next."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from builders import DAY, HandClock
from followup.extensions.discovery import Found
from followup.extensions.faults import Fault
from followup.extensions.ledger import FAULTS_KEPT, FILE_NAME, Ledger
from plugin_trackers import FINE, a_run, rule_script
from scripts import write_script


def fault(version: str = "1", plugin: str = "mine", *, failed: bool = True) -> Fault:
    return Fault(plugin=plugin, version=version, phase="import", reason="no", failed=failed)


def found(version: str = "1") -> Found:
    return Found(name="mine", version=version)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / FILE_NAME


@pytest.fixture
def ledger(path: Path, clock: HandClock) -> Ledger:
    return Ledger(path, clock.now)


def test_nobody_is_in_it_at_first_and_nothing_is_written(ledger: Ledger, path: Path) -> None:
    assert ledger.is_wanted(found())
    assert ledger.entry("mine").faults == ()
    assert not path.parent.exists()


def test_the_third_failure_sets_aside(ledger: Ledger, path: Path, clock: HandClock) -> None:
    for _ in range(2):
        ledger.record(fault())
        assert ledger.is_wanted(found())
    clock.advance(DAY)
    assert ledger.record(fault()).at == clock.now()
    again = Ledger(path, clock.now)
    for each in (ledger, again):
        assert not each.is_wanted(found())
        assert each.entry("mine").state == "set aside"
        assert [one.at for one in each.entry("mine").faults][-1] == clock.now()


def test_what_is_no_failure_never_sets_aside(ledger: Ledger) -> None:
    for _ in range(50):
        ledger.record(fault(failed=False))
    assert ledger.is_wanted(found())
    assert len(ledger.entry("mine").faults) == FAULTS_KEPT


def test_a_final_failure_sets_aside_at_once(ledger: Ledger) -> None:
    ledger.record(fault(), is_final=True)
    assert not ledger.is_wanted(found())


def test_enabling_gives_another_chance_of_three_failures(ledger: Ledger) -> None:
    ledger.record(fault(), is_final=True)
    ledger.enable("mine")
    for _ in range(2):
        ledger.record(fault())
    assert ledger.is_wanted(found())
    ledger.record(fault())
    assert not ledger.is_wanted(found())


def test_another_version_has_a_chance_of_three_failures(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.record(fault("1"))
    assert not ledger.is_wanted(found("1"))
    assert ledger.is_wanted(found("2"))
    for _ in range(2):
        ledger.record(fault("2"))
    assert ledger.is_wanted(found("2"))
    ledger.record(fault("2"))
    assert not ledger.is_wanted(found("2"))


def test_what_is_disabled_stays_out_whatever_happens(ledger: Ledger) -> None:
    ledger.disable("mine")
    ledger.record(fault("1"), is_final=True)
    ledger.record(fault("2"))
    for version in ("1", "2", "3"):
        assert not ledger.is_wanted(found(version))
    assert ledger.entry("mine").state == "disabled"


def test_it_is_for_its_user_alone(ledger: Ledger, path: Path) -> None:
    before = os.umask(0)
    try:
        ledger.record(fault())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for beside in path.parent.iterdir():
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"mine": 3}', b'{"mine": {"state": "happy"}}', b"\xff\xfe", b"null"],
)
def test_one_that_cannot_be_understood_counts_as_empty(
    path: Path, clock: HandClock, content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    ledger = Ledger(path, clock.now)
    assert ledger.is_wanted(found())
    ledger.disable("mine")
    assert json.loads(path.read_bytes())["mine"]["state"] == "disabled"


def test_one_that_cannot_be_written_is_remembered_for_the_run(
    tmp_path: Path, clock: HandClock
) -> None:
    (tmp_path / "config").write_text("no directory")
    ledger = Ledger(tmp_path / "config" / FILE_NAME, clock.now)
    ledger.record(fault(), is_final=True)
    assert not ledger.is_wanted(found())


def test_several_processes_lose_nothing_of_one_another(path: Path, clock: HandClock) -> None:
    writer = (
        "import sys; from pathlib import Path; from builders import HandClock\n"
        "from followup.extensions.faults import Fault\n"
        "from followup.extensions.ledger import Ledger\n"
        "ledger = Ledger(Path(sys.argv[1]), HandClock().now)\n"
        "for number in range(25):\n"
        "    ledger.disable(f'{sys.argv[2]}{number}')\n"
        "    ledger.record(Fault(plugin='both', version='1', phase='p', reason='r'))\n"
    )
    tests = Path(__file__).parents[1]
    writers = [
        subprocess.Popen([sys.executable, "-c", writer, str(path), name], cwd=tests)
        for name in ("a", "b", "c")
    ]
    assert [process.wait(timeout=60) for process in writers] == [0, 0, 0]
    entries = json.loads(path.read_bytes())
    assert entries.keys() == {"both", *(f"{name}{n}" for name in "abc" for n in range(25))}
    assert entries["both"]["failures"] == 75


def test_a_script_that_was_changed_is_loaded_again(tmp_path: Path) -> None:
    with a_run(tmp_path, {"mine": "raise ValueError\n"}) as run:
        for _ in range(3):
            run.outside.reload()
            assert "mine" not in run.host.rules
        assert run.plugin("mine").condition == "set aside"
    with a_run(tmp_path) as run:
        assert run.plugin("mine").condition == "set aside"
    script = write_script(tmp_path, "mine", rule_script(FINE))
    os.utime(script, (1, 1))
    with a_run(tmp_path) as run:
        assert "mine" in run.host.rules
        assert run.plugin("mine").condition == "loaded"
