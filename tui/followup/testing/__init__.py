"""What the tests of plugins import, beside ``followup.api``.

It holds a clock, factories, a tracker without discovery, and checks of what a plugin gives:

    from followup.testing import check_channel
    from followup_postcard import Postcard

    def test_it_keeps_the_contract() -> None:
        check_channel(Postcard())

Importing it loads neither Textual nor TinyDB; the latter comes with ``tracker_over``.
"""

from __future__ import annotations

from followup.testing.badges import check_badge
from followup.testing.channels import check_channel
from followup.testing.clock import HandClock
from followup.testing.factories import (
    DAY,
    HOUR,
    NOW,
    application,
    applied,
    card,
    contact,
    follow_up,
    interview,
    message,
    note,
    outcome,
    promise,
    reopen,
    reply,
    snooze,
    timeline,
)
from followup.testing.policies import check_policy
from followup.testing.rules import check_rule
from followup.testing.trackers import host_of, load_script, tracker_over

__all__ = [
    "DAY",
    "HOUR",
    "NOW",
    "HandClock",
    "application",
    "applied",
    "card",
    "check_badge",
    "check_channel",
    "check_policy",
    "check_rule",
    "contact",
    "follow_up",
    "host_of",
    "interview",
    "load_script",
    "message",
    "note",
    "outcome",
    "promise",
    "reopen",
    "reply",
    "snooze",
    "timeline",
    "tracker_over",
]
