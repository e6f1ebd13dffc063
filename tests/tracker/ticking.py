"""A process that ticks through some days: ``python ticking.py STORE OUT tick|log``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from builders import DAY, HOUR, NOON, HandClock, reply
from followup.config import Config
from followup.store.repository import Repository
from followup.tracker import Tracker
from listening import Listener

STEPS = 120


def main(store: Path, out: Path, role: str) -> None:
    clock, listener = HandClock(NOON), Listener()
    tracker = Tracker(Repository(store), listener.host(), Config(), clock)
    for _ in range(STEPS):
        clock.advance(HOUR / 2)
        tracker.refresh()
        tracker.publish(tracker.board())
    clock.advance(DAY)
    tracker.refresh()
    tracker.publish(tracker.board())
    if role == "log":
        for application in tracker.repository.applications()[::2]:
            tracker.log(application.id, reply(clock.now()))
            tracker.publish()
    tracker.close()
    out.with_name(f"{out.name}.{os.getpid()}").write_text(
        "".join(f"{told}\n" for told in listener.heard)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
