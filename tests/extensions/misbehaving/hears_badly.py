"""Raises at every fact."""

from __future__ import annotations

from followup.api import hookimpl


@hookimpl
def event_recorded(event: object) -> None:
    raise KeyError("this fact is unheard of")
