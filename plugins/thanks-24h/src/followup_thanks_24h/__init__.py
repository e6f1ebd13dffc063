"""The policy ``thanks-24h``: a thank-you within 24 hours, then two check-ins, no ultimatum."""

from __future__ import annotations

from followup.api import hookimpl
from followup_thanks_24h.policy import Thanks, ThanksSettings

__all__ = ["Thanks", "ThanksSettings", "register_policies"]


@hookimpl
def register_policies() -> list[Thanks]:
    """Add ``thanks-24h`` to the policies."""
    return [Thanks()]
