"""Stores of made-up applications."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from followup.cli.session import Session
from followup.demo import made_up
from followup.domain.errors import RefusedError
from followup.domain.reminders import ReminderSettings
from followup.tracker import Tracker

FILE_NAME = "followup.json"


@contextmanager
def throw_away(session: Session, count: int | None = None) -> Iterator[Tracker]:
    """Have a tracker over made-up applications, whose store goes with the block."""
    directory = new_directory()
    try:
        tracker = filled(session, directory, count)
        try:
            yield tracker
        finally:
            tracker.close()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def new_directory() -> Path:
    """Make a directory for a store that nobody will miss."""
    return Path(tempfile.mkdtemp(prefix="followup-demo-"))


def filled(session: Session, directory: Path, count: int | None = None) -> Tracker:
    """Return a tracker over a new store in a directory, filled with made-up applications.

    Raises ``RefusedError`` where there is a store already.
    """
    path = directory / FILE_NAME
    if path.exists():
        raise RefusedError(f"{path} is there already: name another directory")
    # No channel is set up there: people who are made up get no letters, and nobody is reminded.
    config = replace(session.config, channel={}, reminders=ReminderSettings())
    tracker = session.tracker_over(path, config)
    with tracker.repository.change("make up applications", tracker.now()) as changes:
        for application in made_up(tracker.now(), tracker.zone, count):
            changes.add(application)
    return tracker
