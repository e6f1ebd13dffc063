"""A channel whose process is lost may have sent the message: nobody claims that it did not."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import NOON, HandClock, application, interview
from followup.cli.worker import COMMAND
from followup.domain.errors import UnconfirmedError
from followup.domain.message import Message
from followup.extensions.faults import PluginFailedError
from followup.extensions.outside import OutsidePlugins
from scripts import write_script
from ui_board import tracker_over

CHANNEL = """
import os
from datetime import timedelta
from followup.api import Settings, hookimpl

class Radio:
    name = "radio"
    title = "Radio"
    needs = None
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = Settings

    def send(self, message, contact, settings):
        {send}

@hookimpl
def register_channels():
    return [Radio()]
"""


def sent_over(directory: Path, send: str) -> None:
    """Send a message over a channel that does so by this code."""
    clock = HandClock()
    write_script(directory, "radio", CHANNEL.format(send=send))
    outside = OutsidePlugins(directory, clock.now, COMMAND)
    tracker = tracker_over(
        directory / "followup.json", [application(interview(NOON))], clock, outside
    )
    try:
        tracker.hand_over(1, Message(body="Hello."), channel="radio")
    finally:
        outside.close()
        tracker.close()


def test_where_its_process_is_lost_it_may_have_gone_out(tmp_path: Path) -> None:
    with pytest.raises(UnconfirmedError) as lost:
        sent_over(tmp_path, "os._exit(0)")
    assert str(lost.value) == (
        "nobody knows whether the message went out, for Radio ended the process (status 0):"
        " look there before you send it again"
    )


def test_where_it_raises_it_did_not(tmp_path: Path) -> None:
    with pytest.raises(PluginFailedError, match="ValueError: no antenna"):
        sent_over(tmp_path, "raise ValueError('no antenna')")
