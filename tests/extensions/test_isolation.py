"""The line to the plugins' process: deadlines, losses, leftovers, and who is called for what."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from builders import NOON, application, interview, reply
from followup.api import Message, Severity
from followup.cli.worker import COMMAND
from followup.extensions.faults import PluginFailedError
from plugin_trackers import FINE, Run, a_run, rule_script
from scripts import write_script

HELLO = Message(body="Hello.")
TELLS_ITS_PROCESS = """
import os
from pathlib import Path
Path(__file__).with_suffix(f".{os.getpid()}").touch()
"""
FAILING_POLICY = """
from pathlib import Path
from followup.api import Settings, hookimpl

class Policy:
    name = title = "mine"
    settings_type = Settings

    def steps(self, timeline, settings, zone):
        Path(__file__).with_suffix(".calls").open("a").write("x")
        raise ValueError("no idea")

@hookimpl
def register_policies():
    return [Policy()]
"""
CHANNEL = """
from datetime import timedelta
from followup.api import Settings

class Channel:
    name = title = "mine"
    needs = None
    delivers_within = timedelta()
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, message, contact, settings):
        return None

@hookimpl
def register_channels():
    return [Channel()]
"""
SOCKETS = """
import os, signal, stat, time

def sockets():
    for fd in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                yield fd
        except OSError:
            pass
"""
LATE = """
import sys, threading, time
from pathlib import Path

def write():
    while not Path(__file__).with_suffix(".go").exists():
        time.sleep(0.005)
    sys.stdout.write("sorry to be late")
    sys.stdout.flush()
    Path(__file__).with_suffix(".written").touch()

threading.Thread(target=write, daemon=True).start()
"""
ASKS_FROM_A_THREAD = """
import threading
from followup.api import Command, Message, hookimpl

def ask(tracker):
    said = []

    def judge():
        try:
            tracker.correspondence.lint(Message(body="Hello."))
        except Exception as error:
            said.append(str(error))

    thread = threading.Thread(target=judge)
    thread.start()
    thread.join()
    return said[0]

@hookimpl
def register_commands():
    return [Command(name="ask", title="Ask", run=ask)]
"""
COUNTS_FACTS = """
from pathlib import Path
from followup.api import hookimpl

@hookimpl
def event_recorded(tracker, application):
    facts = tracker.card(application.id).application.events
    with Path(__file__).with_suffix(".facts").open("a") as file:
        print(len(facts), file=file)
"""
CHILD = """
import subprocess
child = subprocess.Popen(["/bin/sleep", "3600"])
Path(__file__).with_name(f"child.{child.pid}").touch()
"""
TIMEOUT = struct.pack("ll", 0, 500_000)


def codes(run: Run, body: str = "Hello.") -> list[str]:
    """The codes of what the rules of scripts say of a message."""
    said = run.tracker.correspondence.lint(Message(body=body))
    return [verdict.code for verdict in said if verdict.severity is Severity.INFO]


def processes(directory: Path, name: str) -> list[int]:
    """The processes in which a script was loaded that tells its own."""
    return [int(path.suffix[1:]) for path in (directory / "plugins").glob(f"{name}.[0-9]*")]


def has_ended(process: int) -> bool:
    """Whether a process is gone; a zombie waits for nothing but its parent."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def wait_until_ended(process: int, seconds: float = 20) -> None:
    """Wait for a process of somebody else, which nothing announces."""
    deadline = time.monotonic() + seconds
    while not has_ended(process):
        assert time.monotonic() < deadline, f"{process} is still there"
        time.sleep(0.01)


class TestCalls:
    def test_plugins_share_a_process_and_are_loaded_once(self, tmp_path: Path) -> None:
        mine = rule_script(FINE, "mine", TELLS_ITS_PROCESS)
        with a_run(tmp_path, {"mine": mine, "yours": rule_script(FINE, "yours")}) as run:
            for _ in range(3):
                assert codes(run) == ["mine", "yours"]
            assert len(processes(tmp_path, "mine")) == 1

    def test_nothing_is_started_where_there_are_no_plugins(self, tmp_path: Path) -> None:
        with a_run(tmp_path, command=("/nothing/here",)) as run:
            assert codes(run) == []
            assert run.plugins() == {}

    def test_a_plugin_that_ends_it_costs_the_others_nothing(self, tmp_path: Path) -> None:
        scripts = {
            "a": rule_script(FINE, "a", TELLS_ITS_PROCESS),
            "b": rule_script("import os; os._exit(7)", "b"),
            "c": rule_script(FINE, "c"),
        }
        with a_run(tmp_path, scripts) as run:
            assert codes(run) == ["a", "c"]
            assert codes(run) == ["a", "c"]
            assert len(processes(tmp_path, "a")) == 2
            assert str(run.plugin("b").faults[0]).endswith("rule b: ended the process (status 7)")

    def test_three_failures_set_it_aside_at_once(self, tmp_path: Path) -> None:
        count = "Path(__file__).with_suffix('.calls').open('a').write('x'); 1 / 0"
        script = rule_script(count, head="from pathlib import Path")
        with a_run(tmp_path, {"mine": script}) as run:
            for _ in range(6):
                assert codes(run) == []
            assert run.plugin("mine").condition == "set aside"
        assert (tmp_path / "plugins" / "mine.calls").read_text() == "xxx"

    def test_a_policy_is_not_asked_for_the_rest_after_three_failures(self, tmp_path: Path) -> None:
        with a_run(tmp_path, {"mine": FAILING_POLICY}) as run:
            with run.tracker.repository.change("fill", NOON) as changes:
                for _ in range(9):
                    changes.add(application(interview(NOON), policy="mine"))
            cards = run.tracker.board().cards()
            assert {run.tracker.foresight.stand_in(card.application) for card in cards} == {
                "mine failed"
            }
        assert (tmp_path / "plugins" / "mine.calls").read_text() == "xxx"

    def test_a_fork_has_nothing_to_say(self, tmp_path: Path) -> None:
        scripts = {
            "forks": rule_script("os.fork(); return []", "forks", "import os"),
            "good": rule_script(FINE, "good"),
        }
        with a_run(tmp_path, scripts) as run:
            for _ in range(5):
                assert codes(run) == ["good"]
            assert run.outside.faults == ()

    def test_it_is_asked_again_where_its_process_ended_before(self, tmp_path: Path) -> None:
        with a_run(tmp_path, {"mine": rule_script(FINE, head=TELLS_ITS_PROCESS)}) as run:
            assert codes(run) == ["mine"]
            (process,) = processes(tmp_path, "mine")
            os.kill(process, signal.SIGKILL)
            assert codes(run) == ["mine"]
            assert run.outside.faults == ()

    def test_a_process_that_reads_nothing_holds_nobody_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("followup.extensions.isolation.child._TIMEOUT", TIMEOUT)
        with a_run(tmp_path, {"mine": rule_script(FINE, head=TELLS_ITS_PROCESS)}) as run:
            assert codes(run) == ["mine"]
            (process,) = processes(tmp_path, "mine")
            os.kill(process, signal.SIGSTOP)
            long = Message(body="Hello. " * 1_000_000)  # more than a socket takes at once
            (verdict,) = run.host.rules["mine"].review(long, None, None, None, NOON)
            assert verdict.code == "mine"
            assert has_ended(process)

    def test_half_a_message_holds_nobody_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("followup.extensions.isolation.child._TIMEOUT", TIMEOUT)
        # With its alarm turned off, so that nothing but the program's patience ends it.
        writes = (
            "signal.signal(signal.SIGALRM, signal.SIG_IGN);"
            " [os.write(fd, b'\\0\\0\\1\\0half') for fd in sockets()]; time.sleep(3600)"
        )
        script = rule_script(writes, "writes", SOCKETS)
        with a_run(tmp_path, {"good": rule_script(FINE, "good"), "writes": script}) as run:
            assert codes(run) == ["good"]
            assert run.plugin("writes").condition == "set aside"
            assert codes(run) == ["good"]

    def test_nobody_is_blamed_for_what_is_written_between_calls(self, tmp_path: Path) -> None:
        scripts = {"good": rule_script(FINE, "good"), "late": rule_script(FINE, "late", LATE)}
        with a_run(tmp_path, scripts) as run:
            assert codes(run) == ["good", "late"]
            (tmp_path / "plugins" / "late.go").touch()
            while not (tmp_path / "plugins" / "late.written").exists():
                time.sleep(0.005)
            assert codes(run) == ["good", "late"]
            assert run.outside.faults == ()

    def test_plugins_are_asked_on_the_main_thread_alone(self, tmp_path: Path) -> None:
        scripts = {"asks": ASKS_FROM_A_THREAD, "good": rule_script(FINE, "good")}
        with a_run(tmp_path, scripts) as run:
            assert codes(run) == ["good"]
            ran = run.tracker.run("ask")
            assert ran.text == "asked for rule good in a thread of its own"
            assert codes(run) == ["good"]

    def test_each_fact_is_told_with_the_store_as_it_is_then(self, tmp_path: Path) -> None:
        with a_run(tmp_path, {"counts": COUNTS_FACTS}) as run:
            card = run.tracker.add(application(interview(NOON)))
            run.tracker.publish()
            for _ in range(3):
                run.tracker.log(card.id, reply(NOON))
                run.tracker.publish()
        counted = (tmp_path / "plugins" / "counts.facts").read_text().split()
        assert counted == ["1", "2", "3", "4"]

    def test_nothing_heavy_is_loaded_for_it(self, tmp_path: Path) -> None:
        heavy = ("click", "textual", "tinydb", "rich", "dateparser", "sentencex", "icalendar")
        head = (
            f"import sys\ndef said(): return ' '.join(set({heavy!r}) & set(sys.modules)) or 'none'"
        )
        loads = "return [Verdict(code='mine', severity=Severity.INFO, message=said())]"
        with a_run(tmp_path, {"mine": rule_script(loads, head=head)}) as run:
            (verdict,) = run.host.rules["mine"].review(HELLO, None, None, None, NOON)
        assert verdict.message == "none"

    def test_several_threads_may_ask_at_once(self, tmp_path: Path) -> None:
        echo = "return [Verdict(code='mine', severity=Severity.INFO, message=message.body)]"
        heard: dict[str, list[str]] = {}
        with a_run(tmp_path, {"mine": rule_script(echo)}) as run:

            def ask(body: str) -> None:
                for _ in range(20):
                    said = run.tracker.correspondence.lint(Message(body=body))
                    heard.setdefault(body, []).extend(
                        verdict.message for verdict in said if verdict.code == "mine"
                    )

            threads = [threading.Thread(target=ask, args=(f"{n}?",)) for n in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert heard == {f"{n}?": [f"{n}?"] * 20 for n in range(4)}

    def test_whoever_waits_is_let_go_when_all_is_closed(self, tmp_path: Path) -> None:
        hangs = "Path(__file__).with_suffix('.hangs').touch(); time.sleep(3600)"
        script = rule_script(hangs, head="import time\nfrom pathlib import Path")
        with a_run(tmp_path, {"mine": script}, command=COMMAND) as run:
            waiting = threading.Thread(target=codes, args=(run,))
            waiting.start()
            while not (tmp_path / "plugins" / "mine.hangs").exists():
                time.sleep(0.005)
            run.outside.close()
            waiting.join(timeout=10)
            assert not waiting.is_alive()
            # It was ended by the user, so nothing is held against it.
            assert run.outside.ledger.entry("mine").failures == 0

    @pytest.mark.parametrize("others", [{}, {"good": rule_script(FINE, "good")}])
    def test_what_is_set_aside_gives_a_clear_no(
        self, tmp_path: Path, others: dict[str, str]
    ) -> None:
        mine = rule_script("os._exit(1)", head="import os") + CHANNEL
        with a_run(tmp_path, {"mine": mine, **others}) as run:
            assert codes(run) == list(others)
            card = run.tracker.add(application(interview(NOON)))
            no = "loaded any more; `followup plugins list` tells more"
            with pytest.raises(PluginFailedError, match=no):
                run.tracker.sending.send(card.id, HELLO, channel="mine")


class TestLeftovers:
    """No process of plugins lives longer than the program, but for its alarm."""

    def test_none_is_left_when_the_program_ends(self, tmp_path: Path) -> None:
        script = rule_script(FINE, head=TELLS_ITS_PROCESS + CHILD)
        with a_run(tmp_path, {"mine": script}) as run:
            assert codes(run) == ["mine"]
        for process in (*processes(tmp_path, "mine"), *processes(tmp_path, "child")):
            wait_until_ended(process)

    def test_an_idle_one_ends_at_once_when_the_program_is_killed(self, tmp_path: Path) -> None:
        script = rule_script(FINE, head=TELLS_ITS_PROCESS + CHILD)
        write_script(tmp_path, "mine", script)
        program = self._start(tmp_path, "print(len(run.host.rules), flush=True); input()")
        assert program.stdout
        assert program.stdout.readline()
        left = (*processes(tmp_path, "mine"), *processes(tmp_path, "child"))
        assert len(left) == 2
        assert not any(map(has_ended, left))
        self._kill(program)
        for process in left:
            wait_until_ended(process)

    def test_a_spinning_one_ends_by_its_alarm_when_the_program_is_killed(
        self, tmp_path: Path
    ) -> None:
        spins = "Path(__file__).with_suffix('.spins').touch()\n        while True: pass"
        write_script(tmp_path, "mine", rule_script(spins, head=TELLS_ITS_PROCESS))
        program = self._start(tmp_path, "run.tracker.correspondence.lint(Message(body='Hello.'))")
        while not (tmp_path / "plugins" / "mine.spins").exists():
            time.sleep(0.01)
        self._kill(program)
        (process,) = processes(tmp_path, "mine")
        wait_until_ended(process)

    def _start(self, directory: Path, what: str) -> subprocess.Popen[bytes]:
        code = (
            "from pathlib import Path; from plugin_trackers import Run;"
            f" from followup.api import Message; run = Run(Path({str(directory)!r})); {what}"
        )
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def _kill(self, program: subprocess.Popen[bytes]) -> None:
        program.kill()
        program.communicate()
