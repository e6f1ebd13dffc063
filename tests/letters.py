"""Messages by radio, from a tracker with one application of which a follow-up is due."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builders import DAY, HOUR, NOON, HandClock, application, interview
from followup.config import Config
from followup.domain.channel import Receipt
from followup.domain.events import FollowUp
from followup.domain.message import Message
from followup.domain.outbox import Intent
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.store.repository import Repository
from followup.tracker import Tracker
from radio import Radio

NEWS = Message(subject="The role", body="Is there any news?")
MINUTE = HOUR / 60


@contextmanager
def tracker_by_radio(directory: Path, clock: HandClock, radio: Radio) -> Iterator[Tracker]:
    tracker = opened(directory, clock, radio)
    tracker.add(application(interview(NOON - 3 * DAY)))
    yield tracker
    tracker.close()


def opened(directory: Path, clock: HandClock, radio: Radio) -> Tracker:
    host = PluginHost([*builtin_plugins("0"), radio.plugin])
    return Tracker(Repository(directory / "followup.json"), host, Config(name="Alex"), clock)


def send(tracker: Tracker, id_: int = 1, message: Message = NEWS, **how: object) -> Receipt:
    given = {"channel": "radio", **how}
    return tracker.sending.send(id_, message, **given).receipt  # type: ignore[arg-type]


def messages(tracker: Tracker, id_: int = 1) -> list[FollowUp]:
    events = tracker.application(id_).events
    return [event for event in events if isinstance(event, FollowUp)]


def intents(tracker: Tracker) -> list[Intent]:
    return list(tracker.repository.outbox().values())
