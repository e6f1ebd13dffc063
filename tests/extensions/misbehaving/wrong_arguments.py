"""Asks for an argument that the hook does not have."""

from __future__ import annotations

from followup.api import hookimpl


@hookimpl
def event_recorded(tracker: object, applicant: object) -> None:
    """Never called."""
