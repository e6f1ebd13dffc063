"""The policy ``business-days``: ``patient`` in working days and within office hours."""

from __future__ import annotations

from followup.api import hookimpl
from followup_business_days.policy import BusinessDays
from followup_business_days.settings import BusinessDaysSettings

__all__ = ["BusinessDays", "BusinessDaysSettings", "register_policies"]


@hookimpl
def register_policies() -> list[BusinessDays]:
    """Add ``business-days`` to the policies."""
    return [BusinessDays()]
