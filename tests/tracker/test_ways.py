"""The ways that are offered to send a message: those that reach somebody and are set up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders import NOON, application
from followup.config import Config
from followup.correspondence import Correspondence
from followup.domain.channel import required_by
from followup.domain.clock import FixedClock
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from plugin_trackers import a_run

SERVER = {"host": "imap.poe.example", "user": "alex", "from": "alex@poe.example"}

SCRIPT = """\
from datetime import timedelta
from followup.api import Receipt, Settings, hookimpl

class PigeonSettings(Settings, frozen=True, kw_only=True):
    loft: str = ""

class Pigeon:
    name = "pigeon"
    title = "Pigeon"
    needs = None
    delivers_within = timedelta(hours=1)
    can_reply = True
    limit = 0
    settings_type = PigeonSettings
    requires = ("loft",)

    def send(self, message, contact, settings):
        return Receipt(detail="it flies", sent=True)

@hookimpl
def register_channels():
    return [Pigeon()]
"""


def offered(**tables: dict[str, Any]) -> list[str]:
    channel = {name.replace("_", "-"): table for name, table in tables.items()}
    host = PluginHost(builtin_plugins("0"))
    ways = Correspondence(host, Config(channel=channel), FixedClock(NOON), lambda: ())
    return [one.name for one in ways.channels_for(application())]


def test_what_is_not_set_up_is_not_offered() -> None:
    assert offered() == ["email", "eml", "clipboard"]
    assert offered(imap_draft={**SERVER, "user": ""}) == offered()


def test_what_is_set_up_is_offered() -> None:
    assert "imap-draft" in offered(imap_draft=SERVER)


@pytest.mark.parametrize(("table", "is_offered"), [({}, False), ({"loft": "roof"}, True)])
def test_a_plugin_says_what_its_channel_requires(
    tmp_path: Path, table: dict[str, str], is_offered: bool
) -> None:
    config = Config(channel={"pigeon": table})
    with a_run(tmp_path, {"pigeon": SCRIPT}, config=config) as run:
        assert required_by(run.host.channels["pigeon"]) == ("loft",)
        names = [one.name for one in run.tracker.correspondence.channels_for(application())]
        assert ("pigeon" in names) is is_offered
