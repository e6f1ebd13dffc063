"""Text messages: sent by Twilio, or handed to the user's own phone, and counted in segments."""

from __future__ import annotations

from followup.api import Channel, Rule, hookimpl
from followup_sms.channels import PhoneText, TwilioText
from followup_sms.settings import NumberSettings, TwilioSettings
from followup_sms.size import Size

__all__ = [
    "NumberSettings",
    "PhoneText",
    "Size",
    "TwilioSettings",
    "TwilioText",
    "register_channels",
    "register_rules",
]


@hookimpl
def register_channels() -> list[Channel]:
    """Add the text message that Twilio sends, and the one that the user's phone sends."""
    return [TwilioText(), PhoneText()]


@hookimpl
def register_rules() -> list[Rule]:
    """Add the rule that counts the segments of a text message."""
    return [Size()]
