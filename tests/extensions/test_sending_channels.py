"""Channels that send, each in a process of its own: what they say, what they get, how they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import hasty_worker
from builders import DAY, NOON, HandClock, application, interview
from followup.cli.worker import COMMAND
from followup.config import Config
from followup.domain.errors import DeliveryError, FollowupError, InputError, UnconfirmedError
from followup.domain.message import Message
from followup.domain.outbox import Intent, State
from followup.domain.secret import Secret
from followup.extensions.discovery import builtin_plugins
from followup.extensions.faults import PluginFailedError
from followup.extensions.host import PluginHost
from followup.extensions.isolation.requests import Send
from followup.store.repository import Repository
from followup.tracker import Tracker
from plugin_trackers import Run, a_run
from smtp_servers import HANG, MailServer, ScriptedServer, silent_port
from store.children import environment

NEWS = Message(subject="The role", body="Is there any news?")
CANARY = "canary-7c21"
LETTER = """
import os
import time
from datetime import timedelta
from pathlib import Path
from followup.api import InputError, Receipt, Settings, hookimpl

class Mine(Settings, frozen=True, kw_only=True):
    user: str = "sam"

class Letter:
    name = "mine"
    title = "Mine"
    needs = "email"
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Mine

    def sends(self, settings):
        {sends}

    def asks(self, settings):
        return f"Password of {{settings.user}}"

    def domain(self, settings):
        return "sam.example"

    def compose(self, message, contact, settings):
        {composes}

    def send(self, message, contact, settings, secret=None):
        Path(__file__).with_suffix(".pid").write_text(str(os.getpid()))
        {does}
        told = secret.reveal()[::-1] if secret else "nothing"
        return Receipt(detail=f"{{told}} for {{message.thread.message_id}}", sent=True)

@hookimpl
def register_channels():
    return [Letter()]
"""


def script(
    sends: str = "return True",
    composes: str = "return f'{message.thread.message_id} to {contact.email}'.encode()",
    does: str = "pass",
) -> dict[str, str]:
    return {"mine": LETTER.format(sends=sends, composes=composes, does=does)}


def send(tracker: Tracker, **how: Any) -> str:
    given = {"channel": "mine", **how}
    return tracker.sending.send(1, NEWS, **given).receipt.detail


def fill(run: Run) -> Tracker:
    run.tracker.add(application(interview(NOON - 3 * DAY)))
    return run.tracker


def intents(tracker: Tracker) -> list[Intent]:
    return list(tracker.repository.outbox().values())


def wait_until_ended(process: int) -> None:
    """Wait for the end of a process, but not until the alarm that ends it at last."""
    late = time.monotonic() + 20
    while Path(f"/proc/{process}").exists():
        if Path(f"/proc/{process}/stat").read_text().split(") ")[1].startswith("Z"):
            return
        assert time.monotonic() < late
        time.sleep(0.005)


class TestOutside:
    def test_all_that_a_channel_says_of_itself_counts(self, tmp_path: Path) -> None:
        config = Config(channel={"mine": {"user": "dana"}})
        with a_run(tmp_path, script(), config=config) as run:
            tracker = fill(run)
            assert tracker.sending.sends("mine")
            assert tracker.sending.asks("mine") == "Password of dana"
            told = send(tracker, secret=Secret(CANARY))
            (intent,) = intents(tracker)
            name = intent.message.thread.message_id
            assert name.endswith("@sam.example>")
            assert told == f"{CANARY[::-1]} for {name}"

    def test_every_byte_is_stored_before(self, tmp_path: Path) -> None:
        does = "raise InputError('no such mailbox')"
        with a_run(tmp_path, script(does=does)) as run:
            tracker = fill(run)
            with pytest.raises(InputError, match="no such mailbox"):
                send(tracker)
            (intent,) = intents(tracker)
            name = intent.message.thread.message_id
            assert intent.content == f"{name} to dana@globex.example"
            assert intent.state is State.FAILED

    def test_one_that_says_it_hands_off_leaves_nothing_in_the_outbox(self, tmp_path: Path) -> None:
        with a_run(tmp_path, script(sends="return False")) as run:
            tracker = fill(run)
            assert not tracker.sending.sends("mine")
            send(tracker)
            assert not intents(tracker)

    @pytest.mark.parametrize(
        ("bad", "error"),
        [
            ({"sends": "return 1 / 0"}, PluginFailedError),
            ({"composes": "return 'text'"}, PluginFailedError),
            ({"composes": "raise InputError('no subject')"}, InputError),
            ({"composes": "time.sleep(3600)"}, PluginFailedError),
        ],
    )
    def test_what_fails_before_it_is_sent_is_not_begun(
        self, tmp_path: Path, bad: dict[str, str], error: type[FollowupError]
    ) -> None:
        with a_run(tmp_path, script(**bad)) as run:
            tracker = fill(run)
            with pytest.raises(error):
                send(tracker)
            assert not intents(tracker)
        assert not (tmp_path / "plugins" / "mine.pid").exists()

    def test_a_secret_is_seen_by_nobody_who_looks_at_processes(self, tmp_path: Path) -> None:
        does = "Path(__file__).with_suffix('.waits').touch(); time.sleep(3600)"
        with a_run(tmp_path, script(does=does), command=COMMAND) as run:
            tracker = fill(run)
            sending = threading.Thread(target=quietly_send, args=(tracker,))
            sending.start()
            waits = tmp_path / "plugins" / "mine.waits"
            while not waits.exists():
                time.sleep(0.005)
            process = int((tmp_path / "plugins" / "mine.pid").read_text())
            for name in ("cmdline", "environ"):
                assert CANARY.encode() not in Path(f"/proc/{process}/{name}").read_bytes()
            run.outside.close()
            sending.join(10)
            wait_until_ended(process)
            assert list(tracker.outbox.unconfirmed()) == [1]
        assert all(CANARY not in str(fault) for fault in run.outside.faults)

    def test_it_ends_with_the_program(self, tmp_path: Path) -> None:
        """Else it could send what the user was told to look for."""
        does = "Path(__file__).with_suffix('.waits').touch(); time.sleep(3600)"
        with a_run(tmp_path, script(does=does)) as run:
            fill(run)
        code = (
            "import sys; from pathlib import Path\n"
            "from followup.cli.worker import COMMAND\n"
            "from followup.domain.message import Message\n"
            "from plugin_trackers import Run\n"
            "run = Run(Path(sys.argv[1]), command=COMMAND)\n"
            "run.tracker.sending.send(1, Message(body='Any news?'), channel='mine')\n"
        )
        program = subprocess.Popen([sys.executable, "-c", code, tmp_path], env=environment())
        waits = tmp_path / "plugins" / "mine.waits"
        while not waits.exists():
            time.sleep(0.005)
        program.send_signal(signal.SIGKILL)
        program.wait()
        wait_until_ended(int((tmp_path / "plugins" / "mine.pid").read_text()))
        with a_run(tmp_path) as run:
            assert list(run.tracker.outbox.unconfirmed()) == [1]


def quietly_send(tracker: Tracker) -> None:
    with pytest.raises(UnconfirmedError):
        send(tracker, secret=Secret(CANARY))


class TestInTheBox:
    def tracker(self, directory: Path, port: int, command: tuple[str, ...]) -> Tracker:
        settings = {
            "from": "sam@poe.example",
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
        }
        host = PluginHost(builtin_plugins("0"), sends_by=command)
        config = Config(name="Sam", channel={"email": settings})
        tracker = Tracker(Repository(directory / "followup.json"), host, config, HandClock())
        tracker.add(application(interview(NOON - 3 * DAY)))
        return tracker

    def test_it_is_sent_from_another_process(self, tmp_path: Path) -> None:
        with MailServer(anonymous=True) as server:
            tracker = self.tracker(tmp_path, server.port, COMMAND)
            before = set(sys.modules)
            told = tracker.sending.send(1, NEWS, channel="email").receipt
            assert told.sent
            assert "smtplib" not in set(sys.modules) - before
            (letter,) = server.letters
        (intent,) = intents(tracker)
        assert intent.message.thread.message_id.encode() in letter.content
        assert intent.message.thread.message_id.endswith("@poe.example>")

    def test_what_goes_out_is_what_was_stored(self, tmp_path: Path) -> None:
        with silent_port() as port:
            tracker = self.tracker(tmp_path, port, COMMAND)
            with pytest.raises(DeliveryError, match="takes no connections"):
                tracker.sending.send(1, NEWS, channel="email")
        (failed,) = intents(tracker)
        assert b"Is there any news?" in failed.content.encode("latin-1")
        assert failed.message.thread.message_id in failed.content

    def test_a_server_that_hangs_is_left_in_time(self, tmp_path: Path) -> None:
        with ScriptedServer({".": HANG}) as server:
            tracker = self.tracker(tmp_path, server.port, hasty_worker.COMMAND)
            with pytest.raises(UnconfirmedError, match=r"for E-mail took more than 0\.8 s"):
                tracker.sending.send(1, NEWS, channel="email")
        assert list(tracker.outbox.unconfirmed()) == [1]

    def test_stopping_leaves_it_unconfirmed_and_no_process(self, tmp_path: Path) -> None:
        with ScriptedServer({".": HANG}) as server:
            tracker = self.tracker(tmp_path, server.port, COMMAND)
            errors: list[Exception] = []

            def job() -> None:
                try:
                    tracker.sending.send(1, NEWS, channel="email")
                except FollowupError as fault:
                    errors.append(fault)

            sending = threading.Thread(target=job)
            sending.start()
            while "." not in server.heard:
                time.sleep(0.005)
            tracker.sending.stop()
            sending.join(10)
            assert not sending.is_alive()
        assert isinstance(errors[0], UnconfirmedError)
        assert list(tracker.outbox.unconfirmed()) == [1]
        assert "followup.cli.worker" not in children()


def children() -> str:
    """The command lines of the processes that this one has started and that still run."""
    task = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return " ".join(Path(f"/proc/{process}/cmdline").read_text() for process in task)


def test_a_request_does_not_show_its_secret() -> None:
    contact = application().contact
    assert contact
    request = Send(channel="mine", message=NEWS, contact=contact, table={}, secret=CANARY)
    assert repr(request) == "Send(channel='mine')"
