"""LinkedIn by hand-off: the text is copied, and the page where to paste it is opened."""

from __future__ import annotations

from followup.api import Channel, Rule, hookimpl
from followup_linkedin.channels import ConnectionNote, DirectMessage
from followup_linkedin.length import Length

__all__ = ["ConnectionNote", "DirectMessage", "Length", "register_channels", "register_rules"]


@hookimpl
def register_channels() -> list[Channel]:
    """Add the message to a connection, and the note to somebody who is not one yet."""
    return [DirectMessage(), ConnectionNote()]


@hookimpl
def register_rules() -> list[Rule]:
    """Add the rule that a text has to fit in what LinkedIn takes."""
    return [Length()]
