"""How long keys of the board take while a channel misbehaves, to the last byte of the redraw.

Run it: ``PYTHONPATH=tests python tests/performance/sending.py [KEYS]``. A message goes out by
a channel that hangs, spins, segfaults or exits; meanwhile the cursor moves about a board of
1,000 applications. Nothing is asserted: times are for reading.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from followup.cli.session import SystemClock
from followup.config import Config
from followup.demo import made_up
from followup.domain.message import Message
from followup.domain.step import StepKind
from followup.domain.tracking import Draft
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.tracker import Tracker
from performance.keys import KEYS, SHOWS, moving
from performance.screen import SETTLED, Screen
from radio import radio_script
from scripts import write_script

APPLICATIONS = 1_000
DEEDS = {
    "nothing is sent": "",
    "a channel hangs": "time.sleep(3600)",
    "a channel spins": "while True: pass",
    "a channel segfaults": "ctypes.string_at(0)",
    "a channel exits": "os._exit(0)",
}


def filled(directory: Path) -> Path:
    """Make a store whose first card has a draft for the channel."""
    now = datetime.now(UTC)
    store = directory / "followup.json"
    repository = Repository(store)
    with repository.change("fill", now) as changes:
        for application in made_up(now, "UTC", APPLICATIONS):
            changes.add(application)
    host = PluginHost(builtin_plugins("0"))
    tracker = Tracker(repository, host, Config(), SystemClock("UTC"))
    first = tracker.board().to_do()[0]
    message = Message(subject="The role", body="Is there any news?")
    tracker.drafts.put(first.id, Draft(message=message, step=StepKind.FOLLOW_UP, channel="radio"))
    tracker.close()
    return store


def measured(does: str, count: int) -> list[float]:
    """Return how long keys take once the message is on its way."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        if does:
            write_script(directory / "followup", "radio", radio_script(does))
        environment = {
            **os.environ,
            "XDG_CONFIG_HOME": name,
        }
        store = filled(directory)
        program = [sys.executable, "-m", "followup", "--store", str(store)]
        screen = Screen(program, environment, SHOWS)
        if does:
            screen.answer("f", quiet=SETTLED)
            for key in ("\x13", "y"):  # ctrl+s, and yes
                screen.answer(key, quiet=SETTLED)
        times = sorted(moving(screen, count))
        screen.close()
        if bool(does) != bool(Repository(store).outbox()):
            raise SystemExit("the message was not sent: the times say nothing")
        return times


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else KEYS
    for what, does in DEEDS.items():
        times = measured(does, count)
        slowest, median = times[-1], statistics.median(times)
        print(f"{what:<22}{median:7.1f} ms median{slowest:8.1f} ms slowest")  # noqa: T201


if __name__ == "__main__":
    main()
